/** Order statistic at h = p (n - 1), linear between its two neighbours (the rule of llama.cpp's KL table). NaN when empty. */
export function quantile(ascending: ArrayLike<number>, p: number): number {
  const n = ascending.length;
  if (n === 0) return Number.NaN;
  const h = p * (n - 1);
  const low = Math.floor(h);
  const high = Math.min(n - 1, low + 1);
  return ascending[low] + (h - low) * (ascending[high] - ascending[low]);
}

/** values[from, to) in ascending order, undefined steps (NaN) left out. */
export function ascending(values: ArrayLike<number>, from: number, to: number): Float32Array {
  const out = new Float32Array(Math.max(0, to - from));
  let n = 0;
  for (let i = from; i < to; i++) if (!Number.isNaN(values[i])) out[n++] = values[i];
  return out.subarray(0, n).sort();
}
