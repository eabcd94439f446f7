/**
 * WGSL of the 4-bit float E2M1 (levels 0, 0.5, 1, 1.5, 2, 3, 4, 6), eight codes to a word, under a codec's own names:
 * `<id>_values(word) -> Oct`, and for encoders `<id>_code(t) -> u32`, ties to the lower level.
 */
export const e2m1Read = (id: string): string => /* wgsl */ `
fn ${id}_quad(code: vec4u) -> vec4f {
  let index = code & vec4u(7u);
  let size = select(bitcast<vec4f>((index << vec4u(22u)) + vec4u(126u << 23u)), 0.5 * vec4f(index), index < vec4u(2u));
  return select(size, -size, (code & vec4u(8u)) != vec4u(0u));
}
fn ${id}_values(word: u32) -> Oct {
  let at = vec4u(0u, 4u, 8u, 12u);
  return Oct(${id}_quad(vec4u(word) >> at), ${id}_quad(vec4u(word) >> (at + 16u)));
}`;

export const e2m1Write = (id: string): string => /* wgsl */ `
fn ${id}_code(t: f32) -> u32 {
  let a = abs(t);
  let size = u32(a > 0.25) + u32(a > 0.75) + u32(a > 1.25) + u32(a > 1.75) + u32(a > 2.5) + u32(a > 3.5) + u32(a > 5.0);
  return size | select(0u, 8u, t < 0.0);
}
// Codes the group of channels first .. end - 1 with scale s; first and end are multiples of 8.
fn ${id}_store(c: Class, row_at: u32, first: u32, end: u32, s: f32) {
  for (var i = first; i < end; i += 8u) {
    var word = 0u;
    if (s > 0.0) {
      for (var j = 0u; j < 8u; j++) { word |= ${id}_code(row[i + j] / s) << (4u * j); }
    }
    codes[c.code_base + row_at * c.code_stride + i / 8u] = word;
  }
}
fn ${id}_amax(first: u32, end: u32) -> f32 {
  var most = 0.0;
  for (var i = first; i < end; i++) { most = max(most, abs(row[i])); }
  return most;
}
// Byte g of the scales that begin at word at; bytes are stored in order.
fn ${id}_store_scale(at: u32, g: u32, byte: u32) {
  let shift = (g & 3u) * 8u;
  let word = at + (g >> 2u);
  scales[word] = select(scales[word] & ((1u << shift) - 1u), 0u, shift == 0u) | (byte << shift);
}`;
