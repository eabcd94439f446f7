import type { Codec } from '../codec';

const codec: Codec = {
  id: 'f16-high',
  title: 'Upper byte of FP16',
  text:
    'Keeps the upper half of every FP16 number and drops the rest: an 8-bit float (e5m2) that is always rounded towards zero. No ' +
    "scale is stored. ExLlamaV2's 8-bit cache does this.",
  formula: 'value = FP16(x) with its lower 8 bits set to 0',
  source: 'https://github.com/turboderp-org/exllamav2',
  bits: [8],
  params: [],
  layout: (_, headDim) => ({ codeWords: headDim / 4, scaleWords: 0, blockTokens: 1, bits: 8 }),
  refuses: (side) =>
    side.along === 'channel' && side.group === 32 && side.scheme === 'asym'
      ? null
      : 'codec=f16-high has no groups; leave group, along and scheme as they are.',
  read: /* wgsl */ `
fn f16_high_quad(word: u32) -> vec4f {
  return vec4f(
    unpack2x16float(((word & 0xffu) << 8u) | ((word & 0xff00u) << 16u)),
    unpack2x16float(((word & 0xff0000u) >> 8u) | (word & 0xff000000u)));
}
fn f16_high_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let at = c.code_base + (slot * HK + head) * c.code_stride + o * 2u;
  return Oct(f16_high_quad(codes[at]), f16_high_quad(codes[at + 1u]));
}`,
  write: /* wgsl */ `
fn f16_high_encode(c: Class, slot: u32, head: u32) {
  load_row(0u, head, c);
  let at = c.code_base + (slot * HK + head) * c.code_stride;
  for (var i = 0u; i < params.channels / 4u; i++) {
    codes[at + i] = (to_half(row[4u * i]) >> 8u) | (to_half(row[4u * i + 1u]) & 0xff00u) |
      ((to_half(row[4u * i + 2u]) & 0xff00u) << 8u) | ((to_half(row[4u * i + 3u]) & 0xff00u) << 16u);
  }
}`,
};

export default codec;
