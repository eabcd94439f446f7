import { KvError } from '../errors';
import { packF16Rows } from './pack-f16';
import { packQ4_0, packQ4_1, packQ4_K } from './pack-q4';
import { packQ8_0 } from './pack-q8';
import { checkRows } from './quant/dequantize';
import type { GpuFormat, PackedRows, TensorType } from './types';

/** How a tensor type lies on the GPU. `metaWords`: meta words per 32 columns of q4 (1 = f16 pair, 2 = f32 pair), 0 for q8 and f16. */
export interface PackedFormat {
  format: GpuFormat;
  metaWords: 0 | 1 | 2;
}

export interface PackOptions {
  /** Source row (within `bytes`) of each destination row; identity when absent. */
  order?: Uint32Array;
  /** Widen any type to f16, for matrices fused with one of another type. */
  force?: 'f16';
}

export function formatOf(type: TensorType, force?: 'f16'): PackedFormat {
  if (force) return { format: force, metaWords: 0 };
  if (type === 'Q4_0' || type === 'Q4_1') return { format: 'q4', metaWords: 1 };
  if (type === 'Q4_K') return { format: 'q4', metaWords: 2 };
  if (type === 'Q8_0') return { format: 'q8', metaWords: 0 };
  return { format: 'f16', metaWords: 0 };
}

/** Words of one packed row of `cols` columns in each of the two streams. */
export function rowWords({ format, metaWords }: PackedFormat, cols: number): { codes: number; meta: number } {
  const blocks = cols / 32;
  if (format === 'q4') return { codes: blocks * 4, meta: blocks * metaWords };
  if (format === 'q8') return { codes: blocks * 8, meta: (blocks + 1) >>> 1 };
  return { codes: blocks * 16, meta: 0 };
}

/**
 * Raw bytes of `rows` x `cols` values of `type` -> the two GPU streams of `PackedRows`. 4-bit and 8-bit codes are moved, never
 * re-quantized; everything else is rounded once to f16. Throws KvError('bad-file') when the length does not fit,
 * 'unsupported-arch' when `cols` is not a multiple of 32.
 */
export function packRows(
  type: TensorType,
  bytes: Uint8Array,
  rows: number,
  cols: number,
  { order, force }: PackOptions = {},
): PackedRows {
  if (cols % 32 !== 0) {
    throw new KvError('unsupported-arch', `A matrix has ${cols} columns.`, 'kvscope needs a multiple of 32.');
  }
  checkRows(type, bytes, rows, cols);
  const packed = formatOf(type, force);
  const words = rowWords(packed, cols);
  const out: PackedRows = { codes: new Uint32Array(rows * words.codes), meta: new Uint32Array(rows * words.meta) };
  const blocks = cols / 32;
  if (packed.format === 'f16') packF16Rows(type, bytes, rows, cols, order, out);
  else if (type === 'Q4_1') packQ4_1(bytes, rows, blocks, order, out);
  else if (type === 'Q4_0') packQ4_0(bytes, rows, blocks, order, out);
  else if (type === 'Q4_K') packQ4_K(bytes, rows, blocks, order, out);
  else packQ8_0(bytes, rows, blocks, order, out);
  return out;
}
