// Four codes of `bits` bits, the first from bit `at` of the words from `base` on; 4 * bits <= 32. Codes may straddle two words.
fn code_quad(bits: u32, base: u32, at: u32) -> vec4u {
  let w = base + (at >> 5u);
  let shift = at & 31u;
  var window = codes[w] >> shift;
  if (shift + 4u * bits > 32u) { window |= codes[w + 1u] << (32u - shift); }
  return (vec4u(window) >> vec4u(0u, bits, 2u * bits, 3u * bits)) & vec4u((1u << bits) - 1u);
}
struct Eight { lo: vec4u, hi: vec4u }
// Eight codes, the first from bit `at` on. Up to 4 bits they are one window of 32 bits: half the loads.
fn code_eight(bits: u32, base: u32, at: u32) -> Eight {
  if (bits > 4u) { return Eight(code_quad(bits, base, at), code_quad(bits, base, at + 4u * bits)); }
  let w = base + (at >> 5u);
  let shift = at & 31u;
  var window = codes[w] >> shift;
  if (shift + 8u * bits > 32u) { window |= codes[w + 1u] << (32u - shift); }
  let places = vec4u(0u, bits, 2u * bits, 3u * bits);
  let mask = vec4u((1u << bits) - 1u);
  return Eight((vec4u(window) >> places) & mask, (vec4u(window) >> (places + 4u * bits)) & mask);
}
// Codes of channels 8o .. 8o + 7 of a row, as numbers.
fn code_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let base = c.code_base + (slot * HK + head) * c.code_stride + (o >> 2u) * c.bits;
  let code = code_eight(c.bits, base, (o & 3u) * 8u * c.bits);
  return Oct(vec4f(code.lo), vec4f(code.hi));
}
