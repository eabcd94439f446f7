import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import { MULTIPLY_PATHS } from './multiply-paths';
import type { Outcome } from './tiny-engine';
import { play, someTokens, spec, tinyEngine } from './tiny-engine';

/**
 * A lane's arithmetic never depends on how many lanes there are or on its index: whatever runs beside it, its logits, KL and
 * head measures are the same bits.
 */
const LANES = [
  'k=4 v=2',
  'k=16 v=16',
  'k=2 v=4 along=token',
  'k=3 v=5 sinks=2 window=6',
  'k=8 v=8 prefill=fp16',
  'k=1 v=6 scheme=sym',
  'k=7 v=3 self=fp16',
];
const EXACT = LANES.indexOf('k=16 v=16') + 1;
/** Two blocks of 32 tokens are sealed on the way, one of them while decoding. */
const prompt = someTokens(60);
const forced = someTokens(6, 200, 3);
const MEASURES = 8;

describe.each(MULTIPLY_PATHS)('%o', (options) => {
  let engine: Engine;
  let all: Outcome;

  beforeAll(async () => {
    const gpu = await openGpu(options);
    const model = { heads: 4, kvHeads: 2, headDim: 64, hidden: 96, types: 'Q4_1' } as const;
    engine = (await tinyEngine(gpu, model)).engine;
    all = await play(engine, spec(LANES, { prompt, forced }));
  });

  function headsOf(frame: Outcome['frames'][number], lane: number): number[][] {
    const { layers, heads } = engine.weights.config;
    const lanes = frame.lanes.length - 1;
    const size = heads * MEASURES;
    return Array.from({ length: frame.heads.length > 0 ? layers : 0 }, (_, l) => {
      const at = (l * lanes + lane - 1) * size;
      return [...frame.heads.subarray(at, at + size)];
    });
  }

  /** Everything measured of one lane, step by step. */
  const measured = ({ frames, logits }: Outcome, lane: number) =>
    frames.map((frame, s) => {
      const { kl, nll, top, best, token } = frame.lanes[lane];
      return { kl, nll, top, best, token, heads: headsOf(frame, lane), logits: logits[s][lane] };
    });

  test.each([1, 2, 3, 4, 5, 6])('%i lanes in other places give the bits that 7 gave', async (count) => {
    const lanes = Array.from({ length: count }, (_, i) => LANES[(5 * count + 3 * i) % LANES.length]);
    const some = await play(engine, spec(lanes, { prompt, forced }));
    for (const [i, lane] of lanes.entries()) {
      expect(measured(some, i + 1), lane).toEqual(measured(all, LANES.indexOf(lane) + 1));
    }
    expect(some.logits.map((lanes) => lanes[0])).toEqual(all.logits.map((lanes) => lanes[0]));
  });

  test('the shadow alone, and lanes beside a rotated one', async () => {
    const shadow = await play(engine, spec([], { prompt, forced }));
    expect(shadow.logits.map((lanes) => lanes[0])).toEqual(all.logits.map((lanes) => lanes[0]));
    const beside = await play(engine, spec(['k=2 v=2 transform=hadamard', ...LANES.slice(0, 3)], { prompt, forced }));
    for (const i of [1, 2, 3]) expect(measured(beside, i + 1), LANES[i - 1]).toEqual(measured(all, i));
  });

  test('a K16V16 lane is the shadow: KL 0, every head difference 0; no other lane is', () => {
    for (const [s, { lanes, ...frame }] of all.frames.entries()) {
      expect(all.logits[s][EXACT]).toEqual(all.logits[s][0]);
      lanes.forEach((lane, i) => {
        if (i === 0 || i === EXACT) expect(lane.kl).toBe(0);
        else if (s > 0) expect(lane.kl).toBeGreaterThan(1e-7);
      });
      for (const heads of headsOf({ lanes, ...frame }, EXACT)) {
        // Sink and far mass of the lane itself are not differences.
        heads.forEach((value, i) => {
          if (![4, 6].includes(i % MEASURES)) expect(value).toBe(0);
        });
      }
    }
    const changed = all.frames.slice(1).flatMap((frame) => headsOf(frame, 1).flat());
    expect(changed.filter((value) => value !== 0).length).toBeGreaterThan(changed.length / 2);
  });

  test.each([
    'k=16 v=16 along=token',
    'k=16 v=16 sinks=2 window=5 along=token scheme=sym',
    'k=16 v=16 transform=hadamard',
  ])('%s stores FP16 rows like any other', async (lane) => {
    const { logits, frames } = await play(engine, spec([lane, LANES[0]], { prompt, forced }));
    expect(frames.map(({ lanes }) => lanes[1].kl)).toEqual(frames.map(() => 0));
    expect(logits.map((lanes) => lanes[1])).toEqual(all.logits.map((lanes) => lanes[0]));
  });

  test('the same input twice: the same frames but for timing', async () => {
    const strip = ({ frames }: Outcome) => frames.map(({ ms, run, ...frame }) => frame);
    expect(strip(await play(engine, spec(LANES, { prompt, forced })))).toEqual(strip(all));
  });
});
