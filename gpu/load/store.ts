import { KvError } from '../errors';
import { ahead } from './ahead';
import { throwIfCancelled } from './cancel';
import { fileOf, modelsFolder, QuotaError, readJson, storageError, writeFile, writeJson } from './opfs';
import { runningSha256 } from './sha256';
import { pieceName, storedSource } from './stored-source';
import type { Source } from './types';

/** What the commit record of a complete model says. Times are ms since 1970. */
export interface StoredFile {
  id: string;
  name: string;
  bytes: number;
  sha256: string;
  lastUsed: number;
}

export interface KeepOptions {
  /** What makes the file the same one tomorrow: address and etag, or name, size and date. Decides the id and what is resumed. */
  key: string;
  /** Name in the list; the source's own when not given. */
  name?: string;
  /** Known hash; a different result discards the copy. */
  sha256?: string;
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
  pieceBytes?: number;
}

const COMMIT = 'commit.json';
const PARTIAL = 'partial.json';
const USED = 'used.json';

/** Folder name of a key: its sha256, so that any address or file name is a safe one. */
export function storeId(key: string): string {
  const hash = runningSha256();
  hash.update(new TextEncoder().encode(key));
  return hash.hex().slice(0, 32);
}

/** Opens the store, or says in a sentence why models cannot be kept here. */
export async function openStore(): Promise<{ store: ModelStore | null; why: string }> {
  const { folder, why } = await modelsFolder();
  return { store: folder ? new ModelStore(folder) : null, why };
}

/**
 * Models kept in the browser: `<id>/piece-00000 ...`, then a commit record, always last. A folder without a valid commit
 * record is a partial download and is never listed or opened. Errors are KvError('storage') unless said otherwise.
 */
export class ModelStore {
  constructor(private readonly root: FileSystemDirectoryHandle) {}

  /** Complete models, last used first. */
  async list(): Promise<StoredFile[]> {
    const found: StoredFile[] = [];
    for await (const [id, handle] of this.root.entries()) {
      if (handle.kind !== 'directory') continue;
      const record = await this.committed(handle as FileSystemDirectoryHandle);
      if (record)
        found.push({ id, name: record.name, bytes: record.bytes, sha256: record.sha256, lastUsed: record.lastUsed });
    }
    return found.sort((a, b) => b.lastUsed - a.lastUsed);
  }

  /** A complete model as a source, or null when there is none. Notes the time of use. */
  async open(id: string): Promise<Source | null> {
    const folder = await this.root.getDirectoryHandle(id).catch(() => null);
    const record = folder && (await this.committed(folder));
    if (!folder || !record) return null;
    await writeJson(folder, USED, { at: Date.now() }).catch(() => {});
    return storedSource(folder, record.name, record.bytes, record.pieceBytes);
  }

  /** Removes a model, complete or partial; nothing happens when there is none. */
  async forget(id: string): Promise<void> {
    await this.root.removeEntry(id, { recursive: true }).catch((error: Error) => {
      if (error.name !== 'NotFoundError') throw storageError(error);
    });
  }

  /**
   * Copies a source into the store, two pieces (default 8 MiB) in memory at a time, and hashes it on the way. Pieces of an earlier
   * attempt with the same key are kept. Any failure leaves either a resumable partial copy or nothing: a full disk and a wrong
   * hash ('bad-file') discard it, everything else (a broken connection, cancelling, another tab) keeps what is there.
   */
  async keep(
    source: Source,
    { key, name = source.name, sha256, onProgress, signal, pieceBytes = 8 * 2 ** 20 }: KeepOptions,
  ): Promise<StoredFile> {
    const id = storeId(key);
    const folder = await this.root.getDirectoryHandle(id, { create: true }).catch((error) => {
      throw storageError(error);
    });
    const before = await this.committed(folder);
    if (before) return { id, ...before };
    const partial = { key, name, bytes: source.size, pieceBytes };
    if (JSON.stringify(await readJson(folder, PARTIAL)) !== JSON.stringify(partial)) await this.clear(folder);
    try {
      await writeJson(folder, PARTIAL, partial);
      const hash = runningSha256();
      const lengthAt = (index: number) => Math.min(pieceBytes, source.size - index * pieceBytes);
      const pieces = ahead(Math.ceil(source.size / pieceBytes), 2, async (index) => {
        const kept = await fileOf(folder, pieceName(index));
        if (kept?.size === lengthAt(index)) return { bytes: new Uint8Array(await kept.arrayBuffer()), fresh: false };
        return { bytes: await source.read(index * pieceBytes, lengthAt(index), signal), fresh: true };
      });
      let index = 0;
      let done = 0;
      for await (const { bytes, fresh } of pieces) {
        throwIfCancelled(signal);
        if (fresh) await writeFile(folder, pieceName(index), bytes);
        hash.update(bytes);
        index++;
        done += bytes.length;
        onProgress?.(done, source.size);
      }
      const hex = hash.hex();
      if (sha256 && sha256 !== hex) throw damaged(source.name, sha256, hex);
      const record = { name, bytes: source.size, sha256: hex, pieceBytes, lastUsed: Date.now() };
      await writeJson(folder, COMMIT, record);
      return { id, ...record };
    } catch (error) {
      const known = error instanceof KvError ? error : storageError(error);
      if (known instanceof QuotaError || known.code === 'bad-file') await this.forget(id).catch(() => {});
      throw known;
    }
  }

  private async clear(folder: FileSystemDirectoryHandle): Promise<void> {
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    for (const name of names) {
      await folder.removeEntry(name).catch((error) => {
        throw storageError(error);
      });
    }
  }

  /** The commit record, if it is whole and the pieces it speaks of are there in full length. */
  private async committed(
    folder: FileSystemDirectoryHandle,
  ): Promise<(Omit<StoredFile, 'id'> & { pieceBytes: number }) | null> {
    const record = (await readJson(folder, COMMIT)) as Record<string, unknown> | null;
    if (typeof record?.name !== 'string' || typeof record.sha256 !== 'string') return null;
    const bytes = Number(record.bytes);
    const pieceBytes = Number(record.pieceBytes);
    if (!(bytes > 0) || !(pieceBytes > 0)) return null;
    for (let index = 0, at = 0; at < bytes; index++, at += pieceBytes) {
      const piece = await fileOf(folder, pieceName(index));
      if (piece?.size !== Math.min(pieceBytes, bytes - at)) return null;
    }
    const used = (await readJson(folder, USED)) as { at?: unknown } | null;
    const lastUsed = typeof used?.at === 'number' ? used.at : Number(record.lastUsed) || 0;
    return { name: record.name, bytes, sha256: record.sha256, pieceBytes, lastUsed };
  }
}

function damaged(name: string, want: string, got: string): KvError {
  return new KvError(
    'bad-file',
    `${name} arrived damaged.`,
    `Its sha256 is ${got.slice(0, 12)}..., expected ${want.slice(0, 12)}...; the copy was discarded.`,
    'Load it again.',
  );
}
