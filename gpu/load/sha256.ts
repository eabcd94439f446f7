import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ahead } from './ahead';
import { throwIfCancelled } from './cancel';
import type { Source } from './types';

/** SHA-256 fed piece by piece in file order; crypto.subtle cannot stream. */
export interface RunningHash {
  update(bytes: Uint8Array): void;
  hex(): string;
}

export function runningSha256(): RunningHash {
  const state = sha256.create();
  return {
    update: (bytes) => void state.update(bytes),
    hex: () => bytesToHex(state.clone().digest()),
  };
}

const PIECE = 4 * 2 ** 20;

/** SHA-256 of a whole source as hex, 8 MiB in memory at a time. `onProgress` gets bytes done and all bytes. */
export async function sha256Of(
  source: Source,
  onProgress?: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<string> {
  const hash = runningSha256();
  const lengthAt = (index: number) => Math.min(PIECE, source.size - index * PIECE);
  const pieces = ahead(Math.ceil(source.size / PIECE), 2, (index) =>
    source.read(index * PIECE, lengthAt(index), signal),
  );
  let done = 0;
  for await (const bytes of pieces) {
    hash.update(bytes);
    done += bytes.length;
    onProgress?.(done, source.size);
    // Hashing is the only work here: let messages of the worker through between pieces.
    await new Promise((resolve) => setTimeout(resolve));
    throwIfCancelled(signal);
  }
  return hash.hex();
}
