import type { Span } from '../kv/nuq';
import { roundF16 } from '../load/f16';

/** Code of the nearest level to (x - centre) / half, the lower one of two that are equally near. */
export function nearestLevel(x: number, { centre, half }: Span, levels: Float32Array): number {
  const y = Math.fround(x - centre);
  let code = 0;
  for (let i = 0; i + 1 < levels.length; i++) {
    const border = Math.fround(Math.fround(levels[i] + levels[i + 1]) * 0.5);
    if (y > Math.fround(border * half)) code = i + 1;
  }
  return code;
}

/** What a row reads as: `exact` channels as FP16, the others by their levels. */
export const throughLevels = (
  row: Float32Array,
  spanAt: (channel: number) => Span,
  levels: Float32Array,
  exact: ReadonlySet<number>,
): Float32Array =>
  row.map((x, c) => {
    if (exact.has(c)) return roundF16(x);
    const { centre, half } = spanAt(c);
    return Math.fround(Math.fround(levels[nearestLevel(x, spanAt(c), levels)] * half) + centre);
  });

/** Channels by falling key; of equal ones the first channel comes first. */
export const ranked = (keys: ArrayLike<number>): number[] =>
  Array.from(keys, (_, c) => c).sort((a, b) => keys[b] - keys[a] || a - b);

/** Each row of [tokens][channels] through `work`. */
export function perRow(rows: Float32Array, channels: number, work: (row: Float32Array) => Float32Array): Float32Array {
  const out = new Float32Array(rows.length);
  for (let at = 0; at < rows.length; at += channels) out.set(work(rows.subarray(at, at + channels)), at);
  return out;
}
