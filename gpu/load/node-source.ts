import { KvError } from '../errors';
import { throwIfCancelled } from './cancel';
import { checkRange } from './range';
import type { Source } from './types';

/** A source over an open file; `close` frees the handle. */
export type PathSource = Source & { close(): Promise<void> };

/** A file on disk, for Node only: `node:fs` is imported on call, so browser bundles never contain it. */
export async function pathSource(path: string): Promise<PathSource> {
  const { open, stat } = await import('node:fs/promises');
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const refuse = (error: Error): never => {
    throw new KvError('bad-file', `${name} cannot be opened.`, error.message, 'Check the path.');
  };
  // Looked at before it is opened: opening a pipe waits for its writer.
  const found = await stat(path).catch(refuse);
  if (!found.isFile()) throw new KvError('bad-file', `${name} is not a file.`, '', 'Name the .gguf file itself.');
  const handle = await open(path, 'r').catch(refuse);
  const { size } = await handle.stat();
  return {
    name,
    size,
    async read(offset, length, signal) {
      checkRange(name, size, offset, length);
      const bytes = new Uint8Array(length);
      let got = 0;
      while (got < length) {
        throwIfCancelled(signal);
        const { bytesRead } = await handle.read(bytes, got, length - got, offset + got);
        if (bytesRead === 0) checkRange(name, offset + got, offset, length);
        got += bytesRead;
      }
      throwIfCancelled(signal);
      return bytes;
    },
    close: () => handle.close(),
  };
}
