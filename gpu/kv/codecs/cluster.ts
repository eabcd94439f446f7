import { f32Bits } from '../bits';
import type { Codec, LearnShape } from '../codec';
import { ownOf } from '../codec';
import type { Side } from '../config';
import { groupSize, storedBits } from '../config';
import { kMeans } from '../k-means';

/** Largest code: 1.5 bits are three levels. */
const topOf = (bits: number): number => (bits === 1.5 ? 2 : 2 ** bits - 1);

export const clusterCount = (side: Side, headDim: number, kvHeads: number): number =>
  Math.max(1, Math.floor((headDim * kvHeads) / groupSize(side, headDim)));

/** Cluster of every channel of a row. */
function clustersOf(rows: Float32Array, { heads, headDim, skip }: LearnShape, side: Side): number[] {
  const width = heads * headDim;
  const count = clusterCount(side, headDim, heads);
  const channels = Array.from({ length: width }, (_, i) => i);
  if (ownOf(codec, side).reorder === 'off' || rows.length <= skip * width)
    return channels.map((channel) => Math.floor((channel * count) / width));
  const ends = channels.map((channel) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = skip * width + channel; at < rows.length; at += width) {
      low = Math.min(low, rows[at]);
      high = Math.max(high, rows[at]);
    }
    return [low, high];
  });
  return kMeans(ends, count);
}

/**
 * One token's channels of all heads, in clusters; defined in `reference/codecs/cluster.ts`. Header: a byte per channel, its cluster.
 * Scales of a row of all heads, one cluster after the other: e4m3 step and least value (two clusters to a word), or f16 step and
 * least value (a word). c.p0 = 1 for f16, c.p1 = largest code, c.p2 = clip.
 */
const codec: Codec = {
  id: 'cluster',
  title: 'Channel clusters',
  text:
    'Channels of all heads that move in similar ranges share a scale: they are sorted into clusters once, by the smallest and the ' +
    'largest value that each has in a text. Every token has one step and one least value per cluster. 1.5 bits are three levels, ' +
    'stored in 2 bits.',
  formula:
    'lo = clip min, hi = clip max, s = max((hi - lo) / top, 1e-5), code = round(clamp((x - lo) / s, 0, top)), top = 2^b - 1 (1.5 ' +
    'bits: 2); value = s code + lo with s and lo in e4m3 or FP16',
  source: 'https://arxiv.org/abs/2405.06219',
  bits: [1.5, 2, 3, 4],
  params: [
    {
      key: 'clip',
      title: 'Clip',
      text: 'Both ends of the range of a cluster are multiplied by this; values outside take the nearest end.',
      unit: '',
      perSide: true,
      default: 0.92,
      min: 0.5,
      max: 1,
      step: 0.01,
    },
    {
      key: 'meta',
      title: 'Step and least value',
      text: 'How both are kept: e4m3 takes 8 bits each, f16 takes 16. Codes are found with unrounded ones.',
      unit: '',
      perSide: true,
      default: 'e4m3',
      choices: ['e4m3', 'f16'],
    },
    {
      key: 'reorder',
      title: 'Clusters of channels',
      text: 'on sorts channels by their ranges; off puts neighbouring channels together.',
      unit: '',
      perSide: true,
      default: 'on',
      choices: ['on', 'off'],
    },
    {
      key: 'calibration',
      title: 'Calibration',
      text: 'What the ranges of channels come from: a fixed text that the model reads beforehand, or the prompt itself.',
      unit: '',
      perSide: true,
      default: 'text',
      choices: ['text', 'prompt'],
    },
  ],
  tile: 'row',
  layout(side, headDim, kvHeads = 1) {
    const count = clusterCount(side, headDim, kvHeads);
    const isF16 = ownOf(codec, side).meta === 'f16';
    return {
      codeWords: (headDim / 32) * storedBits(side.bits),
      scaleWords: Math.ceil(count / (isF16 ? 1 : 2) / kvHeads),
      blockTokens: 1,
      bits: side.bits + ((isF16 ? 32 : 16) * count) / (headDim * kvHeads),
      headerWords: (headDim * kvHeads) / 4,
    };
  },
  words(side) {
    const { clip, meta } = ownOf(codec, side);
    return [meta === 'f16' ? 1 : 0, f32Bits(topOf(side.bits)), f32Bits(Number(clip))];
  },
  refuses(side) {
    if (side.along === 'token') return 'codec=cluster codes one token at a time; leave along=channel.';
    if (side.transforms.length > 0) return 'codec=cluster keeps the channels as they are; leave transform=none.';
    return side.scheme === 'sym' ? 'codec=cluster keeps a step and a least value; leave scheme=asym.' : null;
  },
  learn: {
    from(side) {
      const { reorder, calibration } = ownOf(codec, side);
      return reorder === 'on' && calibration === 'text' ? 'calibration' : 'prompt';
    },
    header: (rows, shape, side) => new Uint32Array(Uint8Array.from(clustersOf(rows, shape, side)).buffer),
  },
  shared: /* wgsl */ `
fn cluster_scales(c: Class, slot: u32) -> u32 { return c.scale_base + slot * HK * c.scale_stride; }`,
  read: /* wgsl */ `
fn cluster_e4m3(code: vec4u) -> vec4f {
  let size = code & vec4u(0x7fu);
  let normal = bitcast<vec4f>((size << vec4u(20u)) + vec4u(120u << 23u));
  let value = select(normal, vec4f(size) * 0x1p-9, size < vec4u(8u));
  return select(value, -value, code >= vec4u(0x80u));
}
// Values of four channels whose clusters are the bytes of \`ids\`; the scales of their row begin at word \`at\`.
fn cluster_values(c: Class, at: u32, ids: u32, code: vec4f) -> vec4f {
  let id = (vec4u(ids) >> vec4u(0u, 8u, 16u, 24u)) & vec4u(0xffu);
  if (c.p0 == 1u) {
    let p = unpack2x16float(scales[at + id.x]);
    let q = unpack2x16float(scales[at + id.y]);
    let r = unpack2x16float(scales[at + id.z]);
    let t = unpack2x16float(scales[at + id.w]);
    return vec4f(p.x, q.x, r.x, t.x) * code + vec4f(p.y, q.y, r.y, t.y);
  }
  let w = id >> vec4u(1u);
  let pair = vec4u(scales[at + w.x], scales[at + w.y], scales[at + w.z], scales[at + w.w]) >> ((id & vec4u(1u)) * 16u);
  return cluster_e4m3(pair & vec4u(0xffu)) * code + cluster_e4m3((pair >> vec4u(8u)) & vec4u(0xffu));
}
fn cluster_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let code = code_octet(c, slot, head, o);
  let at = cluster_scales(c, slot);
  let ids = c.header + (head * D + o * 8u) / 4u;
  return Oct(
    cluster_values(c, at, scales[ids], code.lo),
    cluster_values(c, at, scales[ids + 1u], code.hi));
}`,
  write: /* wgsl */ `
// Per cluster: least and largest value, then least value and step.
var<private> cluster_low: array<f32, HK * D / 16u>;
var<private> cluster_step: array<f32, HK * D / 16u>;
fn cluster_of(c: Class, channel: u32) -> u32 { return (scales[c.header + channel / 4u] >> ((channel & 3u) * 8u)) & 0xffu; }
fn cluster_ends(c: Class, count: u32, heads: u32) {
  for (var g = 0u; g < count; g++) {
    cluster_low[g] = 3e38;
    cluster_step[g] = -3e38;
  }
  for (var h = 0u; h < heads; h++) {
    load_row(0u, h, c);
    for (var i = 0u; i < params.channels; i++) {
      let g = cluster_of(c, h * D + i);
      cluster_low[g] = min(cluster_low[g], row[i]);
      cluster_step[g] = max(cluster_step[g], row[i]);
    }
  }
  for (var g = 0u; g < count; g++) {
    let clip = select(0.0, bitcast<f32>(c.p2), cluster_low[g] <= cluster_step[g]);
    let low = clip * cluster_low[g];
    cluster_step[g] = max((clip * cluster_step[g] - low) / bitcast<f32>(c.p1), 1e-5);
    cluster_low[g] = low;
  }
}
// The nearest e4m3 code, ties to even, at most 448 in size.
fn cluster_byte(x: f32) -> u32 {
  let size = min(abs(x), 448.0);
  let bits = bitcast<u32>(size);
  var code = ((bits + 0x7ffffu + ((bits >> 20u) & 1u)) >> 20u) - (120u << 3u);
  if (size < 0x1p-6) { code = u32(round(size * 512.0)); }
  return code | select(0u, 0x80u, x < 0.0);
}
fn cluster_store_scales(c: Class, slot: u32, count: u32, words: u32) {
  for (var w = 0u; w < words; w++) {
    var word = 0u;
    if (c.p0 == 1u) {
      if (w < count) { word = to_halves(cluster_step[w], cluster_low[w]); }
    } else {
      for (var g = 2u * w; g < min(2u * w + 2u, count); g++) {
        word |= (cluster_byte(cluster_step[g]) | (cluster_byte(cluster_low[g]) << 8u)) << ((g & 1u) * 16u);
      }
    }
    scales[cluster_scales(c, slot) + w] = word;
  }
}
// Scales last: a row that is coded again in its place is still read by the old ones.
fn cluster_encode(c: Class, slot: u32, head: u32) {
  let heads = HK * params.channels / D;
  let count = max(1u, HK * params.channels / c.group);
  cluster_ends(c, count, heads);
  let top = bitcast<f32>(c.p1);
  for (var h = 0u; h < heads; h++) {
    load_row(0u, h, c);
    pack_begin(c.code_base + (slot * HK + h) * c.code_stride);
    for (var i = 0u; i < params.channels; i++) {
      let g = cluster_of(c, h * D + i);
      let code = u32(round(clamp((row[i] - cluster_low[g]) / cluster_step[g], 0.0, top)));
      pack_code(code, c.bits);
    }
  }
  cluster_store_scales(c, slot, count, heads * c.scale_stride);
}`,
};

export default codec;
