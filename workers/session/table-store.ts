import { createStore, delMany, entries, get, set } from 'idb-keyval';
import type { Memory } from '../../gpu/learned';
import { runningSha256 } from '../../gpu/load/sha256';

/** The shelf that records lie on: a database of the browser, or a map in tests. Any call may reject. */
export interface Shelf {
  get(key: string): Promise<unknown>;
  set(key: string, record: Kept): Promise<void>;
  entries(): Promise<[string, unknown][]>;
  remove(keys: string[]): Promise<void>;
}

/** What a model has taught, as it is kept. Another `format` is not read. */
export interface Kept {
  format: number;
  /** sha256 of the model file. */
  model: string;
  what: string;
  /** ms since 1970. */
  at: number;
  /** Of the lists. */
  sha256: string;
  lists: Uint32Array[];
}

/** Goes up with every change of what tables mean or how they are found. */
const FORMAT = 1;
/** Most records of one model; the oldest makes room. */
const MOST = 64;

/** The shelf of this browser; null where it has no database for pages, or refuses it. */
export function openTables(): TableStore | null {
  try {
    if (!indexedDB) return null;
  } catch {
    return null;
  }
  // Opened with the first use, so that a refusal is that use's failure.
  let opened: ReturnType<typeof createStore> | undefined;
  const store = () => (opened ??= createStore('kvscope-learned', 'tables'));
  return new TableStore({
    get: async (key) => get(key, store()),
    set: async (key, record) => set(key, record, store()),
    entries: async () => entries<string, unknown>(store()),
    remove: async (keys) => delMany(keys, store()),
  });
}

/** Tables and norms by model, kept beyond a visit. Bad and foreign records are as good as none; storage that fails never throws. */
export class TableStore {
  constructor(private readonly shelf: Shelf) {}

  /** The part of one model, named by the sha256 of its file. */
  of(model: string): Memory {
    return {
      read: async (what) => {
        const record = await this.shelf.get(keyOf(model, what)).catch(() => null);
        return isKept(record) && record.model === model && record.what === what ? record.lists : null;
      },
      write: async (what, lists) => {
        try {
          await this.makeRoom(model);
          const copies = lists.map((list) => list.slice());
          const record = { format: FORMAT, model, what, at: Date.now(), sha256: hashOf(copies), lists: copies };
          await this.shelf.set(keyOf(model, what), record);
          return true;
        } catch {
          return false;
        }
      },
    };
  }

  /** How many records there are of every model. */
  async counts(): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const [, record] of await this.shelf.entries().catch(() => []))
      if (isKept(record)) counts.set(record.model, (counts.get(record.model) ?? 0) + 1);
    return counts;
  }

  /** Removes what one model has taught. */
  async forget(model: string): Promise<void> {
    const keys = (await this.shelf.entries().catch(() => [])).map(([key]) => key);
    await this.shelf.remove(keys.filter((key) => key.startsWith(model))).catch(() => {});
  }

  private async makeRoom(model: string): Promise<void> {
    const own = (await this.shelf.entries()).filter(([key]) => key.startsWith(model));
    const age = (record: unknown) => (isKept(record) ? record.at : 0);
    own.sort(([, a], [, b]) => age(b) - age(a));
    const old = own.slice(MOST - 1).map(([key]) => key);
    if (old.length > 0) await this.shelf.remove(old);
  }
}

const keyOf = (model: string, what: string): string => {
  const hash = runningSha256();
  hash.update(new TextEncoder().encode(what));
  return `${model} ${hash.hex()}`;
};

function hashOf(lists: readonly Uint32Array[]): string {
  const hash = runningSha256();
  for (const list of lists) {
    hash.update(new Uint8Array(Uint32Array.of(list.length).buffer));
    hash.update(new Uint8Array(list.buffer, list.byteOffset, list.byteLength));
  }
  return hash.hex();
}

function isKept(record: unknown): record is Kept {
  const { format, model, what, at, sha256, lists } = (record ?? {}) as Partial<Kept>;
  return (
    format === FORMAT &&
    [model, what, sha256].every((text) => typeof text === 'string') &&
    typeof at === 'number' &&
    Array.isArray(lists) &&
    lists.every((list) => list instanceof Uint32Array) &&
    hashOf(lists) === sha256
  );
}
