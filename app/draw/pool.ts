/** Pooling to pixels keeps the largest value: a mean, or LTTB, may hide a spike of a single step. */

/** `out[p]` = largest value of the samples that fall on pixel p, NaN where none does. `pixelOf` must not decrease. */
export function poolToPixels(
  values: ArrayLike<number>,
  from: number,
  to: number,
  pixelOf: (i: number) => number,
  out: Float32Array,
): void {
  out.fill(Number.NaN);
  for (let i = from; i < to; i++) {
    const v = values[i];
    if (Number.isNaN(v)) continue;
    const p = Math.min(out.length - 1, Math.max(0, Math.round(pixelOf(i))));
    if (!(out[p] >= v)) out[p] = v;
  }
}

/** `buckets` cells over values[from, to): each keeps the value of largest size, with its sign. Empty buckets are 0. */
export function poolToBuckets(values: (i: number) => number, from: number, to: number, out: Float32Array): void {
  const buckets = out.length;
  const span = to - from;
  for (let b = 0; b < buckets; b++) {
    let best = 0;
    const end = from + ((b + 1) * span) / buckets;
    for (let i = from + Math.floor((b * span) / buckets); i < end; i++) {
      const v = values(i);
      if (Math.abs(v) > Math.abs(best)) best = v;
    }
    out[b] = best;
  }
}
