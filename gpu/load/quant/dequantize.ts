import { KvError } from '../../errors';
import type { TensorType } from '../types';
import { BLOCKS, rowBytes } from './blocks';
import { bf16Row, f16Row, f32Row } from './floats';
import { q4_KRow, q5_KRow, q6_KRow } from './kquants';
import { q4_0Row, q4_1Row, q5_0Row, q5_1Row, q8_0Row } from './legacy';

type RowReader = (bytes: Uint8Array, offset: number, count: number, out: Float64Array) => void;

const READERS: Record<TensorType, RowReader> = {
  F32: f32Row,
  F16: f16Row,
  BF16: bf16Row,
  Q8_0: q8_0Row,
  Q4_0: q4_0Row,
  Q4_1: q4_1Row,
  Q5_0: q5_0Row,
  Q5_1: q5_1Row,
  Q4_K: q4_KRow,
  Q5_K: q5_KRow,
  Q6_K: q6_KRow,
};

/** Exact values (every type fits a double) of `count` columns starting at byte `offset`, into `out[0..count)`. */
export function dequantizeRow(
  type: TensorType,
  bytes: Uint8Array,
  offset: number,
  count: number,
  out: Float64Array,
): void {
  READERS[type](bytes, offset, count, out);
}

/** Raw bytes of `rows` x `cols` -> values in the same order, each rounded once from the exact product. */
export function dequantize(type: TensorType, bytes: Uint8Array, rows: number, cols: number): Float32Array {
  checkRows(type, bytes, rows, cols);
  const values = new Float32Array(rows * cols);
  const row = new Float64Array(cols);
  const stride = rowBytes(type, cols);
  for (let r = 0; r < rows; r++) {
    READERS[type](bytes, r * stride, cols, row);
    values.set(row, r * cols);
  }
  return values;
}

/** Throws KvError('bad-file') unless `bytes` is exactly `rows` rows of whole blocks. */
export function checkRows(type: TensorType, bytes: Uint8Array, rows: number, cols: number): void {
  const size = BLOCKS[type].size;
  if (cols % size !== 0 || bytes.length !== rows * rowBytes(type, cols)) {
    throw new KvError(
      'bad-file',
      'The weights have the wrong length.',
      `${rows} x ${cols} values of ${type} do not fit ${bytes.length} bytes (blocks of ${size}).`,
      'Download the file again.',
    );
  }
}
