// Packed half pairs, 16 words per 32 columns. Chunk w takes the columns that chunk w of the 4-bit format takes.
@group(0) @binding(0) var<storage, read> w_codes: array<u32>;
fn w_octet(n: u32, w: u32) -> Oct {
  let at = n * (K / 2u) + (w >> 2u) * 16u + (w & 3u) * 2u;
  return Oct(
    vec4f(unpack2x16float(w_codes[at]), unpack2x16float(w_codes[at + 1u])),
    vec4f(unpack2x16float(w_codes[at + 8u]), unpack2x16float(w_codes[at + 9u])));
}
fn w_affine(n: u32, w: u32) -> vec2f { return vec2f(1.0, 0.0); }
