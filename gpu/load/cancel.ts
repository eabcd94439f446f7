import { KvError } from '../errors';

export function cancelled(): KvError {
  return new KvError('cancelled', 'Cancelled.');
}

/** Throws KvError('cancelled') once the signal is aborted. */
export function throwIfCancelled(signal?: AbortSignal): void {
  if (signal?.aborted) throw cancelled();
}

/** What `work` comes to, or KvError('cancelled') as soon as the signal is aborted; `work` itself is not stopped. */
export async function orCancelled<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  throwIfCancelled(signal);
  if (!signal) return work;
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled());
  });
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Resolves after `ms`, rejects with KvError('cancelled') as soon as the signal is aborted. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await orCancelled(over, signal);
  } finally {
    clearTimeout(timer);
  }
}
