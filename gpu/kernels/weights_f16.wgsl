// Packed half pairs, 16 words per 32 columns.
#if BLOCKS
@group(0) @binding(0) var<storage, read> w_codes: array<vec4u>;
struct Block { a: vec4u, b: vec4u, c: vec4u, d: vec4u }
fn w_block(n: u32, b: u32) -> Block {
  let at = (n * params.blocks + b) * 4u;
  return Block(w_codes[at], w_codes[at + 1u], w_codes[at + 2u], w_codes[at + 3u]);
}
// Columns 4v .. 4v + 3 of a block.
fn w_quad(block: Block, v: u32) -> vec4f {
  let words = select(select(block.a, block.b, v > 1u), select(block.c, block.d, v > 5u), v > 3u);
  let pair = select(words.xy, words.zw, (v & 1u) == 1u);
  return vec4f(unpack2x16float(pair.x), unpack2x16float(pair.y));
}
#end
#if !BLOCKS
@group(0) @binding(0) var<storage, read> w_codes: array<u32>;
// Chunk w takes the columns that chunk w of the 4-bit format takes.
fn w_octet(n: u32, w: u32) -> Oct {
  let at = n * (K / 2u) + (w >> 2u) * 16u + (w & 3u) * 2u;
  return Oct(
    vec4f(unpack2x16float(w_codes[at]), unpack2x16float(w_codes[at + 1u])),
    vec4f(unpack2x16float(w_codes[at + 8u]), unpack2x16float(w_codes[at + 9u])));
}
#end
fn w_affine(n: u32, b: u32) -> vec2f { return vec2f(1.0, 0.0); }
