// f32 -> half bits, round to nearest even in integer arithmetic: the rounding of pack2x16float differs between GPUs.
fn to_half(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  let sign = (bits >> 16u) & 0x8000u;
  let a = bits & 0x7fffffffu;
  if (a >= 0x477ff000u) { return sign | select(0x7c00u, 0x7e00u, a > 0x7f800000u); }
  if (a < 0x38800000u) { return sign | u32(round(bitcast<f32>(a) * 16777216.0)); }
  return sign | ((a + 0xfffu + ((a >> 13u) & 1u) - 0x38000000u) >> 13u);
}
fn from_half(h: u32) -> f32 { return unpack2x16float(h).x; }
fn to_halves(a: f32, b: f32) -> u32 { return to_half(a) | (to_half(b) << 16u); }
