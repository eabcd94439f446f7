import { throwIfCancelled } from './cancel';
import { rowBytes } from './quant/blocks';
import type { ModelFile, TensorInfo } from './types';

export interface StreamOptions {
  /** Target size of a piece in bytes; at least one group of rows is read whatever its size. Default 8 MiB. */
  pieceBytes?: number;
  /** Pieces hold a multiple of this many rows (a head's, when rows are reordered inside heads). Default 1. */
  rowMultiple?: number;
  signal?: AbortSignal;
}

/**
 * Reads a tensor as whole rows, a piece at a time: `take(bytes, row0, rows)`. The next piece is already being read while `take`
 * runs, so at most two pieces are in memory. Pieces come in order; rejects with what the source or `take` rejects with.
 */
export async function readTensorRows(
  file: Pick<ModelFile, 'source'>,
  tensor: TensorInfo,
  { pieceBytes = 8 * 2 ** 20, rowMultiple = 1, signal }: StreamOptions,
  take: (bytes: Uint8Array, row0: number, rows: number) => void | Promise<void>,
): Promise<void> {
  const stride = rowBytes(tensor.type, tensor.cols);
  const step = Math.max(1, Math.floor(pieceBytes / stride / rowMultiple)) * rowMultiple;
  const read = (row0: number) => {
    const rows = Math.min(step, tensor.rows - row0);
    return file.source.read(tensor.offset + row0 * stride, rows * stride, signal);
  };
  let next: Promise<Uint8Array> | null = read(0);
  for (let row0 = 0; row0 < tensor.rows; row0 += step) {
    const bytes: Uint8Array = await (next as Promise<Uint8Array>);
    throwIfCancelled(signal);
    next = row0 + step < tensor.rows ? read(row0 + step) : null;
    // A read ahead that fails while `take` runs must not become an unhandled rejection.
    next?.catch(() => {});
    await take(bytes, row0, Math.min(step, tensor.rows - row0));
  }
}
