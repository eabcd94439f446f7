import { beforeEach, expect, test } from 'vitest';
import { frames } from '../../../app/frames';
import { useStore } from '../../../app/store';
import { figuresOf } from '../../../app/verdict/figures';
import { watchRun } from '../../../app/verdict/watchRun';
import { defaultConfig, shadowConfig } from '../../../gpu/kv/config';
import type { RunInfo } from '../../../workers/protocol';
import { DIMS, fakeFrame } from '../fake-frames';

const configs = [shadowConfig(), defaultConfig(2, 2)];
const run = { run: 1, prompt: 40, cap: 2000, configs, head: { layer: 0, head: 0 } };
const info: RunInfo = {
  ...{ run: 1, promptTokens: 40, cap: 2000, configs, bytes: [], gpuBytes: 0, prefillMs: 1 },
  decode: { temperature: 0, topK: 0, topP: 1, minP: 0, seed: 0 },
};
const push = (from: number, to: number) => {
  for (let step = from; step < to; step++) frames.push(fakeFrame(run, step, false));
};

beforeEach(() => {
  const { settings } = useStore.getState();
  useStore.setState({
    settings: { ...settings, moves: [], mode: 'same-prefix' },
    model: { ...DIMS, name: 'invented' } as never,
    runInfo: info,
    lane: 1,
    edits: 0,
    runEdits: 0,
  });
  frames.begin(info);
});

test('each step is taken once as it comes; the same watch goes on', () => {
  push(0, 20);
  const first = watchRun()?.watch;
  expect(first?.count).toBe(20);
  push(20, 90);
  expect(watchRun()?.watch).toBe(first);
  expect(first?.count).toBe(90);
  expect(watchRun()?.headSteps).toBe(90);
  expect(first?.finding('distribution', 1).firstStep).toBe(63);
  expect(first?.finding('distribution', 0)).toMatchObject({ firstStep: null, peak: 0 });
});

test('a rewind starts over', () => {
  push(0, 80);
  expect(watchRun()?.watch.finding('distribution', 1).firstStep).toBe(63);
  frames.rewind(1);
  expect(watchRun()?.watch.count).toBe(1);
  expect(watchRun()?.watch.finding('distribution', 1).firstStep).toBeNull();
});

test('a move begins its lane anew, also when it becomes known after its step', () => {
  const move = { step: 70, lane: 1, field: 'k' as const, value: 8, scope: 'all' as const };
  push(0, 80);
  expect(watchRun()?.watch.since).toEqual([0, 0]);
  const { settings } = useStore.getState();
  useStore.setState({ settings: { ...settings, moves: [move] } });
  expect(watchRun()?.watch.since).toEqual([0, 70]);
  push(80, 140);
  expect(watchRun()?.watch.finding('distribution', 1).firstStep).toBe(133);
  expect(figuresOf(useStore.getState(), 1)).toMatchObject({ from: 70, to: 139, steps: 70 });
});

test('a thousand steps cost less than 8 ms each on the main thread', () => {
  const coming = Array.from({ length: 1000 }, (_, step) => fakeFrame(run, step, false));
  let worst = 0;
  for (const [step, frame] of coming.entries()) {
    frames.push(frame);
    const started = performance.now();
    watchRun();
    if (step > 900) figuresOf(useStore.getState(), 1);
    // The first calls are compiled as they run.
    if (step > 100) worst += performance.now() - started;
  }
  expect(worst / 900).toBeLessThan(8);
});
