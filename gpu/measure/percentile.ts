/** Order statistic at p (0..1) of ascending values: linear interpolation at h = p (n - 1); 0 of none. */
export function percentile(ascending: ArrayLike<number>, p: number): number {
  const n = ascending.length;
  if (n === 0) return 0;
  const h = p * (n - 1);
  const low = Math.floor(h);
  const high = Math.min(low + 1, n - 1);
  return ascending[low] + (h - low) * (ascending[high] - ascending[low]);
}

export interface Moments {
  n: number;
  mean: number;
  /** Squared standard error of the mean: (mean of squares - square of mean) / (n - 1); 0 while n <= 10. */
  variance: number;
}

export function moments(values: ArrayLike<number>): Moments {
  const n = values.length;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    sum += values[i];
    squares += values[i] ** 2;
  }
  const mean = n === 0 ? 0 : sum / n;
  return { n, mean, variance: n <= 10 ? 0 : Math.max(0, (squares / n - mean * mean) / (n - 1)) };
}

/** Covariance of two means: (mean of products - product of means) / (n - 1); 0 while n < 10. */
export function covariance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  if (n < 10) return 0;
  let products = 0;
  for (let i = 0; i < n; i++) products += a[i] * b[i];
  return (products / n - moments(a).mean * moments(b).mean) / (n - 1);
}
