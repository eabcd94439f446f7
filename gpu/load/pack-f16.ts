import { words16, words32 } from './aligned';
import { f16FromF32Bits, f16FromNumber } from './f16';
import { rowBytes } from './quant/blocks';
import { dequantizeRow } from './quant/dequantize';
import type { PackedRows, TensorType } from './types';

/** Any type -> f16, rounded once from the exact value: F16 is copied, F32 narrowed on its bits, the rest decoded row by row. */
export function packF16Rows(
  type: TensorType,
  bytes: Uint8Array,
  rows: number,
  cols: number,
  order: Uint32Array | undefined,
  { codes }: PackedRows,
): void {
  const out = new Uint16Array(codes.buffer, codes.byteOffset, codes.length * 2);
  if (type === 'F16') {
    const source = words16(bytes);
    for (let row = 0; row < rows; row++) {
      const from = (order ? order[row] : row) * cols;
      out.set(source.subarray(from, from + cols), row * cols);
    }
    return;
  }
  if (type === 'F32') {
    const source = words32(bytes);
    for (let row = 0, to = 0; row < rows; row++) {
      const from = (order ? order[row] : row) * cols;
      for (let c = 0; c < cols; c++) out[to++] = f16FromF32Bits(source[from + c]);
    }
    return;
  }
  const values = new Float64Array(cols);
  const stride = rowBytes(type, cols);
  for (let row = 0, to = 0; row < rows; row++) {
    dequantizeRow(type, bytes, (order ? order[row] : row) * stride, cols, values);
    for (let c = 0; c < cols; c++) out[to++] = f16FromNumber(values[c]);
  }
}
