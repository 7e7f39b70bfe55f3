/**
 * SHA-256 in the Lua of LuaJIT, which has no such function (FIPS 180-4, section 6.2). The constants are the first 32 bits
 * of the fractional parts of the cube and square roots of the first primes; the tests run the vectors of the standard in
 * the gateway's own program.
 */
export const SHA256_LUA = `local bit = require("bit")
local band, bxor, bnot, ror, shr, tobit = bit.band, bit.bxor, bit.bnot, bit.ror, bit.rshift, bit.tobit
local K, H0, n = {}, {}, 2
while #K < 64 do
  local prime = true
  for d = 2, n - 1 do if n % d == 0 then prime = false end end
  if prime then
    K[#K + 1] = tobit(math.floor(n ^ (1 / 3) % 1 * 4294967296))
    if #H0 < 8 then H0[#H0 + 1] = tobit(math.floor(n ^ 0.5 % 1 * 4294967296)) end
  end
  n = n + 1
end
local function be32(x) return string.char(band(shr(x, 24), 255), band(shr(x, 16), 255), band(shr(x, 8), 255), band(x, 255)) end
local function sha256(s)
  s = s .. "\\128" .. string.rep("\\0", (55 - #s) % 64 + 4) .. be32(#s * 8)
  local H = {unpack(H0)}
  for o = 1, #s, 64 do
    local w = {}
    for i = 1, 64 do
      if i <= 16 then
        local b1, b2, b3, b4 = s:byte(o + i * 4 - 4, o + i * 4 - 1)
        w[i] = tobit(b1 * 16777216 + b2 * 65536 + b3 * 256 + b4)
      else
        local x, y = w[i - 15], w[i - 2]
        w[i] = tobit(w[i - 16] + bxor(ror(x, 7), ror(x, 18), shr(x, 3)) + w[i - 7] + bxor(ror(y, 17), ror(y, 19), shr(y, 10)))
      end
    end
    local a, b, c, d, e, f, g, h = unpack(H)
    for i = 1, 64 do
      local t1 = h + bxor(ror(e, 6), ror(e, 11), ror(e, 25)) + bxor(band(e, f), band(bnot(e), g)) + K[i] + w[i]
      local t2 = bxor(ror(a, 2), ror(a, 13), ror(a, 22)) + bxor(band(a, b), band(a, c), band(b, c))
      h, g, f, e, d, c, b, a = g, f, e, tobit(d + t1), c, b, a, tobit(t1 + t2)
    end
    for i, v in ipairs({a, b, c, d, e, f, g, h}) do H[i] = tobit(H[i] + v) end
  end
  for i = 1, 8 do H[i] = bit.tohex(H[i]) end
  return table.concat(H)
end
`;
