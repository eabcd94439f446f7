// 8-bit signed blocks of 32 columns: 8 words, value = scale * code; scales are halves, two to a word along the row.
// Chunk w takes the columns that chunk w of the 4-bit format takes.
@group(0) @binding(0) var<storage, read> w_codes: array<u32>;
@group(0) @binding(1) var<storage, read> w_scales: array<u32>;
fn w_octet(n: u32, w: u32) -> Oct {
  let at = n * (K / 4u) + (w >> 2u) * 8u + (w & 3u);
  return Oct(vec4f(unpack4xI8(w_codes[at])), vec4f(unpack4xI8(w_codes[at + 4u])));
}
fn w_affine(n: u32, w: u32) -> vec2f {
  let b = w >> 2u;
  let pair = unpack2x16float(w_scales[n * ((K / 32u + 1u) / 2u) + (b >> 1u)]);
  return vec2f(select(pair.x, pair.y, (b & 1u) == 1u), 0.0);
}
