import type { GatewayPlan } from '../../plan/gateway/gateway-plan.js';
import { SHA256_LUA } from './client-keys-lua.js';

/** Class of a request that proves none. No route of a provider carries it. */
export const UNPROVEN = 'unproven';

/** Headers that only the gateway itself may set: whatever a client sends under these names is dropped. */
const OWN_HEADERS = ['x-berth-client', 'x-data-class'];

/**
 * Who calls, and which class the request proves. A doubled header proves nothing: both values are seen here, while a
 * matcher of headers is content with one of them. Also reads token counts off the end of each answer, unbuffered.
 */
export function requestLua({ clients, oidc, connectors }: GatewayPlan): string {
  const byKey = clients.flatMap(({ name, keySha256 }) => keySha256.map((hash): Entry => [hash, name]));
  const bySubject = clients.flatMap(({ name, subject }): Entry[] =>
    subject === null ? [] : [[subject, name]],
  );
  const keepsKey = connectors.some(({ keepsClient }) => keepsClient);
  const dropped = [...(keepsKey ? [] : ['authorization']), ...OWN_HEADERS];
  return `${oidc === null ? `${SHA256_LUA}local clients = ${table(byKey)}` : `local subjects = ${table(bySubject)}`}
local classes = {${clients.map(({ name, dataClasses }) => `[${text(name)}] = ${table(dataClasses.map((one) => [one, true]))}`).join(', ')}}
${oidc === null ? KEY_LUA : tokenLua(oidc.claim)}
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
  local tail, usage = "", nil
  for chunk in r:bodyChunks() do
    local from = math.max(0, chunk:length() - 2048)
    tail = (tail .. chunk:getBytes(from, chunk:length() - from)):sub(-2560)
  end
  for m in tail:gmatch('"usage"%s*:%s*(%b{})') do usage = m end
  if usage then
    local md = r:streamInfo():dynamicMetadata()
    md:set("berth", "tin", tonumber(usage:match('"prompt_tokens"%s*:%s*(%d+)')) or 0)
    md:set("berth", "tout", tonumber(usage:match('"completion_tokens"%s*:%s*(%d+)')) or 0)
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
