import type { Shelf } from '../../workers/session/table-store';

/** A shelf in memory whose records tests may look at and spoil; while `broken`, every call rejects. */
export interface MemoryShelf extends Shelf {
  records: Map<string, unknown>;
  broken: boolean;
}

export function memoryShelf(): MemoryShelf {
  const records = new Map<string, unknown>();
  const at = async <T>(work: () => T): Promise<T> => {
    if (shelf.broken) throw new DOMException('blocked', 'SecurityError');
    return work();
  };
  const shelf: MemoryShelf = {
    records,
    broken: false,
    get: (key) => at(() => structuredClone(records.get(key))),
    set: (key, record) => at(() => void records.set(key, structuredClone(record))),
    entries: () => at(() => [...records]),
    remove: (keys) => at(() => keys.forEach((key) => void records.delete(key))),
  };
  return shelf;
}
