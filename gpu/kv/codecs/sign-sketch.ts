import { pairSums } from '../butterflies';
import type { Codec } from '../codec';
import { ownOf } from '../codec';
import type { Side } from '../config';

/** Bits per channel of the sketch of outlier channels: half of what is usual where the others have more than usual. */
export function outlierBits(side: Side): number {
  const { outliers, outlierBits: wanted } = ownOf(codec, side);
  if (outliers === 0) return 0;
  return wanted === 'auto' ? (side.bits > 2 ? 1 : 2) : Number(wanted);
}

/**
 * Signs of random sums of each key, defined in `reference/codecs/sign-sketch.ts`. Codes: `bits` words of signs per 32 channels, then
 * those of the outlier channels. Scales of a block of 32 tokens: a bit per channel (1 = outlier), then a word per token: f16 length of
 * the other channels low, of the outliers high. c.p0 = outlier channels, c.p1 = bits of their sketch.
 */
const codec: Codec = {
  id: 'sign-sketch',
  title: 'Sign sketch',
  text:
    'A key is kept as its length and the signs of random sums of its channels. A score is estimated from how many of those signs agree ' +
    'with sums of the query, which is right on average. A few channels with the largest norms in 32 tokens have a sketch of their own. ' +
    'A reader first restores the key in scratch memory, so a step takes longer than with other codes.',
  formula: 'code = sign(S k), q . k is about sqrt(pi / 2) / m |k| (S q) . code, m sums; outlier channels apart',
  source: 'https://arxiv.org/abs/2406.03482',
  bits: [1, 2, 3, 4],
  params: [
    {
      key: 'outliers',
      title: 'Outlier channels',
      text: 'Channels of a head with the largest norms in a block of tokens, sketched apart.',
      unit: 'channels',
      perSide: true,
      default: 8,
      choices: [0, 4, 8, 16],
    },
    {
      key: 'outlierBits',
      title: 'Sketch of the outliers',
      text: 'Sums per channel of the head; auto is 2, or 1 where the other channels have more than 2.',
      unit: 'bits',
      perSide: true,
      default: 'auto',
      choices: ['auto', 1, 2],
    },
  ],
  layout(side, headDim) {
    const bits = side.bits + outlierBits(side);
    return {
      codeWords: (headDim / 32) * bits,
      scaleWords: headDim / 32 + 32,
      blockTokens: 32,
      bits: bits + 32 / headDim + 1 / 32,
    };
  },
  words: (side) => [Number(ownOf(codec, side).outliers), outlierBits(side)],
  refuses(side, headDim) {
    if (side.along !== 'token' || side.group !== 32)
      return 'codec=sign-sketch takes 32 tokens at a time; use along=token group=32.';
    if (side.scheme === 'sym') return 'codec=sign-sketch keeps lengths and signs; leave scheme=asym.';
    return (headDim & (headDim - 1)) === 0
      ? null
      : `codec=sign-sketch needs a head_dim that is a power of two; this model has ${headDim}.`;
  },
  shared: /* wgsl */ `
var<private> sketch: array<f32, D>;
// Sums of all channels with signs: sketch = W sketch, not scaled.
fn sketch_turn(width: u32) {
${pairSums({ array: 'sketch', end: 'width', count: 'width' })}
}
// The sign that channel i has before the sums of part \`chunk\`: 1 or -1.
fn sketch_sign(i: u32, chunk: u32) -> f32 {
  var x = (i * 16u + chunk) ^ 0x9e3779b9u;
  x = (x ^ (x >> 16u)) * 0x7feb352du;
  x = (x ^ (x >> 15u)) * 0x846ca68bu;
  return select(-1.0, 1.0, ((x ^ (x >> 16u)) & 1u) == 1u);
}
fn sketch_scales(c: Class, slot: u32, head: u32) -> u32 {
  return c.scale_base + ((slot / 32u) * HK + head) * c.scale_stride;
}
fn sketch_is_out(at: u32, i: u32) -> bool { return ((scales[at + (i >> 5u)] >> (i & 31u)) & 1u) == 1u; }`,
  read: /* wgsl */ `
// The key that the signs stand for, kept while a thread reads one octet after the other.
var<private> sketch_key: array<f32, D>;
var<private> sketch_row: vec2u;
fn sketch_restore(c: Class, slot: u32, head: u32) {
  let width = 32u * (c.code_stride / (c.bits + c.p1));
  let at = sketch_scales(c, slot, head);
  let size = unpack2x16float(scales[at + width / 32u + slot % 32u]);
  for (var i = 0u; i < width; i++) { sketch_key[i] = 0.0; }
  for (var chunk = 0u; chunk < c.bits + c.p1; chunk++) {
    let base = c.code_base + (slot * HK + head) * c.code_stride + chunk * (width / 32u);
    for (var i = 0u; i < width; i++) { sketch[i] = select(-1.0, 1.0, ((codes[base + (i >> 5u)] >> (i & 31u)) & 1u) == 1u); }
    sketch_turn(width);
    let out = chunk >= c.bits;
    for (var i = 0u; i < width; i++) {
      if (sketch_is_out(at, i) == out) { sketch_key[i] += sketch_sign(i, chunk) * sketch[i]; }
    }
  }
  // Whole numbers until here; then sqrt(pi / 2) / m.
  let by = size * 1.2533141 / vec2f(f32(width * c.bits), f32(max(1u, width * c.p1)));
  for (var i = 0u; i < width; i++) { sketch_key[i] *= select(by.x, by.y, sketch_is_out(at, i)); }
}
fn sign_sketch_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let wanted = vec2u(slot * HK + head, c.code_base) + vec2u(1u);
  if (any(sketch_row != wanted)) {
    sketch_restore(c, slot, head);
    sketch_row = wanted;
  }
  let at = o * 8u;
  return Oct(
    vec4f(sketch_key[at], sketch_key[at + 1u], sketch_key[at + 2u], sketch_key[at + 3u]),
    vec4f(sketch_key[at + 4u], sketch_key[at + 5u], sketch_key[at + 6u], sketch_key[at + 7u]));
}`,
  write: /* wgsl */ `
// Apart from \`sketch\`, which reading a coded row uses.
var<private> sketch_power: array<f32, D>;
// Marks the channels with the largest norms of the block; of those that are equal but for rounding the first.
fn sketch_mark(c: Class, head: u32, at: u32) {
  for (var i = 0u; i < params.channels; i++) { sketch_power[i] = 0.0; }
  for (var t = 0u; t < 32u; t++) {
    load_row(t, head, c);
    for (var i = 0u; i < params.channels; i++) { sketch_power[i] = fma(row[i], row[i], sketch_power[i]); }
  }
  for (var w = 0u; w < params.channels / 32u; w++) { scales[at + w] = 0u; }
  for (var n = 0u; n < c.p0; n++) {
    var best = 0u;
    for (var i = 1u; i < params.channels; i++) { if (sketch_power[i] > sketch_power[best] + 1e-5 * abs(sketch_power[best])) { best = i; } }
    sketch_power[best] = -1.0;
    scales[at + (best >> 5u)] |= 1u << (best & 31u);
  }
}
// Signs of the sums of one part of the row, to the words from \`to\`; a sum of nothing counts as positive.
fn sketch_store(chunk: u32, out: bool, at: u32, length: f32, to: u32) {
  for (var i = 0u; i < params.channels; i++) {
    sketch[i] = select(0.0, row[i] * sketch_sign(i, chunk), sketch_is_out(at, i) == out);
  }
  sketch_turn(params.channels);
  for (var w = 0u; w < params.channels / 32u; w++) {
    var word = 0u;
    for (var j = 0u; j < min(params.channels, 32u); j++) {
      word |= select(0u, 1u << j, sketch[w * 32u + j] >= -1e-4 * length);
    }
    codes[to + w] = word;
  }
}
fn sign_sketch_encode(c: Class, slot: u32, head: u32) {
  let at = sketch_scales(c, slot, head);
  sketch_mark(c, head, at);
  for (var t = 0u; t < 32u; t++) {
    load_row(t, head, c);
    var power = vec2f(0.0);
    for (var i = 0u; i < params.channels; i++) {
      let x = row[i] * row[i];
      power += select(vec2f(x, 0.0), vec2f(0.0, x), sketch_is_out(at, i));
    }
    let length = sqrt(power);
    scales[at + params.channels / 32u + t] = to_halves(length.x, length.y);
    for (var chunk = 0u; chunk < c.bits + c.p1; chunk++) {
      let to = c.code_base + ((slot + t) * HK + head) * c.code_stride + chunk * (params.channels / 32u);
      let out = chunk >= c.bits;
      sketch_store(chunk, out, at, select(length.x, length.y, out), to);
    }
  }
}`,
};

export default codec;
