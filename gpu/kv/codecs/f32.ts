import type { Codec } from '../codec';

const codec: Codec = {
  id: 'f32',
  title: 'f32 (tests)',
  text: 'Unrounded values. For tests against other implementations: the whole run, shadow included, then keeps f32 rows.',
  formula: 'value = x',
  bits: [32],
  params: [],
  layout: (_, headDim) => ({ codeWords: headDim, scaleWords: 0, blockTokens: 1, bits: 32 }),
  read: /* wgsl */ `
fn f32_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let at = c.code_base + (slot * HK + head) * c.code_stride + o * 8u;
  return Oct(
    vec4f(bitcast<f32>(codes[at]), bitcast<f32>(codes[at + 1u]), bitcast<f32>(codes[at + 2u]), bitcast<f32>(codes[at + 3u])),
    vec4f(bitcast<f32>(codes[at + 4u]), bitcast<f32>(codes[at + 5u]), bitcast<f32>(codes[at + 6u]), bitcast<f32>(codes[at + 7u])));
}`,
  write: /* wgsl */ `
fn f32_encode(c: Class, slot: u32, head: u32) {
  load_row(0u, head, c);
  let at = c.code_base + (slot * HK + head) * c.code_stride;
  for (var i = 0u; i < D; i++) { codes[at + i] = bitcast<u32>(row[i]); }
}`,
};

export default codec;
