import { closeSync, openSync, writeFileSync } from 'node:fs';
import { KvError } from '../../gpu/errors';

/** `--logits FILE`: rows of f32, little endian, one after another. An existing file is written over. Errors: usage. */
export function openLogits(path: string): { write(row: Float32Array): void; close(): void } {
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw new KvError('usage', `--logits ${path} cannot be written.`, (error as Error).message);
    }
  };
  const file = attempt(() => openSync(path, 'w'));
  return {
    write: (row) => attempt(() => writeFileSync(file, new Uint8Array(row.buffer, row.byteOffset, row.byteLength))),
    close: () => closeSync(file),
  };
}
