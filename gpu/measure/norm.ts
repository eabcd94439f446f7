/** Norms of a matrix [rows, cols], row-major. */

/** Frobenius norm: root of the sum of squares. */
export function frobenius(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return Math.sqrt(sum);
}

const MOST_STEPS = 48;

/**
 * Spectral norm (largest singular value), by the Lanczos method on W^T W: power iteration that keeps what all its steps say, so it
 * does not stall where the largest singular values lie close together. The start vector is fixed, so the result is too.
 */
export function spectral(values: ArrayLike<number>, rows: number, cols: number): number {
  const diagonal: number[] = [];
  const beside: number[] = [];
  let before = new Float64Array(cols);
  let x = scaled(
    Float64Array.from({ length: cols }, (_, i) => 0.5 + ((i * 0.618033988749895) % 1)),
    1,
  );
  const size = frobenius(values);
  while (diagonal.length < Math.min(MOST_STEPS, cols)) {
    const next = squared(values, rows, cols, x);
    const along = next.reduce((sum, value, i) => sum + value * x[i], 0);
    const back = beside.at(-1) ?? 0;
    for (let i = 0; i < cols; i++) next[i] -= along * x[i] + back * before[i];
    diagonal.push(along);
    const rest = frobenius(next);
    // What is left is rounding: the vectors so far span all that the start vector can reach.
    if (rest <= 1e-12 * size * size) break;
    beside.push(rest);
    [before, x] = [x, scaled(next, rest)];
  }
  return Math.sqrt(Math.max(0, largest(diagonal, beside)));
}

/** W^T W x. */
function squared(values: ArrayLike<number>, rows: number, cols: number, x: Float64Array): Float64Array<ArrayBuffer> {
  const out = new Float64Array(cols);
  for (let row = 0, at = 0; row < rows; row++, at += cols) {
    let sum = 0;
    for (let col = 0; col < cols; col++) sum += values[at + col] * x[col];
    for (let col = 0; col < cols; col++) out[col] += values[at + col] * sum;
  }
  return out;
}

/** x to length 1, after division by about its length. */
function scaled(x: Float64Array<ArrayBuffer>, about: number): Float64Array<ArrayBuffer> {
  const near = x.map((value) => value / about);
  const length = frobenius(near);
  return near.map((value) => value / length);
}

/** Largest eigenvalue of a symmetric tridiagonal matrix, by bisection: below it some pivot of T - z I is positive. */
function largest(diagonal: readonly number[], beside: readonly number[]): number {
  const reach = diagonal.map((d, i) => d + (beside[i - 1] ?? 0) + (i + 1 < diagonal.length ? beside[i] : 0));
  let [low, high] = [Math.max(...diagonal), Math.max(...reach)];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (hasAbove(diagonal, beside, middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function hasAbove(diagonal: readonly number[], beside: readonly number[], z: number): boolean {
  let pivot = -1;
  for (let i = 0; i < diagonal.length; i++) {
    pivot = diagonal[i] - z - (i === 0 ? 0 : beside[i - 1] ** 2 / pivot);
    if (pivot >= 0) return true;
  }
  return false;
}
