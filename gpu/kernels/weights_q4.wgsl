// 4-bit blocks of 32 columns: 4 words of nibbles (low = columns 0..15, high = 16..31), value = scale * code + min.
#if BLOCKS
@group(0) @binding(0) var<storage, read> w_codes: array<vec4u>;
fn w_block(n: u32, b: u32) -> vec4u { return w_codes[n * params.blocks + b]; }
// Columns 4v .. 4v + 3 of a block.
fn w_quad(block: vec4u, v: u32) -> vec4f {
  return vec4f(vec4i(unpack4xU8((block[v & 3u] >> (v & 4u)) & 0x0f0f0f0fu)));
}
#end
#if !BLOCKS
@group(0) @binding(0) var<storage, read> w_codes: array<u32>;
// Chunk w is one word: columns 4(w%4)..+3 and 16+4(w%4)..+3 of block w/4.
fn w_octet(n: u32, w: u32) -> Oct {
  let c = w_codes[n * (K / 8u) + w];
  return Oct(vec4f(unpack4xU8(c & 0x0f0f0f0fu)), vec4f(unpack4xU8((c >> 4u) & 0x0f0f0f0fu)));
}
#end
@group(0) @binding(1) var<storage, read> w_scales: array<u32>;
#if F32_META
fn w_affine(n: u32, b: u32) -> vec2f {
  let at = (n * params.blocks + b) * 2u;
  return vec2f(bitcast<f32>(w_scales[at]), bitcast<f32>(w_scales[at + 1u]));
}
#end
#if !F32_META
fn w_affine(n: u32, b: u32) -> vec2f { return unpack2x16float(w_scales[n * params.blocks + b]); }
#end
