import { orCancelled, throwIfCancelled } from '../gpu/load/cancel';
import type { Frame } from '../gpu/run-types';
import type { Stepper } from './session/maker';

/**
 * The frames of a run in order, with up to `depth` steps in flight. Throws `cancelled` as soon as the signal is aborted, without
 * waiting for the steps in flight: the caller destroys the run.
 */
export async function* framesOf(
  run: Pick<Stepper, 'done' | 'advance'>,
  depth: () => number,
  signal?: AbortSignal,
): AsyncGenerator<Frame> {
  const flying: Promise<Frame>[] = [];
  try {
    while (flying.length > 0 || !run.done) {
      throwIfCancelled(signal);
      while (!run.done && flying.length < depth()) {
        const next = run.advance();
        // Steps behind one that fails are not waited for.
        next.catch(() => {});
        flying.push(next);
      }
      yield await orCancelled(flying.shift() as Promise<Frame>, signal);
    }
  } finally {
    if (!signal?.aborted) await Promise.allSettled(flying);
  }
}
