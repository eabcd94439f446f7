import { throwIfCancelled } from './cancel';
import { fileOf, storageError } from './opfs';
import { checkRange } from './range';
import type { Source } from './types';

/** Name of the i-th piece of a stored file. */
export const pieceName = (index: number): string => `piece-${String(index).padStart(5, '0')}`;

/** A stored file as a source: equal pieces of `pieceBytes` (the last one shorter), read across their borders. */
export function storedSource(
  folder: FileSystemDirectoryHandle,
  name: string,
  size: number,
  pieceBytes: number,
): Source {
  const files = new Map<number, Promise<File | null>>();
  const piece = async (index: number): Promise<File> => {
    let file = files.get(index);
    if (!file) {
      file = fileOf(folder, pieceName(index));
      files.set(index, file);
    }
    const found = await file;
    if (!found) throw storageError(new Error('A part of the stored file is gone.'));
    return found;
  };
  return {
    name,
    size,
    async read(offset, length, signal) {
      checkRange(name, size, offset, length);
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        throwIfCancelled(signal);
        const index = Math.floor((offset + done) / pieceBytes);
        const from = offset + done - index * pieceBytes;
        const part = Math.min(length - done, pieceBytes - from);
        let buffer: ArrayBuffer;
        try {
          buffer = await (await piece(index)).slice(from, from + part).arrayBuffer();
        } catch (error) {
          throw storageError(error);
        }
        checkRange(name, buffer.byteLength, 0, part);
        bytes.set(new Uint8Array(buffer), done);
        done += part;
      }
      throwIfCancelled(signal);
      return bytes;
    },
  };
}
