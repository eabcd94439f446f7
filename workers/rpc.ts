import type { PlainError } from '../gpu/errors';
import { fromPlain, KvError, toPlain } from '../gpu/errors';
import type { Calls, Events } from './protocol';

/** The part of `Worker`, `MessagePort` and a worker's own scope that both halves need. */
export interface Endpoint {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

type Name = keyof Calls;
type Args<K extends Name> = Parameters<Calls[K]>[0];
type Result<K extends Name> = ReturnType<Calls[K]>;

/** Requests carry `call`, cancellations `cancel`, answers `result` or `error`, events `event`. */
type Message =
  | { id: number; call: Name; args: unknown }
  | { cancel: number }
  | { id: number; result: unknown }
  | { id: number; error: PlainError }
  | { event: keyof Events; data: unknown };

export type Handlers = {
  [K in Name]: (args: Args<K>, signal: AbortSignal) => Result<K> | Promise<Result<K>>;
};

export interface Server {
  emit<E extends keyof Events>(event: E, data: Events[E]): void;
}

/** The worker's half: answers calls with `handlers` and sends events. What it sends is handed over, not copied. */
export function serve(port: Endpoint, handlers: Handlers): Server {
  const running = new Map<number, AbortController>();
  const send = (message: Message) => port.postMessage(message, transferables(message));
  port.addEventListener('message', async ({ data }: MessageEvent<Message>) => {
    if ('cancel' in data) return running.get(data.cancel)?.abort();
    if (!('call' in data)) return;
    const { id, call, args } = data;
    const abort = new AbortController();
    running.set(id, abort);
    try {
      if (!Object.hasOwn(handlers, call)) throw new KvError('internal', `The engine has no call "${call}".`);
      const handler = handlers[call] as (args: unknown, signal: AbortSignal) => unknown;
      send({ id, result: await handler(args, abort.signal) });
    } catch (error) {
      send({ id, error: toPlain(error) });
    } finally {
      running.delete(id);
    }
  });
  return { emit: (event, data) => send({ event, data }) };
}

export interface Client {
  call<K extends Name>(call: K, args: Args<K>, signal?: AbortSignal): Promise<Result<K>>;
  on<E extends keyof Events>(event: E, listener: (data: Events[E]) => void): () => void;
  /** Rejects every open call and every later one: the other half is gone. */
  fail(error: KvError): void;
}

/** The page's half. Files and typed arrays in arguments are copied, results and events arrive without a copy. */
export function connect(port: Endpoint): Client {
  const open = new Map<number, { resolve: (value: never) => void; reject: (error: KvError) => void }>();
  const listeners = new Map<string, Set<(data: never) => void>>();
  let next = 1;
  let gone: KvError | null = null;
  port.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if ('event' in data) {
      for (const listener of listeners.get(data.event) ?? []) listener(data.data as never);
    } else if ('result' in data || 'error' in data) {
      const waiting = open.get(data.id);
      open.delete(data.id);
      if ('error' in data) waiting?.reject(fromPlain(data.error));
      else waiting?.resolve(data.result as never);
    }
  });
  return {
    call: (call, args, signal) =>
      new Promise((resolve, reject) => {
        if (gone) return reject(gone);
        if (signal?.aborted) return reject(fromPlain(toPlain(signal.reason)));
        const id = next++;
        open.set(id, { resolve, reject });
        const cancel = () => port.postMessage({ cancel: id }, []);
        signal?.addEventListener('abort', cancel, { once: true });
        port.postMessage({ id, call, args }, []);
      }),
    on: (event, listener) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
    fail: (error) => {
      gone = error;
      for (const { reject } of open.values()) reject(error);
      open.clear();
    },
  };
}

/** Buffers of the typed arrays in a value. A view of a part of its buffer is left to be copied: others may hold the rest. */
function transferables(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength) found.add(value.buffer);
  } else if (value instanceof ArrayBuffer) {
    found.add(value);
  } else if (Array.isArray(value)) {
    if (typeof value[0] === 'object') for (const item of value) transferables(item, found);
  } else if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    for (const item of Object.values(value)) transferables(item, found);
  }
  return [...found];
}
