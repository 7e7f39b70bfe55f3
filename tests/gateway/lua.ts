import { yaml } from '../../src/constructs/envoy/bootstrap.js';
import { SHA256_LUA } from '../../src/constructs/envoy/client-keys-lua.js';
import { httpChain } from '../../src/constructs/envoy/http-manager.js';
import { httpFilter } from '../../src/constructs/envoy/typed.js';

/** A program that answers with the SHA-256 of what the header `x-hex` says in hexadecimal digits. */
export function hashingConfig(port: number): string {
  const source = `${SHA256_LUA}
function envoy_on_request(r)
  local said = (r:headers():get("x-hex") or ""):gsub("%x%x", function(h) return string.char(tonumber(h, 16)) end)
  r:respond({[":status"] = "200"}, sha256(said))
end
`;
  const listener = {
    name: 'hash',
    address: { socket_address: { address: '127.0.0.1', port_value: port } },
    filter_chains: [
      httpChain(
        'hash',
        [httpFilter('lua', 'lua.v3.Lua', { default_source_code: { inline_string: source } })],
        [{ match: { prefix: '/' }, direct_response: { status: 404 } }],
        { idleSeconds: 10 },
      ),
    ],
  };
  return yaml({ static_resources: { listeners: [listener] } });
}
