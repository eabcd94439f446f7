import { KvError } from '../../errors';
import { roundF16 } from '../../load/f16';
import type { ReferenceCodec } from '../codec';
import { roundEven } from '../uniform';
import { FORMATS, toSmallFloat } from './fp8';

const { fround } = Math;

interface Settings {
  bits: number;
  /** Draws both ends of the range towards zero. */
  clip: number;
  meta: 'e4m3' | 'f16';
}

/**
 * The definition of the `cluster` codec (SKVQ, Duanmu et al. 2024). The channels of one token that share a cluster are coded with
 * lo = clip min, hi = clip max, s = max((hi - lo) / top, 1e-5): code = round(clamp((x - lo) / s, 0, top)). They are read with
 * s and lo rounded to e4m3 or f16, value = s code + lo. `row`: the channels of all heads; `clusters`: the cluster of each.
 */
export function throughClusters(
  row: Float32Array,
  clusters: ArrayLike<number>,
  { bits, clip, meta }: Settings,
): Float32Array {
  const top = bits === 1.5 ? 2 : 2 ** bits - 1;
  const rounded = (x: number) => (meta === 'f16' ? roundF16(x) : toSmallFloat(x, FORMATS.e4m3));
  const ends = new Map<number, { low: number; high: number }>();
  for (const [i, x] of row.entries()) {
    const end = ends.get(clusters[i]) ?? { low: x, high: x };
    ends.set(clusters[i], { low: Math.min(end.low, x), high: Math.max(end.high, x) });
  }
  return row.map((x, i) => {
    const { low, high } = ends.get(clusters[i]) as { low: number; high: number };
    const lo = fround(fround(clip) * low);
    const s = Math.max(fround(fround(fround(fround(clip) * high) - lo) / top), fround(1e-5));
    const code = roundEven(Math.min(Math.max(fround(fround(x - lo) / s), 0), top));
    return fround(rounded(s) * code + rounded(lo));
  });
}

const codec: ReferenceCodec = {
  id: 'cluster',
  through(rows, { heads, headDim }, { bits, own }, header) {
    const width = heads * headDim;
    if (!header) throw new KvError('internal', 'The clusters of the channels are not given.');
    const clusters = new Uint8Array(header.buffer, header.byteOffset, width);
    const settings = { bits, clip: Number(own?.clip ?? 0.92), meta: (own?.meta ?? 'e4m3') as Settings['meta'] };
    const out = new Float32Array(rows.length);
    for (let at = 0; at < rows.length; at += width)
      out.set(throughClusters(rows.subarray(at, at + width), clusters, settings), at);
    return out;
  },
};

export default codec;
