// 4-bit blocks of 32 columns: 4 words of nibbles (low = columns 0..15, high = 16..31), value = scale * code + min.
// Chunk w is one word: columns 4(w%4)..+3 and 16+4(w%4)..+3 of block w/4.
@group(0) @binding(0) var<storage, read> w_codes: array<u32>;
@group(0) @binding(1) var<storage, read> w_scales: array<u32>;
fn w_octet(n: u32, w: u32) -> Oct {
  let c = w_codes[n * (K / 8u) + w];
  return Oct(vec4f(unpack4xU8(c & 0x0f0f0f0fu)), vec4f(unpack4xU8((c >> 4u) & 0x0f0f0f0fu)));
}
#if F32_META
fn w_affine(n: u32, w: u32) -> vec2f {
  let at = (n * (K / 32u) + (w >> 2u)) * 2u;
  return vec2f(bitcast<f32>(w_scales[at]), bitcast<f32>(w_scales[at + 1u]));
}
#end
#if !F32_META
fn w_affine(n: u32, w: u32) -> vec2f { return unpack2x16float(w_scales[n * (K / 32u) + (w >> 2u)]); }
#end
