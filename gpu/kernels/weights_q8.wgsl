// 8-bit signed blocks of 32 columns: 8 words, value = scale * code; scales are halves, two to a word along the row.
#if BLOCKS
@group(0) @binding(0) var<storage, read> w_codes: array<vec4u>;
struct Block { lo: vec4u, hi: vec4u }
fn w_block(n: u32, b: u32) -> Block {
  let at = (n * params.blocks + b) * 2u;
  return Block(w_codes[at], w_codes[at + 1u]);
}
// Columns 4v .. 4v + 3 of a block.
fn w_quad(block: Block, v: u32) -> vec4f { return vec4f(unpack4xI8(select(block.lo, block.hi, v > 3u)[v & 3u])); }
#end
#if !BLOCKS
@group(0) @binding(0) var<storage, read> w_codes: array<u32>;
// Chunk w takes the columns that chunk w of the 4-bit format takes.
fn w_octet(n: u32, w: u32) -> Oct {
  let at = n * (K / 4u) + (w >> 2u) * 8u + (w & 3u);
  return Oct(vec4f(unpack4xI8(w_codes[at])), vec4f(unpack4xI8(w_codes[at + 4u])));
}
#end
@group(0) @binding(1) var<storage, read> w_scales: array<u32>;
fn w_affine(n: u32, b: u32) -> vec2f {
  let pair = unpack2x16float(w_scales[n * ((params.blocks + 1u) / 2u) + (b >> 1u)]);
  return vec2f(select(pair.x, pair.y, (b & 1u) == 1u), 0.0);
}
