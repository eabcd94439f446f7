import { affineEncode, affineRead } from '../affine';
import { f32Bits } from '../bits';
import type { Codec } from '../codec';
import { ownOf } from '../codec';
import type { Side } from '../config';
import { groupSize } from '../config';

/** The clip that a side's width gets. */
function clipOf(side: Side): number {
  const { clip, clipWide } = ownOf(codec, side);
  return clipWide === 'off' && side.bits > 2 ? 1 : Number(clip);
}

/** Flags in c.p0; c.p1 = clip. */
const WHOLE = 1;
const HALF_UP = 2;

/**
 * Even steps with the place of zero kept in code space; defined in `reference/codecs/zero-point.ts`. One word of scales per group,
 * or, along tokens, per block of `group` rows and channel: f16 scale low, f16 zero high.
 */
const codec: Codec = {
  id: 'zero-point',
  title: 'Zero point',
  text:
    'Every group of values is cut into 2^bits even steps. Beside the scale it keeps where zero lies among the codes, as a number ' +
    'with a fraction or as a whole code. Clipping draws both ends of the range towards zero before it is cut.',
  formula:
    's = clip (max - min) / (2^b - 1), z = -clip min / s; float: code = round(x / s + z); int: s at least 1e-5, z = round(z), ' +
    'code = round(x / s) + z; value = s (code - z)',
  source: 'https://github.com/InternLM/lmdeploy',
  bits: [1, 2, 3, 4, 5, 6, 7, 8],
  params: [
    {
      key: 'zero',
      title: 'Zero',
      text: 'float keeps the place of zero with its fraction (LMDeploy); int puts it on a code, so that 0 stays 0 (KVTuner).',
      unit: '',
      perSide: true,
      default: 'float',
      choices: ['float', 'int'],
    },
    {
      key: 'clip',
      title: 'Clip',
      text: 'Both ends of the range are multiplied by this; values outside take the nearest end.',
      unit: '',
      perSide: true,
      default: 1,
      min: 0.5,
      max: 1,
      step: 0.01,
    },
    {
      key: 'clipWide',
      title: 'Clip wide codes',
      text: 'Whether codes of more than 2 bits are clipped too.',
      unit: '',
      perSide: true,
      default: 'on',
      choices: ['on', 'off'],
    },
    {
      key: 'rounding',
      title: 'Rounding',
      text: 'Which way a value exactly between two codes goes: to the even one, or up.',
      unit: '',
      perSide: true,
      default: 'even',
      choices: ['even', 'halfUp'],
    },
  ],
  layout(side, headDim) {
    const group = groupSize(side, headDim);
    const isAlongTokens = side.along === 'token';
    return {
      codeWords: (headDim / 32) * side.bits,
      scaleWords: isAlongTokens ? headDim : headDim / group,
      blockTokens: isAlongTokens ? group : 1,
      bits: side.bits + 32 / group,
    };
  },
  words(side) {
    const { zero, rounding } = ownOf(codec, side);
    return [(zero === 'int' ? WHOLE : 0) | (rounding === 'halfUp' ? HALF_UP : 0), f32Bits(clipOf(side))];
  },
  refuses: ({ scheme }) => (scheme === 'sym' ? 'codec=zero-point always stores a zero; scheme=sym has none.' : null),
  read: /* wgsl */ `
fn zero_point_affine(word: u32) -> vec2f {
  let p = unpack2x16float(word);
  return vec2f(p.x, -p.x * p.y);
}
${affineRead('zero_point')}`,
  write: /* wgsl */ `
const ZERO_POINT_WHOLE = ${WHOLE}u;
const ZERO_POINT_HALF_UP = ${HALF_UP}u;
// Per group: least value, then the zero that codes are taken from.
var<private> zero_point_low: array<f32, D>;
// Per group: largest value, then the step; 0 in a group that is stored as one value.
var<private> zero_point_high: array<f32, D>;
fn zero_point_scan(c: Class, g: u32, x: f32, first: bool) {
  zero_point_low[g] = select(min(zero_point_low[g], x), x, first);
  zero_point_high[g] = select(max(zero_point_high[g], x), x, first);
}
fn zero_point_store_scales(c: Class, block_at: u32, head: u32, groups: u32) {
  let at = c.scale_base + (block_at * HK + head) * c.scale_stride;
  let whole = (c.p0 & ZERO_POINT_WHOLE) != 0u;
  for (var g = 0u; g < groups; g++) {
    let low = zero_point_low[g] * bitcast<f32>(c.p1);
    var size = (zero_point_high[g] * bitcast<f32>(c.p1) - low) / f32((1u << c.bits) - 1u);
    if (whole) { size = from_half(to_half(max(size, 1e-5))); }
    let s = to_half(size);
    var zero = 0.0;
    if (size > 0.0) { zero = -low / size; }
    if (whole) { zero = round(zero); }
    let z = to_half(zero);
    if (s == 0u || (z & 0x7fffu) >= 0x7c00u) {
      scales[at + g] = to_halves(zero_point_low[g], -1.0);
      zero_point_high[g] = 0.0;
      continue;
    }
    scales[at + g] = s | (z << 16u);
    zero_point_low[g] = select(zero, from_half(z), whole);
    zero_point_high[g] = size;
  }
}
fn zero_point_code(c: Class, x: f32, g: u32) -> u32 {
  let size = zero_point_high[g];
  if (size == 0.0) { return 0u; }
  let zero = zero_point_low[g];
  let whole = (c.p0 & ZERO_POINT_WHOLE) != 0u;
  var place = x / size;
  if (!whole) { place += zero; }
  var code = round(place);
  if ((c.p0 & ZERO_POINT_HALF_UP) != 0u) { code = floor(place + 0.5); }
  if (whole) { code += zero; }
  return u32(clamp(code, 0.0, f32((1u << c.bits) - 1u)));
}
${affineEncode('zero_point')}`,
};

export default codec;
