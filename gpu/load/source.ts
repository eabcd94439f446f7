import { KvError } from '../errors';
import { throwIfCancelled } from './cancel';
import type { HttpOptions } from './http';
import { probe, readRange } from './http';
import { checkRange } from './range';
import type { Source } from './types';

/** A dropped or picked file; only the slices asked for are read. Rejects with 'bad-file' when the file changed on disk. */
export function fileSource(file: Blob, name: string): Source {
  return {
    name,
    size: file.size,
    async read(offset, length, signal) {
      checkRange(name, file.size, offset, length);
      throwIfCancelled(signal);
      let buffer: ArrayBuffer;
      try {
        buffer = await file.slice(offset, offset + length).arrayBuffer();
      } catch (error) {
        throw new KvError(
          'bad-file',
          `${name} can no longer be read.`,
          error instanceof Error ? error.message : String(error),
          'It was moved or changed after it was picked. Pick it again.',
        );
      }
      throwIfCancelled(signal);
      return new Uint8Array(buffer);
    },
  };
}

/** A file already in memory. Reads are views of it, not copies. */
export function bytesSource(bytes: Uint8Array, name = 'file in memory'): Source {
  return {
    name,
    size: bytes.length,
    async read(offset, length, signal) {
      checkRange(name, bytes.length, offset, length);
      throwIfCancelled(signal);
      return bytes.subarray(offset, offset + length);
    },
  };
}

/**
 * A file behind HTTP, read by Range. The first request learns the size and that ranges work. Errors: 'network' (unreachable,
 * CORS, server fault), 'gated' (401, 403), 'bad-file' (no ranges, a web page instead of a file, changed meanwhile).
 */
export async function urlSource(
  url: string,
  { name = fileNameOf(url), ...options }: HttpOptions & { name?: string } = {},
): Promise<Source> {
  const { size, etag } = await probe(url, name, options);
  return {
    name,
    size,
    ...(etag ? { version: etag } : {}),
    async read(offset, length, signal) {
      checkRange(name, size, offset, length);
      return readRange({ url, name, size, etag }, offset, length, { ...options, signal: signal ?? options.signal });
    },
  };
}

function fileNameOf(url: string): string {
  const path = url.split(/[?#]/)[0];
  try {
    return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)) || url;
  } catch {
    return path;
  }
}
