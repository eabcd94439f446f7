import type { Gpu } from '../../gpu/device';
import { openGpu } from '../../gpu/device';
import type { CacheConfig } from '../../gpu/kv/config';
import { parseLane } from '../../gpu/kv/lane';
import type { ModelStore } from '../../gpu/load/store';
import type { RunSpec } from '../../gpu/run-types';
import { greedy } from '../../gpu/run-types';
import type { Calls, Events, WireFrame } from '../../workers/protocol';
import { Session } from '../../workers/session/session';
import type { TableStore } from '../../workers/session/table-store';
import type { TinyOptions } from '../fixtures/tiny-gguf';
import { tinyGguf } from '../fixtures/tiny-gguf';

type Name = keyof Calls;
type Heard = { [E in keyof Events]: { event: E; data: Events[E] } }[keyof Events];

/** A session as the page has it, without a worker: calls, and everything that was emitted. */
export interface Desk {
  call<K extends Name>(name: K, args: Parameters<Calls[K]>[0], signal?: AbortSignal): Promise<ReturnType<Calls[K]>>;
  heard: Heard[];
  all<E extends keyof Events>(event: E): Events[E][];
  frames(): WireFrame[];
  /** Resolves with the first event that fits, past or future. */
  until<E extends keyof Events>(event: E, fits?: (data: Events[E]) => boolean): Promise<Events[E]>;
  /** Devices opened so far, newest last. */
  gpus: Gpu[];
  close(): Promise<void>;
}

export function desk(
  store: ModelStore | null = null,
  why = 'No storage in this test.',
  tables: TableStore | null = null,
): Desk {
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  const gpus: Gpu[] = [];
  const session = new Session({
    async openGpu() {
      const gpu = await openGpu();
      gpus.push(gpu);
      return gpu;
    },
    openStore: async () => ({ store, why: store ? '' : why }),
    openTables: () => tables,
    emit(event, data) {
      heard.push({ event, data } as Heard);
      for (const check of [...waiting]) check();
    },
  });
  const all = <E extends keyof Events>(event: E) =>
    heard.filter((item) => item.event === event).map((item) => item.data) as Events[E][];
  return {
    call: async (name, args, signal = new AbortController().signal) =>
      session.calls[name](args as never, signal) as never,
    heard,
    all,
    frames: () => all('frame'),
    until: (event, fits = () => true) =>
      new Promise((resolve) => {
        const check = () => {
          const found = all(event).find(fits);
          if (!found) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      }),
    gpus,
    close: () => session.close(),
  };
}

export const tinyFile = (options: TinyOptions = {}): File => {
  const bytes = tinyGguf({ types: 'Q8_0', ...options });
  return new File([bytes as Uint8Array<ArrayBuffer>], 'tiny.gguf', { lastModified: 1 });
};

/** An id that no model has: such a run ends at its last step only. */
const NEVER = [2 ** 30];

export const runSpec = (lanes: string[] = ['k=4 v=2'], options: Partial<RunSpec> = {}): RunSpec => ({
  prompt: [40, 41, 70, 71, 90, 43, 120, 99],
  lanes: lanes.map(parseLane) as CacheConfig[],
  mode: 'same-prefix',
  steps: 12,
  decode: greedy,
  stops: NEVER,
  moves: [],
  live: true,
  heads: true,
  ...options,
});

/** What must be equal when a run is equal: no times, no run number. */
export const essence = (frames: WireFrame[]): unknown[] =>
  frames.map(({ ms: _, run: __, ...rest }) => ({ ...rest, heads: [...rest.heads] }));
