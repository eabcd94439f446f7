import { affineRead, affineWrite } from '../affine';
import { f32Bits } from '../bits';
import type { Codec } from '../codec';
import { ownOf } from '../codec';
import { groupSize, storedBits } from '../config';

const MOST_STEPS = 20;

/**
 * Half-quadratic quantization, groups of channels of one token; defined in `reference/codecs/hqq.ts`. One word of scales per group:
 * f16 step low, f16 zero high; before the first, a word per layer with the steps of refinement that the last rows took.
 * c.p0 = most steps, c.p1 = kappa, c.p2 = largest code.
 */
const REFINE = /* wgsl */ `
// Codes per unit, place of zero among the codes, least value of a group.
struct HqqGroup { s: f32, z: f32, least: f32 }
fn hqq_start(c: Class, first: u32) -> HqqGroup {
  var low = row[first];
  var high = low;
  for (var i = first + 1u; i < first + c.group; i++) {
    low = min(low, row[i]);
    high = max(high, row[i]);
  }
  var s = 2e4;
  if ((high - low) * 2e4 > f32(c.p2)) { s = f32(c.p2) / (high - low); }
  return HqqGroup(s, -low * s, low);
}
fn hqq_nearest(c: Class, x: f32, s: f32, z: f32) -> f32 { return clamp(round(x * s + z), 0.0, f32(c.p2)); }
// One step for the group that begins at channel \`first\`: the next zero, and the sum of |x - value| before it.
fn hqq_refine(c: Class, first: u32, group: HqqGroup, beta: f32) -> vec2f {
  var sum = 0.0;
  var error = 0.0;
  for (var i = first; i < first + c.group; i++) {
    let x = row[i];
    let code = hqq_nearest(c, x, group.s, group.z);
    let u = x - (code - group.z) / group.s;
    let size = abs(u);
    var kept = 0.0;
    if (size > 0.0) { kept = max(0.0, size - pow(size, -0.3) / beta); }
    sum += code - (x - sign(u) * kept) * group.s;
    error += size;
  }
  return vec2f(sum / f32(c.group), error);
}`;

const codec: Codec = {
  id: 'hqq',
  title: 'HQQ',
  text:
    'Half-quadratic quantization: even steps between the ends of a group, then up to 20 small moves of the zero that favour many ' +
    'small errors over a few large ones. The moves stop for a whole layer when its mean error no longer falls. 1.58 bits are three ' +
    'levels, stored in 2 bits; widths of 5 and 6 are packed as they are (the original stores both in 8).',
  formula:
    'M = round(2^b - 1), s = M / (max - min), z = -min s, code = round(x s + z); repeat: e = shrink(x - value), z = mean(code - ' +
    '(x - e) s), shrink(u) = sgn(u) max(|u| - |u|^-0.3 / beta, 0); value = (code - z) / s',
  source: 'https://github.com/mobiusml/hqq',
  bits: [1, 1.58, 2, 3, 4, 5, 6, 8],
  params: [
    {
      key: 'iters',
      title: 'Refinement',
      text: 'Most moves of the zero; 0 leaves the plain grid.',
      unit: 'steps',
      perSide: true,
      default: MOST_STEPS,
      min: 0,
      max: MOST_STEPS,
      step: 1,
    },
    {
      key: 'kappa',
      title: 'Kappa',
      text: 'What beta, which weakens the shrinking of errors, is multiplied by after each move; newer releases of HQQ leave it at 1.',
      unit: '',
      perSide: true,
      default: 1.01,
      choices: [1, 1.01],
    },
  ],
  layout(side, headDim) {
    const group = groupSize(side, headDim);
    return {
      codeWords: (headDim / 32) * storedBits(side.bits),
      scaleWords: headDim / group,
      blockTokens: 1,
      bits: side.bits + 32 / group,
      headerWords: 1,
    };
  },
  words(side) {
    const { iters, kappa } = ownOf(codec, side);
    return [Number(iters), f32Bits(Number(kappa)), Math.round(2 ** side.bits - 1)];
  },
  refuses({ along, scheme }) {
    if (along === 'token') return 'codec=hqq groups the channels of a token; along=token is not possible.';
    return scheme === 'sym' ? 'codec=hqq always stores a zero; scheme=sym has none.' : null;
  },
  read: /* wgsl */ `
fn hqq_affine(word: u32) -> vec2f {
  let p = unpack2x16float(word);
  return vec2f(p.x, -p.x * p.y);
}
${affineRead('hqq')}`,
  write: /* wgsl */ `
${REFINE}
var<private> hqq_s: array<f32, D>;
var<private> hqq_z: array<f32, D>;
fn hqq_code(c: Class, x: f32, g: u32) -> u32 { return u32(hqq_nearest(c, x, hqq_s[g], hqq_z[g])); }
${affineWrite('hqq')}
fn hqq_encode(c: Class, slot: u32, head: u32) {
  load_row(0u, head, c);
  let steps = min(scales[c.header], c.p0);
  let at = c.scale_base + (slot * HK + head) * c.scale_stride;
  for (var first = 0u; first < params.channels; first += c.group) {
    let g = first / c.group;
    var group = hqq_start(c, first);
    var beta = 10.0;
    for (var i = 0u; i < steps; i++) {
      group.z = hqq_refine(c, first, group, beta).x;
      beta *= bitcast<f32>(c.p1);
    }
    hqq_s[g] = group.s;
    hqq_z[g] = group.z;
    scales[at + g] = to_halves(1.0 / group.s, group.z);
    if ((to_half(group.z) & 0x7fffu) >= 0x7c00u) {
      scales[at + g] = to_halves(group.least, -1.0);
      hqq_s[g] = 0.0;
      hqq_z[g] = 0.0;
    }
  }
  hqq_store_row(c, slot, head);
}`,
  survey: {
    values: MOST_STEPS,
    combine: 'sum',
    when: 'always',
    wgsl: /* wgsl */ `
${REFINE}
// Sums of |x - value| at the start of each step.
fn hqq_survey(c: Class, head: u32) {
  load_row(0u, head, c);
  for (var first = 0u; first < params.channels; first += c.group) {
    var group = hqq_start(c, first);
    var beta = 10.0;
    for (var i = 0u; i < c.p0; i++) {
      let next = hqq_refine(c, first, group, beta);
      found[i] += next.y;
      group.z = next.x;
      beta *= bitcast<f32>(c.p1);
    }
  }
}`,
    settle: /* wgsl */ `
fn hqq_settle(c: Class) { scales[c.header] = falling_steps(c.p0); }`,
  },
};

export default codec;
