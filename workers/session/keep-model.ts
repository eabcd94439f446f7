import { KvError } from '../../gpu/errors';
import { estimate } from '../../gpu/load/quota';
import { sha256Of } from '../../gpu/load/sha256';
import type { ModelStore } from '../../gpu/load/store';
import type { Source } from '../../gpu/load/types';
import type { Found } from './find-model';

export interface Kept {
  /** The copy in this browser, or what was found when it could not be kept. */
  source: Source;
  sha256: string;
  kept: boolean;
  /** Why it was not kept. */
  why: string;
}

export interface KeepIo {
  store: ModelStore | null;
  /** Why there is no store. */
  refused: string;
  progress: (done: number, total: number) => void;
  signal?: AbortSignal;
}

/**
 * Copies the file into this browser, hashing it on the way. Where that is refused or there is no room, the model is used from
 * where it is and only hashed. Errors: network, gated, bad-file, cancelled; never 'storage'.
 */
export async function keepModel(found: Found, io: KeepIo): Promise<Kept> {
  const { source, sha256 } = found;
  if (found.stored && sha256 !== null) return { source, sha256, kept: true, why: '' };
  const why = io.store ? await roomFor(source) : io.refused;
  if (io.store && why === '') {
    try {
      return await copy(found, io.store, io);
    } catch (error) {
      if (!(error instanceof KvError && error.code === 'storage')) throw error;
      const reason = [error.message, error.why].filter(Boolean).join(' ');
      return { source, sha256: sha256 ?? (await hashed(source, io)), kept: false, why: reason };
    }
  }
  return { source, sha256: sha256 ?? (await hashed(source, io)), kept: false, why };
}

async function copy({ source, key, name, sha256 }: Found, store: ModelStore, io: KeepIo): Promise<Kept> {
  const { progress, signal } = io;
  const file = await store.keep(source, { key, name, sha256: sha256 ?? undefined, onProgress: progress, signal });
  const kept = await store.open(file.id);
  if (!kept) throw new KvError('storage', 'The stored copy cannot be opened.');
  return { source: kept, sha256: file.sha256, kept: true, why: '' };
}

const hashed = (source: Source, { progress, signal }: KeepIo) => sha256Of(source, progress, signal);

/** Empty when the browser allows the file, else why not. Browsers that tell nothing are asked by writing. */
async function roomFor({ size }: Source): Promise<string> {
  const { usage, quota } = await estimate();
  if (quota === 0 || usage + size <= quota) return '';
  const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  return `The file has ${mb(size)}; this browser allows ${mb(Math.max(0, quota - usage))} more.`;
}
