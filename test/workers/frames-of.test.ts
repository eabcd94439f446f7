import { expect, test } from 'vitest';
import type { Frame } from '../../gpu/run-types';
import { framesOf } from '../../workers/frames-of';

/** A run whose steps end when the test says so. */
function slowRun(steps: number) {
  const ends: (() => void)[] = [];
  return {
    ends,
    get done() {
      return ends.length >= steps;
    },
    advance: () =>
      new Promise<Frame>((resolve) => {
        const step = ends.length;
        ends.push(() => resolve({ step } as Frame));
      }),
  };
}

test('keeps up to `depth` steps in flight and gives their frames in order', async () => {
  const run = slowRun(3);
  const frames = framesOf(run, () => 2);
  const first = frames.next();
  expect(run.ends.length).toBe(2);
  for (const end of run.ends) end();
  expect((await first).value?.step).toBe(0);
  const second = frames.next();
  expect(run.ends.length).toBe(3);
  run.ends[2]();
  expect((await second).value?.step).toBe(1);
  expect((await frames.next()).value?.step).toBe(2);
  expect((await frames.next()).done).toBe(true);
});

test('ends at the signal: starts no step, waits for none, gives no frame', async () => {
  const run = slowRun(100);
  const stop = new AbortController();
  const frames = framesOf(run, () => 2, stop.signal);
  const first = frames.next();
  run.ends[0]();
  await first;
  const second = frames.next();
  stop.abort();
  await expect(second).rejects.toMatchObject({ code: 'cancelled' });
  expect(run.ends.length).toBe(3);
  expect((await frames.next()).done).toBe(true);
});

test('starts nothing under a signal that was given before, or while the caller worked on a frame', async () => {
  const early = slowRun(2);
  await expect(framesOf(early, () => 2, AbortSignal.abort()).next()).rejects.toMatchObject({ code: 'cancelled' });
  expect(early.ends.length).toBe(0);
  const run = slowRun(5);
  const stop = new AbortController();
  const frames = framesOf(run, () => 1, stop.signal);
  const first = frames.next();
  run.ends[0]();
  await first;
  stop.abort();
  await expect(frames.next()).rejects.toMatchObject({ code: 'cancelled' });
  expect(run.ends.length).toBe(1);
});
