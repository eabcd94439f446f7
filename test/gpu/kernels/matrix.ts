import { formatOf, packRows, rowWords } from '../../../gpu/load/pack';
import { dequantize } from '../../../gpu/load/quant/dequantize';
import type { TensorType } from '../../../gpu/load/types';
import type { Matrix } from '../../../gpu/model/matrix';
import { quantize } from '../../fixtures/quantize';
import { normalArray } from '../../fixtures/random';
import type { Bench } from './bench';

/** A random matrix on the GPU, in parts of `most` rows, and the values it stands for. */
export function randomMatrix(bench: Bench, type: TensorType, rows: number, cols: number, most = rows) {
  const bytes = quantize(type, normalArray(rows, `${type}${cols}`, rows * cols, 1), cols);
  const packed = packRows(type, bytes, rows, cols);
  const format = formatOf(type);
  const words = rowWords(format, cols);
  const matrix: Matrix = { name: 'test', rows, cols, parts: [], bias: null };
  for (let row0 = 0; row0 < rows; row0 += most) {
    const count = Math.min(most, rows - row0);
    const part = (all: Uint32Array, per: number) => bench.put(all.slice(row0 * per, (row0 + count) * per));
    matrix.parts.push({
      format: format.format,
      f32Meta: format.metaWords === 2,
      codes: part(packed.codes, words.codes),
      scales: format.format === 'f16' ? null : part(packed.meta, words.meta),
      row0,
      rows: count,
    });
  }
  return { matrix, values: dequantize(type, bytes, rows, cols) };
}

/** W x in f64 with the sum of magnitudes, which bounds what rounding in f32 may do. */
export function product(values: Float32Array, x: Float32Array, cols: number, row: number, m: number) {
  let [sum, size] = [0, 0];
  for (let k = 0; k < cols; k++) {
    const term = values[row * cols + k] * x[m * cols + k];
    sum += term;
    size += Math.abs(term);
  }
  return { sum, size };
}

/** Sums of K terms in f32: error well below this share of the sum of magnitudes, for K up to some thousands. */
export const SHARE = 1e-6;
