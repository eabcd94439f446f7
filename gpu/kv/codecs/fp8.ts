import { f32Bits } from '../bits';
import type { Codec } from '../codec';
import { ownOf } from '../codec';

/** Bits of the fraction, exponent of the smallest normal number and the largest number of each format. */
const FORMATS: Record<string, { fraction: number; least: number; top: number }> = {
  e4m3: { fraction: 3, least: -6, top: 448 },
  e5m2: { fraction: 2, least: -14, top: 57344 },
};

/** Eight-bit floats, defined in `reference/codecs/fp8.ts`; four codes to a word. The scale of a layer stands in its header. */
const codec: Codec = {
  id: 'fp8',
  title: 'FP8',
  text:
    'Each value becomes an 8-bit float: one sign, 4 or 5 bits of exponent, 3 or 2 of fraction. One scale serves a whole layer, so ' +
    'nothing is stored beside the codes; values beyond the largest number are cut off.',
  formula: 'value = s fp8(x / s), s = 1 or max|x| of the prompt / largest number',
  source: 'https://arxiv.org/abs/2209.05433',
  bits: [8],
  params: [
    {
      key: 'format',
      title: 'FP8 format',
      text: 'e4m3 reaches 448 in steps of an eighth of the power of two, e5m2 reaches 57344 in steps of a quarter.',
      unit: '',
      perSide: true,
      default: 'e4m3',
      choices: Object.keys(FORMATS),
    },
    {
      key: 'scale',
      title: 'FP8 scale',
      text: 'one leaves values as they are; prompt divides by a scale that fits the largest value of the prompt, kept for the run.',
      unit: '',
      perSide: true,
      default: 'one',
      choices: ['one', 'prompt'],
    },
  ],
  layout: (side, headDim) => ({
    codeWords: headDim / 4,
    scaleWords: 0,
    blockTokens: 1,
    bits: 8,
    ...(ownOf(codec, side).scale === 'prompt' ? { headerWords: 1 } : {}),
  }),
  words: (side) => {
    const own = ownOf(codec, side);
    const { fraction, top } = FORMATS[own.format];
    return [fraction, own.scale === 'prompt' ? 1 : 0, f32Bits(top)];
  },
  refuses: (side) => (side.along === 'token' ? 'codec=fp8 codes one token at a time; leave along=channel.' : null),
  shared: /* wgsl */ `
// What moves an exponent of the format to that of f32; the smallest normal number is 2^(1 + fp8_bias - 127).
fn fp8_bias(c: Class) -> u32 { return select(112u, 120u, c.p0 == 3u); }
// Values below the smallest normal number are multiples of this.
fn fp8_least(c: Class) -> f32 { return select(0x1p-16, 0x1p-9, c.p0 == 3u); }
fn fp8_scale(c: Class) -> f32 {
  if (c.p1 == 0u) { return 1.0; }
  return bitcast<f32>(scales[c.header]);
}`,
  read: /* wgsl */ `
fn fp8_quad(c: Class, word: u32) -> vec4f {
  let code = (vec4u(word) >> vec4u(0u, 8u, 16u, 24u)) & vec4u(0xffu);
  let size = code & vec4u(0x7fu);
  let normal = bitcast<vec4f>((size << vec4u(23u - c.p0)) + vec4u(fp8_bias(c) << 23u));
  let value = select(normal, vec4f(size) * fp8_least(c), size < vec4u(1u << c.p0));
  return select(value, -value, code >= vec4u(0x80u));
}
fn fp8_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let at = c.code_base + (slot * HK + head) * c.code_stride + o * 2u;
  let scale = fp8_scale(c);
  return Oct(scale * fp8_quad(c, codes[at]), scale * fp8_quad(c, codes[at + 1u]));
}`,
  write: /* wgsl */ `
// The nearest code, ties to even, by adding half of the dropped bits; a carry runs into the exponent.
fn fp8_code(c: Class, x: f32) -> u32 {
  let size = min(abs(x), bitcast<f32>(c.p2));
  let bits = bitcast<u32>(size);
  let drop = 23u - c.p0;
  var code = ((bits + (1u << (drop - 1u)) - 1u + ((bits >> drop) & 1u)) >> drop) - (fp8_bias(c) << c.p0);
  if (bits < (fp8_bias(c) + 1u) << 23u) { code = u32(round(size / fp8_least(c))); }
  return code | select(0u, 0x80u, x < 0.0);
}
fn fp8_encode(c: Class, slot: u32, head: u32) {
  load_row(0u, head, c);
  let at = c.code_base + (slot * HK + head) * c.code_stride;
  let scale = fp8_scale(c);
  for (var w = 0u; w < params.channels / 4u; w++) {
    var word = 0u;
    for (var i = 0u; i < 4u; i++) { word |= fp8_code(c, row[w * 4u + i] / scale) << (8u * i); }
    codes[at + w] = word;
  }
}`,
  survey: {
    values: 1,
    combine: 'max',
    when: 'prompt',
    wgsl: /* wgsl */ `
fn fp8_survey(c: Class, head: u32) {
  load_row(0u, head, c);
  for (var i = 0u; i < params.channels; i++) { found[0] = max(found[0], abs(row[i])); }
}`,
    settle: /* wgsl */ `
fn fp8_settle(c: Class) {
  if (c.p1 == 0u) { return; }
  let scale = found[0] / bitcast<f32>(c.p2);
  scales[c.header] = bitcast<u32>(select(1.0, scale, scale > 0.0));
}`,
  },
};

export default codec;
