import { KvError } from '../errors';

/**
 * The orthonormal Walsh-Hadamard transform (Sylvester order) of each row, in place: y = x W with W = W^T = W^-1, so that a
 * second call gives the input back. Butterflies run in f32 from the nearest pairs outwards, then one product with 1/sqrt(n).
 * rows [count * width]. Throws KvError('bad-config') naming a width that is no power of two.
 */
export function hadamard(rows: Float32Array, width: number): Float32Array {
  if (width < 1 || (width & (width - 1)) !== 0) {
    throw new KvError('bad-config', `The Hadamard transform needs a size that is a power of two; ${width} is none.`);
  }
  const norm = Math.fround(1 / Math.sqrt(width));
  walshSums(rows, width);
  for (let i = 0; i < rows.length; i++) rows[i] *= norm;
  return rows;
}

/** The same without the product: every sum of a row's values with the signs of a row of W, in place. */
export function walshSums(rows: Float32Array, width: number): void {
  for (let row = 0; row < rows.length; row += width) {
    for (let half = 1; half < width; half *= 2) {
      for (let i = row; i < row + width; i += 2 * half) {
        for (let j = i; j < i + half; j++) {
          const [a, b] = [rows[j], rows[j + half]];
          rows[j] = a + b;
          rows[j + half] = a - b;
        }
      }
    }
  }
}
