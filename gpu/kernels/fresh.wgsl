// Octet o of a fresh row as the encoders and the prefill queries see it: rounded to half (or f32 in a test run).
fn fresh_octet(row: u32, o: u32) -> Oct {
#if F32_ROWS
  let at = row * D + o * 8u;
  return Oct(
    vec4f(bitcast<f32>(fresh[at]), bitcast<f32>(fresh[at + 1u]), bitcast<f32>(fresh[at + 2u]), bitcast<f32>(fresh[at + 3u])),
    vec4f(bitcast<f32>(fresh[at + 4u]), bitcast<f32>(fresh[at + 5u]), bitcast<f32>(fresh[at + 6u]), bitcast<f32>(fresh[at + 7u])));
#end
#if !F32_ROWS
  let at = row * (D / 2u) + o * 4u;
  return Oct(
    vec4f(unpack2x16float(fresh[at]), unpack2x16float(fresh[at + 1u])),
    vec4f(unpack2x16float(fresh[at + 2u]), unpack2x16float(fresh[at + 3u])));
#end
}
