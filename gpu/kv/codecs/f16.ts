import type { Codec } from '../codec';

const codec: Codec = {
  id: 'f16',
  title: 'FP16',
  text: 'Values rounded to half precision, two to a word. The shadow, exact windows and 16-bit sides use it.',
  formula: 'value = half(x)',
  bits: [16],
  params: [],
  layout: (_, headDim) => ({ codeWords: headDim / 2, scaleWords: 0, blockTokens: 1, bits: 16 }),
  read: /* wgsl */ `
fn f16_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let at = c.code_base + (slot * HK + head) * c.code_stride + o * 4u;
  return Oct(
    vec4f(unpack2x16float(codes[at]), unpack2x16float(codes[at + 1u])),
    vec4f(unpack2x16float(codes[at + 2u]), unpack2x16float(codes[at + 3u])));
}`,
  write: /* wgsl */ `
fn f16_encode(c: Class, slot: u32, head: u32) {
  load_row(0u, head, c);
  let at = c.code_base + (slot * HK + head) * c.code_stride;
  for (var i = 0u; i < params.channels / 2u; i++) { codes[at + i] = to_halves(row[2u * i], row[2u * i + 1u]); }
}`,
};

export default codec;
