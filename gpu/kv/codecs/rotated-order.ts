import { f32Bits } from '../bits';
import { pairSums } from '../butterflies';
import type { Codec, LearnShape } from '../codec';
import { ownOf } from '../codec';
import type { Side } from '../config';
import { channelOrder, rotatedHeads } from '../rotated-rows';

/** Steps of the range: the released code has 8 at 3 bits, where codes end at 7. */
const stepsOf = (side: Side): number =>
  ownOf(codec, side).steps3 === 'repo' && side.bits === 3 ? 8 : 2 ** side.bits - 1;

/** The clip that a side's width gets. */
const clipOf = (side: Side): number => (side.bits > 2 ? 1 : Number(ownOf(codec, side).clip));

/**
 * Channels of all heads, rotated and put into a learned order, then cut into slices of a head's size; defined in
 * `reference/codecs/rotated-order.ts`. Header: a half-word per rotated channel, its place in the order. One word of scales per slice:
 * f16 scale low, f16 zero high. c.p0 = heads rotated together, c.p1 = steps of the range, c.p2 = clip.
 */
const codec: Codec = {
  id: 'rotated-order',
  title: 'Rotated, in a learned order',
  text:
    'A few neighbouring heads are rotated together by a Walsh-Hadamard matrix; then the channels of all heads are sorted by their mean, ' +
    'so that channels with the same offset share a scale, and cut into slices of a head. Every token has one scale and one whole zero per slice. ' +
    'A reader first restores all channels of the heads in scratch memory, so a step takes longer than with other codes.',
  formula:
    's = clip (max - min) / (2^b - 1), z = round(-clip min / s), code = clamp(round(x / s) + z, 0, 2^b - 1), value = s (code - z)',
  source: 'https://arxiv.org/abs/2501.16383',
  bits: [2, 3, 4],
  params: [
    {
      key: 'headGroup',
      title: 'Heads per rotation',
      text: 'KV heads that are rotated together; the largest power of two up to this that divides their number is taken.',
      unit: 'heads',
      perSide: true,
      default: 4,
      choices: [1, 2, 4],
    },
    {
      key: 'permute',
      title: 'Channel order',
      text: 'prompt sorts channels by their means over the prompt, text by those over a built-in text; off leaves them in place.',
      unit: '',
      perSide: true,
      default: 'prompt',
      choices: ['prompt', 'text', 'off'],
    },
    {
      key: 'clip',
      title: 'Clip at 2 bits',
      text: 'Both ends of the range are multiplied by this at 2 bits; wider codes are not clipped.',
      unit: '',
      perSide: true,
      default: 0.8,
      min: 0.5,
      max: 1,
      step: 0.01,
    },
    {
      key: 'steps3',
      title: 'Steps at 3 bits',
      text: 'paper has 7 steps; repo has the 8 of the released code, which cut off the top of the range.',
      unit: '',
      perSide: true,
      default: 'paper',
      choices: ['paper', 'repo'],
    },
  ],
  tile: 'row',
  layout: (side, headDim, kvHeads = 1) => ({
    codeWords: (headDim / 32) * side.bits,
    scaleWords: 1,
    blockTokens: 1,
    bits: side.bits + 32 / headDim,
    headerWords: (headDim * kvHeads) / 2,
  }),
  words(side) {
    return [Number(ownOf(codec, side).headGroup), stepsOf(side), f32Bits(clipOf(side))];
  },
  refuses(side, headDim) {
    if (side.along === 'token') return 'codec=rotated-order codes one token at a time; leave along=channel.';
    if (side.scheme === 'sym') return 'codec=rotated-order keeps a scale and a zero; leave scheme=asym.';
    if (side.group !== 'head') return 'codec=rotated-order cuts rows into slices of a head; use group=head.';
    if (side.transforms.length > 0) return 'codec=rotated-order rotates by itself; leave transform=none.';
    return (headDim & (headDim - 1)) === 0
      ? null
      : `codec=rotated-order needs a head_dim that is a power of two; this model has ${headDim}.`;
  },
  learn: {
    from: (side) => (ownOf(codec, side).permute === 'text' ? 'calibration' : 'prompt'),
    header: (rows: Float32Array, shape: LearnShape, side: Side) => {
      const { permute, headGroup } = ownOf(codec, side);
      return channelOrder(rows, shape, rotatedHeads(Number(headGroup), shape.heads), permute !== 'off');
    },
  },
  shared: /* wgsl */ `
const ROTATED_MOST = min(4u, HK & (~HK + 1u));
// Channels of the heads that are rotated together.
var<private> rotated: array<f32, D * ROTATED_MOST>;
fn rotated_heads(c: Class) -> u32 { return min(c.p0, ROTATED_MOST); }
fn rotated_turn(width: u32) {
${pairSums({ array: 'rotated', end: 'width', count: 'width' })}
  let scale = inverseSqrt(f32(width));
  for (var i = 0u; i < width; i++) { rotated[i] *= scale; }
}
// Place in the order of a rotated channel of the row.
fn rotated_place(c: Class, channel: u32) -> u32 {
  return (scales[c.header + channel / 2u] >> ((channel & 1u) * 16u)) & 0xffffu;
}`,
  read: /* wgsl */ `
// Which row and heads \`rotated\` holds, plus one: a thread reads all octets of a head one after the other.
var<private> rotated_row: vec2u;
fn rotated_restore(c: Class, slot: u32, first: u32, heads: u32) {
  // As many channels as a head has: a bound that is no constant, see encode.wgsl.
  let width = heads * (c.code_stride * 32u / c.bits);
  for (var i = 0u; i < width; i++) {
    let place = rotated_place(c, first * D + i);
    let row_at = slot * HK + place / D;
    let p = unpack2x16float(scales[c.scale_base + row_at * c.scale_stride]);
    let bit = (place % D) * c.bits;
    let at = c.code_base + row_at * c.code_stride + (bit >> 5u);
    var window = codes[at] >> (bit & 31u);
    if ((bit & 31u) + c.bits > 32u) { window |= codes[at + 1u] << (32u - (bit & 31u)); }
    rotated[i] = p.x * (f32(window & ((1u << c.bits) - 1u)) - p.y);
  }
  rotated_turn(width);
}
fn rotated_order_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let heads = rotated_heads(c);
  let first = head / heads * heads;
  let wanted = vec2u(slot * HK + first, c.code_base) + vec2u(1u);
  if (any(rotated_row != wanted)) {
    rotated_restore(c, slot, first, heads);
    rotated_row = wanted;
  }
  let at = (head - first) * D + o * 8u;
  return Oct(
    vec4f(rotated[at], rotated[at + 1u], rotated[at + 2u], rotated[at + 3u]),
    vec4f(rotated[at + 4u], rotated[at + 5u], rotated[at + 6u], rotated[at + 7u]));
}`,
  write: /* wgsl */ `
// Per slice: least and largest value, then zero and step; 0 in a slice of zeros.
var<private> rotated_low: array<f32, HK>;
var<private> rotated_high: array<f32, HK>;
fn rotated_load(c: Class, first: u32, heads: u32) {
  rotated_row = vec2u(0u);
  for (var h = 0u; h < heads; h++) {
    load_row(0u, first + h, c);
    for (var i = 0u; i < params.channels; i++) { rotated[h * D + i] = row[i]; }
  }
  rotated_turn(heads * params.channels);
}
fn rotated_store_scales(c: Class, slot: u32, slices: u32) {
  for (var s = 0u; s < slices; s++) {
    let clip = bitcast<f32>(c.p2);
    let low = clip * rotated_low[s];
    let size = from_half(to_half((clip * rotated_high[s] - low) / f32(c.p1)));
    var zero = 0.0;
    if (size > 0.0) { zero = from_half(to_half(round(-low / size))); }
    // A slice whose values are all alike, or too small for a scale, is kept as its least value.
    let alike = size == 0.0 || abs(zero) > 65504.0;
    scales[c.scale_base + (slot * HK + s) * c.scale_stride] = select(to_halves(size, zero), to_halves(rotated_low[s], -1.0), alike);
    rotated_low[s] = zero;
    rotated_high[s] = select(size, 0.0, alike);
  }
}
// Two rounds over the heads, scales first. Codes lie scattered: each is added to a word that was cleared.
fn rotated_order_encode(c: Class, slot: u32, head: u32) {
  let slices = HK * params.channels / D;
  let heads = rotated_heads(c);
  for (var s = 0u; s < slices; s++) {
    rotated_low[s] = 3e38;
    rotated_high[s] = -3e38;
    for (var w = 0u; w < c.code_stride; w++) { codes[c.code_base + (slot * HK + s) * c.code_stride + w] = 0u; }
  }
  for (var turn = 0u; turn < 2u; turn++) {
    for (var first = 0u; first < slices; first += heads) {
      rotated_load(c, first, heads);
      for (var i = 0u; i < heads * params.channels; i++) {
        let place = rotated_place(c, first * D + i);
        let s = place / D;
        if (turn == 0u) {
          rotated_low[s] = min(rotated_low[s], rotated[i]);
          rotated_high[s] = max(rotated_high[s], rotated[i]);
          continue;
        }
        if (rotated_high[s] == 0.0) { continue; }
        let code = u32(clamp(round(rotated[i] / rotated_high[s]) + rotated_low[s], 0.0, f32((1u << c.bits) - 1u)));
        let bit = (place % D) * c.bits;
        let at = c.code_base + (slot * HK + s) * c.code_stride + (bit >> 5u);
        codes[at] |= code << (bit & 31u);
        if ((bit & 31u) + c.bits > 32u) { codes[at + 1u] |= code >> (32u - (bit & 31u)); }
      }
    }
    if (turn == 0u) { rotated_store_scales(c, slot, slices); }
  }
}`,
};

export default codec;
