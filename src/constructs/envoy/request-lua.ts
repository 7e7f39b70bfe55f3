import type { GatewayPlan } from '../../plan/gateway/gateway-plan.js';
import { MESSAGES_PATH } from '../../selection/gateway-settings.js';
import { SHA256_LUA } from './client-keys-lua.js';

/** Class of a request that proves none. No route of a provider carries it. */
export const UNPROVEN = 'unproven';

/** Headers that only the gateway itself may set: whatever a client sends under these names is dropped. */
const OWN_HEADERS = ['x-berth-client', 'x-data-class'];
/** Where formats carry keys: a client that puts its own there must not show it to a provider. */
const KEY_HEADERS = ['x-api-key', 'api-key', 'x-goog-api-key'];

/**
 * Who calls, and which class the request proves. A doubled header proves nothing: both values are seen here, while a
 * matcher of headers is content with one of them. Also reads token counts off the end of each answer, unbuffered.
 */
export function requestLua({ clients, oidc, connectors, routes }: GatewayPlan): string {
  const byKey = clients.flatMap(({ name, keySha256 }) => keySha256.map((hash): Entry => [hash, name]));
  const bySubject = clients.flatMap(({ name, subject }): Entry[] =>
    subject === null ? [] : [[subject, name]],
  );
  const keepsKey = connectors.some(({ keepsClient }) => keepsClient);
  const dropped = [...(keepsKey ? [] : ['authorization']), ...KEY_HEADERS, ...OWN_HEADERS];
  const messages = routes.some(({ paths }) => paths.includes(MESSAGES_PATH));
  return `${oidc === null ? `${SHA256_LUA}local clients = ${table(byKey)}` : `local subjects = ${table(bySubject)}`}
local classes = {${clients.map(({ name, dataClasses }) => `[${text(name)}] = ${table(dataClasses.map((one) => [one, true]))}`).join(', ')}}
${oidc === null ? (messages ? TWO_KEYS_LUA : KEY_LUA) : tokenLua(oidc.claim)}
local function refuse(r, status, message, kind, code)
  r:respond({[":status"] = status, ["content-type"] = "application/json"}, '{"error":{"message":"' .. message .. '","type":"' .. kind .. '","code":"' .. code .. '"}}')
end
function envoy_on_request(r)
  local hd, md = r:headers(), r:streamInfo():dynamicMetadata()
  md:set("berth", "tin", 0) md:set("berth", "tout", 0) md:set("berth", "client", "-") md:set("berth", "class", "-") md:set("berth", "connector", "-")
  local who = caller(r, hd)
  local said = hd:getNumValues("x-data-class") == 1 and hd:get("x-data-class") or ""
  for _, h in ipairs({${dropped.map(text).join(', ')}}) do hd:remove(h) end
  if not who then return refuse(r, "401", "invalid API key", "authentication_error", "invalid_api_key") end
  if hd:get(":method") ~= "POST" and hd:get(":method") ~= "GET" then
    return refuse(r, "405", "method not allowed", "invalid_request_error", "method_not_allowed")
  end
  local class = classes[who][said] and said or ${text(UNPROVEN)}
  hd:add("x-berth-client", who) hd:add("x-data-class", class)
  md:set("berth", "client", who) md:set("berth", "class", class)
end
function envoy_on_response(r)
  local hd = r:headers()
  r:streamInfo():dynamicMetadata():set("berth", "connector", hd:get("x-berth-connector") or "-")
  hd:remove("x-berth-connector")
  local head, tail, usage = "", "", nil
  for chunk in r:bodyChunks() do
    if #head < 2048 then head = head .. chunk:getBytes(0, math.min(chunk:length(), 2048 - #head)) end
    local from = math.max(0, chunk:length() - 2048)
    tail = (tail .. chunk:getBytes(from, chunk:length() - from)):sub(-2560)
  end
  for m in tail:gmatch('"usage"%s*:%s*(%b{})') do usage = m end
  if usage then
    local md = r:streamInfo():dynamicMetadata()
    -- The Anthropic format counts what came in at the beginning of a stream only.
    local function count(a, b)
      for _, from in ipairs({usage, head:match('"usage"%s*:%s*(%b{})') or ""}) do
        local n = from:match('"' .. a .. '"%s*:%s*(%d+)') or from:match('"' .. b .. '"%s*:%s*(%d+)')
        if n then return tonumber(n) end
      end
      return 0
    end
    md:set("berth", "tin", count("prompt_tokens", "input_tokens"))
    md:set("berth", "tout", count("completion_tokens", "output_tokens"))
  end
end
`;
}

/** Exactly one Bearer key, whose hash is known. */
const KEY_LUA = `local function caller(r, hd)
  local a = hd:get("authorization")
  local key = a and hd:getNumValues("authorization") == 1 and #a < 520 and a:match("^[Bb]earer +(%S+)$")
  return key and clients[sha256(key)]
end`;

/** Clients of the Anthropic format have a header of their own; from here on the key stands where all others do. */
const TWO_KEYS_LUA = `local function caller(r, hd)
  local a, x = hd:get("authorization"), hd:get("x-api-key")
  if not a and x and (hd:get(":path") .. "?"):match("^${MESSAGES_PATH}%?") then
    if hd:getNumValues("x-api-key") ~= 1 or #x > 512 or x:match("%s") then return nil end
    hd:add("authorization", "Bearer " .. x)
    return clients[sha256(x)]
  end
  local key = a and hd:getNumValues("authorization") == 1 and #a < 520 and a:match("^[Bb]earer +(%S+)$")
  return key and clients[sha256(key)]
end`;

/** The token was proved by the filter before: here its claim is looked up. */
function tokenLua(claim: string): string {
  return `local function caller(r, hd)
  local found = r:streamInfo():dynamicMetadata():get("envoy.filters.http.jwt_authn")
  local subject = found and found["token"] and found["token"][${text(claim)}]
  return type(subject) == "string" and subjects[subject]
end`;
}

type Entry = readonly [string, string | true];

function table(entries: readonly Entry[]): string {
  return `{${entries.map(([key, value]) => `[${text(key)}] = ${value === true ? 'true' : text(value)}`).join(', ')}}`;
}

/** A Lua string: every byte that is no plain letter, digit or mark is written by its number. */
function text(value: string): string {
  const bytes = [...Buffer.from(value)];
  const safe = (byte: number) => /[A-Za-z0-9 ._:@/-]/.test(String.fromCharCode(byte)) && byte < 128;
  return `"${bytes.map((byte) => (safe(byte) ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`)).join('')}"`;
}
