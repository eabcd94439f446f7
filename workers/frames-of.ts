import { throwIfCancelled } from '../gpu/load/cancel';
import type { Frame } from '../gpu/run-types';
import type { Stepper } from './session/maker';

/** The frames of a run in order, with up to `depth` steps in flight. Ends within one step of the signal with `cancelled`. */
export async function* framesOf(
  run: Pick<Stepper, 'done' | 'advance'>,
  depth: () => number,
  signal?: AbortSignal,
): AsyncGenerator<Frame> {
  const flying: Promise<Frame>[] = [];
  try {
    while (flying.length > 0 || !run.done) {
      while (!run.done && flying.length < depth()) {
        const next = run.advance();
        // Steps behind one that fails are not waited for.
        next.catch(() => {});
        flying.push(next);
      }
      yield await (flying.shift() as Promise<Frame>);
      throwIfCancelled(signal);
    }
  } finally {
    await Promise.allSettled(flying);
  }
}
