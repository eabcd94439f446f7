import type { Codec } from '../codec';
import { ownOf } from '../codec';
import { groupSize } from '../config';
import { e2m1Read, e2m1Write } from '../e2m1';

/** 4-bit floats with an e4m3 scale per group, defined in `reference/codecs/nvfp4.ts`; four scales to a word. */
const codec: Codec = {
  id: 'nvfp4',
  title: 'NVFP4',
  text:
    'Each value becomes one of fifteen 4-bit floats. Sixteen channels share a scale that is itself an 8-bit float, and one number ' +
    'per layer keeps those scales in range.',
  formula: 's = g e4m3(max|x| / 6 / g), value = s e2m1(x / s), g = max|x| of the prompt / 2688, or 1',
  source: 'https://arxiv.org/abs/2509.25149',
  bits: [4],
  params: [
    {
      key: 'global',
      title: 'Scale of a layer',
      text: 'prompt fits the scales to the largest value of the prompt, kept for the run; 1 leaves them as they are.',
      unit: '',
      perSide: true,
      default: 'prompt',
      choices: ['prompt', 1],
    },
  ],
  layout(side, headDim) {
    const groups = headDim / groupSize(side, headDim);
    return {
      codeWords: headDim / 8,
      scaleWords: Math.ceil(groups / 4),
      blockTokens: 1,
      bits: 4 + 8 / groupSize(side, headDim),
      ...(ownOf(codec, side).global === 'prompt' ? { headerWords: 1 } : {}),
    };
  },
  words: (side) => [ownOf(codec, side).global === 'prompt' ? 1 : 0],
  refuses: (side) =>
    side.along === 'token' ? 'codec=nvfp4 groups the channels of one token; leave along=channel.' : null,
  shared: /* wgsl */ `
fn nvfp4_global(c: Class) -> f32 {
  if (c.p0 == 0u) { return 1.0; }
  return bitcast<f32>(scales[c.header]);
}
fn nvfp4_e4m3(byte: u32) -> f32 { return select(bitcast<f32>((byte << 20u) + (120u << 23u)), f32(byte) * 0x1p-9, byte < 8u); }`,
  read: /* wgsl */ `${e2m1Read('nvfp4')}
fn nvfp4_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let row_at = slot * HK + head;
  let g = o * 8u / c.group;
  let byte = (scales[c.scale_base + row_at * c.scale_stride + (g >> 2u)] >> ((g & 3u) * 8u)) & 0xffu;
  let s = nvfp4_e4m3(byte) * nvfp4_global(c);
  let value = nvfp4_values(codes[c.code_base + row_at * c.code_stride + o]);
  return Oct(s * value.lo, s * value.hi);
}`,
  write: /* wgsl */ `${e2m1Write('nvfp4')}
// The nearest e4m3 code of x >= 0, ties to even, at most 448.
fn nvfp4_scale_code(x: f32) -> u32 {
  let size = min(x, 448.0);
  let bits = bitcast<u32>(size);
  if (size < 0x1p-6) { return u32(round(size * 512.0)); }
  return ((bits + 0x7ffffu + ((bits >> 20u) & 1u)) >> 20u) - (120u << 3u);
}
fn nvfp4_encode(c: Class, slot: u32, head: u32) {
  load_row(0u, head, c);
  let row_at = slot * HK + head;
  let g_scale = nvfp4_global(c);
  for (var first = 0u; first < params.channels; first += c.group) {
    let byte = nvfp4_scale_code(nvfp4_amax(first, first + c.group) / 6.0 / g_scale);
    nvfp4_store_scale(c.scale_base + row_at * c.scale_stride, first / c.group, byte);
    nvfp4_store(c, row_at, first, first + c.group, nvfp4_e4m3(byte) * g_scale);
  }
}`,
  survey: {
    values: 1,
    combine: 'max',
    when: 'prompt',
    wgsl: /* wgsl */ `
fn nvfp4_survey(c: Class, head: u32) {
  load_row(0u, head, c);
  for (var i = 0u; i < params.channels; i++) { found[0] = max(found[0], abs(row[i])); }
}`,
    settle: /* wgsl */ `
fn nvfp4_settle(c: Class) {
  if (c.p0 == 0u) { return; }
  scales[c.header] = bitcast<u32>(select(1.0, found[0] / 2688.0, found[0] > 0.0));
}`,
  },
};

export default codec;
