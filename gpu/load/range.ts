import { KvError } from '../errors';

/** Throws KvError('bad-file') unless bytes offset .. offset + length lie inside a file of `size` bytes. */
export function checkRange(name: string, size: number, offset: number, length: number): void {
  const fits = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (fits && offset + length <= size) return;
  throw new KvError(
    'bad-file',
    `${name} ends too early.`,
    `It has ${size} bytes; ${length} bytes at position ${offset} were needed.`,
    'The download may be incomplete. Get the file again.',
  );
}
