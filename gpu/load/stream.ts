import { ahead } from './ahead';
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
  const rowsAt = (index: number) => Math.min(step, tensor.rows - index * step);
  const pieces = ahead(Math.ceil(tensor.rows / step), 2, (index) =>
    file.source.read(tensor.offset + index * step * stride, rowsAt(index) * stride, signal),
  );
  let index = 0;
  for await (const bytes of pieces) {
    throwIfCancelled(signal);
    await take(bytes, index * step, rowsAt(index));
    index++;
  }
}
