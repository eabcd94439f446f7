import { KvError } from '../../gpu/errors';
import { hubInfo, hubName, hubSource } from '../../gpu/load/hub';
import { fileSource, urlSource } from '../../gpu/load/source';
import type { ModelStore } from '../../gpu/load/store';
import { storeId } from '../../gpu/load/store';
import type { Source } from '../../gpu/load/types';
import type { ModelRef } from '../protocol';

/** Where a model's bytes come from, before any large part of them is read. */
export interface Found {
  source: Source;
  /** What a kept copy is called: `owner/repo/file.gguf` for files of the hub, so that links can name it. */
  name: string;
  /** What makes the file the same one tomorrow; names its place in the store. */
  key: string;
  /** Known before the file was read: from the store, or told by the hub. */
  sha256: string | null;
  /** The source is the copy in this browser. */
  stored: boolean;
}

/** Resolves what the page names, preferring a complete copy in this browser. Errors: network, gated, storage, bad-file. */
export async function findModel(ref: ModelRef, store: ModelStore | null, signal?: AbortSignal): Promise<Found> {
  if (ref.kind === 'stored') {
    const found = store && (await fromStore(store, ref.id, ''));
    if (found) return found;
    throw new KvError(
      'storage',
      'This model is no longer kept in this browser.',
      'It was forgotten here or in another tab, or the browser made room.',
      'Load it again from its file or from the hub.',
    );
  }
  const { key, name, sha256, open } = await describe(ref, signal);
  const copy = store && (await fromStore(store, storeId(key), key));
  return copy || { source: await open(), key, name, sha256, stored: false };
}

interface Described {
  key: string;
  name: string;
  sha256: string | null;
  open(): Source | Promise<Source>;
}

async function describe(ref: Exclude<ModelRef, { kind: 'stored' }>, signal?: AbortSignal): Promise<Described> {
  if (ref.kind === 'file') {
    const { file } = ref;
    const key = `file:${file.name}:${file.size}:${file.lastModified}`;
    return { key, name: file.name, sha256: null, open: () => fileSource(file, file.name) };
  }
  if (ref.kind === 'url') {
    const source = await urlSource(ref.url, { name: ref.name, signal });
    const key = `url:${ref.url}@${source.version ?? source.size}`;
    return { key, name: source.name, sha256: null, open: () => source };
  }
  const { token } = ref;
  const hub = { repo: ref.repo, file: ref.file, revision: ref.revision ?? 'main' };
  const { etag } = await hubInfo(hub, { token, signal });
  return {
    key: `hub:${hubName({ ...hub, revision: 'main' })}@${etag}`,
    name: hubName(hub),
    sha256: /^[0-9a-f]{64}$/.test(etag) ? etag : null,
    open: () => hubSource(hub, { token }),
  };
}

async function fromStore(store: ModelStore, id: string, key: string): Promise<Found | null> {
  const record = (await store.list()).find((model) => model.id === id);
  const source = record && (await store.open(id));
  return source ? { source, key, name: record.name, sha256: record.sha256, stored: true } : null;
}
