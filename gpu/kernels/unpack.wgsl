// Four codes of `bits` bits, the first from bit `at` of the words from `base` on; 4 * bits <= 32. Codes may straddle two words.
fn code_quad(bits: u32, base: u32, at: u32) -> vec4u {
  let w = base + (at >> 5u);
  let shift = at & 31u;
  var window = codes[w] >> shift;
  if (shift + 4u * bits > 32u) { window |= codes[w + 1u] << (32u - shift); }
  return (vec4u(window) >> vec4u(0u, bits, 2u * bits, 3u * bits)) & vec4u((1u << bits) - 1u);
}
struct Eight { lo: vec4u, hi: vec4u }
// Codes of channels 8o .. 8o + 7 of a row.
fn code_eight(c: Class, slot: u32, head: u32, o: u32) -> Eight {
  let base = c.code_base + (slot * HK + head) * c.code_stride + (o >> 2u) * c.bits;
  let at = (o & 3u) * 8u * c.bits;
  return Eight(code_quad(c.bits, base, at), code_quad(c.bits, base, at + 4u * c.bits));
}
// The same, as numbers.
fn code_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let code = code_eight(c, slot, head, o);
  return Oct(vec4f(code.lo), vec4f(code.hi));
}
