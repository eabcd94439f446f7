import type { Matrix } from './weights';

/**
 * The arithmetic of the reference: f32 storage, f64 sums in index order. What a row becomes never depends on the rows beside
 * it, so one-by-one and chunked feeding agree to the bit.
 */

/** out [n, rows] = x [n, cols] times the transposed matrix [rows, cols], plus a bias [rows]. */
export function matmul(x: Float32Array, matrix: Matrix, bias: Float32Array | null = null): Float32Array {
  const { rows, cols } = matrix;
  const n = x.length / cols;
  const out = new Float32Array(n * rows);
  const wide = Float64Array.from(x);
  let first = 0;
  for (; first + 4 <= n; first += 4) fourRows(out, wide, matrix, first);
  for (; first < n; first++) oneRow(out, wide, matrix, first);
  if (bias) for (let i = 0; i < out.length; i++) out[i] += bias[i % rows];
  return out;
}

/** Rows first .. first + 3 in one pass over the weights: each is read and widened once. */
function fourRows(out: Float32Array, x: Float64Array, { rows, cols, values }: Matrix, first: number): void {
  const [a, b, c, d] = [0, 1, 2, 3].map((i) => x.subarray((first + i) * cols, (first + i + 1) * cols));
  for (let row = 0; row < rows; row++) {
    let sumA = 0;
    let sumB = 0;
    let sumC = 0;
    let sumD = 0;
    for (let col = 0, at = row * cols; col < cols; col++, at++) {
      const weight = values[at];
      sumA += weight * a[col];
      sumB += weight * b[col];
      sumC += weight * c[col];
      sumD += weight * d[col];
    }
    out[first * rows + row] = sumA;
    out[(first + 1) * rows + row] = sumB;
    out[(first + 2) * rows + row] = sumC;
    out[(first + 3) * rows + row] = sumD;
  }
}

function oneRow(out: Float32Array, x: Float64Array, { rows, cols, values }: Matrix, first: number): void {
  const a = x.subarray(first * cols, (first + 1) * cols);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let col = 0, at = row * cols; col < cols; col++, at++) sum += values[at] * a[col];
    out[first * rows + row] = sum;
  }
}

/** Each row of x [n, width] divided by its root mean square, times weight [width] (Zhang and Sennrich 2019). */
export function rmsNorm(x: Float32Array, weight: Float32Array, eps: number): Float32Array {
  const width = weight.length;
  const out = new Float32Array(x.length);
  for (let row = 0; row < x.length; row += width) {
    let squares = 0;
    for (let i = row; i < row + width; i++) squares += x[i] * x[i];
    const scale = 1 / Math.sqrt(squares / width + eps);
    for (let i = 0; i < width; i++) out[row + i] = x[row + i] * scale * weight[i];
  }
  return out;
}

/** exp(s - max) / sum, in place. */
export function softmax(scores: Float64Array): Float64Array {
  let max = Number.NEGATIVE_INFINITY;
  for (const score of scores) max = Math.max(max, score);
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    scores[i] = Math.exp(scores[i] - max);
    sum += scores[i];
  }
  for (let i = 0; i < scores.length; i++) scores[i] /= sum;
  return scores;
}

/** silu(gate) * up, elementwise (SwiGLU, Shazeer 2020). */
export const swiglu = (gate: Float32Array, up: Float32Array): Float32Array =>
  gate.map((x, i) => (x / (1 + Math.exp(-x))) * up[i]);

/** x += y. */
export function add(x: Float32Array, y: Float32Array): void {
  for (let i = 0; i < x.length; i++) x[i] += y[i];
}
