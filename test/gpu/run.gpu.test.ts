import { beforeAll, describe, expect, test } from 'vitest';
import type { Buffers } from '../../gpu/buffers';
import { openGpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import { KvError } from '../../gpu/errors';
import { Run } from '../../gpu/run';
import type { RunSpec } from '../../gpu/run-types';
import { play, someTokens, spec, tinyEngine } from './tiny-engine';

let engine: Engine;

beforeAll(async () => {
  const model = { heads: 2, kvHeads: 1, headDim: 64, hidden: 128, ffn: 128, types: 'Q8_0', context: 256 } as const;
  engine = (await tinyEngine(await openGpu(), model)).engine;
});

const rowsOf = (logits: Float32Array[][], lane: number): Float32Array[] => logits.map((lanes) => lanes[lane]);

test('the pieces of a long prompt, smaller the more lanes there are, never change a bit', async () => {
  const prompt = someTokens(150);
  const forced = someTokens(3, 200, 9);
  const lanes = [
    'k=4 v=2',
    'k=2 v=2 along=token window=4',
    'k=3 v=3 sinks=2 window=70',
    'k=8 v=8',
    'k=1 v=1',
    'k=5 v=5',
    'k=6 v=6',
  ];
  const many = await play(engine, spec(lanes, { prompt, forced }));
  const shadow = await play(engine, spec([], { prompt, forced }));
  expect(rowsOf(shadow.logits, 0)).toEqual(rowsOf(many.logits, 0));
  for (const i of [1, 2, 3]) {
    const one = await play(engine, spec([lanes[i - 1]], { prompt, forced }));
    expect(rowsOf(one.logits, 1), lanes[i - 1]).toEqual(rowsOf(many.logits, i));
  }
});

describe('which token follows', () => {
  test('greedy: the first lane writes; its text forced again gives the same frames', async () => {
    const greedy = await play(engine, spec(['k=2 v=2', 'k=8 v=8'], { steps: 6 }));
    for (const { token, lanes } of greedy.frames) {
      expect(token).toBe(lanes[1].best);
      expect(new Set(lanes.map((lane) => lane.token))).toEqual(new Set([token]));
    }
    const forced = await play(
      engine,
      spec(['k=2 v=2', 'k=8 v=8'], { forced: greedy.frames.map(({ token }) => token) }),
    );
    expect(forced.logits).toEqual(greedy.logits);
    expect(forced.frames.map(({ lanes }) => lanes)).toEqual(greedy.frames.map(({ lanes }) => lanes));
  });

  test('sampling: the same seed, the same text; the frame holds what the logits say of it', async () => {
    const decode = { temperature: 1.5, topK: 0, topP: 1, minP: 0, seed: 5 };
    const first = await play(engine, spec(['k=4 v=4'], { decode }));
    expect((await play(engine, spec(['k=4 v=4'], { decode }))).frames.map(({ token }) => token)).toEqual(
      first.frames.map(({ token }) => token),
    );
    const other = await play(engine, spec(['k=4 v=4'], { decode: { ...decode, seed: 6 } }));
    expect(other.frames.map(({ token }) => token)).not.toEqual(first.frames.map(({ token }) => token));
    const forced = first.frames.map(({ token }) => token);
    const again = await play(engine, spec(['k=4 v=4'], { forced }));
    expect(again.logits).toEqual(first.logits);
    for (const [s, { lanes }] of first.frames.entries()) {
      for (const [i, lane] of lanes.entries()) {
        // One is read off the ten best, the other computed for the token.
        expect(Math.abs(lane.nll - again.frames[s].lanes[i].nll)).toBeLessThan(1e-5);
        expect(Math.abs(lane.dp - again.frames[s].lanes[i].dp)).toBeLessThan(1e-5);
      }
    }
  });

  test.each([0, 1.2])('free-running at temperature %f: every lane goes on with its own words', async (temperature) => {
    const decode = { temperature, topK: 0, topP: 1, minP: 0, seed: 3 };
    const lanes = ['k=1 v=1', 'k=16 v=16'];
    const free = await play(engine, spec(lanes, { mode: 'free-running', decode }));
    const texts = [0, 1, 2].map((lane) => free.frames.map((frame) => frame.lanes[lane].token));
    expect(texts[2]).toEqual(texts[0]);
    expect(texts[1]).not.toEqual(texts[0]);
    const alone = await play(engine, spec(['k=1 v=1'], { forced: texts[1] }));
    expect(rowsOf(alone.logits, 1)).toEqual(rowsOf(free.logits, 1));
  });
});

describe('bytes', () => {
  const LANES = [
    'k=4 v=2',
    'k=16 v=16',
    'k=3 v=3 along=token',
    'k=2 v=8 sinks=3 window=6',
    'k=5 v=7 scheme=sym group=64',
  ];

  test.each([false, true])('live %s: what is shown as reserved is what was allocated', async (live) => {
    const run = await Run.create(engine, spec(LANES, { live, steps: 12 }));
    const { buffers } = (run as unknown as { parts: { buffers: Buffers } }).parts;
    const reserved = run.bytes().reduce((sum, lane) => sum + lane.reserved, 0);
    expect(reserved).toBe(buffers.total('cache') + buffers.total('tables'));
    expect(run.gpuBytes).toBe(buffers.total() + engine.weights.buffers.total());
    run.destroy();
  });

  test('run to the cap, a lane without a window has used all of it', async () => {
    const run = await Run.create(engine, spec(LANES, { prompt: someTokens(33), steps: 32 }));
    let last = await run.advance();
    while (!run.done) last = await run.advance();
    const { layers, kvHeads, headDim } = engine.weights.config;
    run.bytes().forEach((bytes, lane) => {
      expect(last.lanes[lane].bytes).toEqual(bytes);
      expect(bytes.total).toBeLessThanOrEqual(bytes.reserved);
      const bits = last.lanes[lane].effectiveBits;
      expect(bits.packedMean * 64 * layers * kvHeads * headDim * 2).toBeCloseTo((bytes.k + bytes.v) * 8, 6);
    });
    // 64 of 65 rows are there: the token after the last step is never fed. The shadow's newest row waits in a ring of three.
    const unused = run.bytes().map(({ total, reserved }) => reserved - total);
    const values = layers * kvHeads * headDim;
    const rows = { shadow: 4 * 4 * values, coded: ((5 + 3) * values) / 8, exact: 4 * values };
    expect(unused.slice(0, 3)).toEqual([rows.shadow + 8, rows.coded + 8, rows.exact + 8]);
    run.destroy();
  });

  test('effective bits of the frame after each fed token', async () => {
    const { frames } = await play(engine, spec(['k=4 v=2', 'k=2 v=2 window=4']));
    for (const { lanes, position } of frames) {
      expect(lanes[0].effectiveBits).toEqual({ k: 16, v: 16, mean: 16, packedMean: 16 });
      expect(lanes[1].effectiveBits).toEqual({ k: 5, v: 3, mean: 4, packedMean: 4 });
      const tokens = position + 1;
      expect(lanes[2].effectiveBits.k).toBeCloseTo((4 * 16 + (tokens - 4) * 3) / tokens, 9);
    }
  });
});

test('weights in many small buffers give the same logits', async () => {
  const gpu = await openGpu();
  const model = { heads: 2, headDim: 64, hidden: 128, ffn: 128, types: 'Q8_0', tied: false } as const;
  const whole = await tinyEngine(gpu, model);
  const split = await tinyEngine({ ...gpu, adapter: { ...gpu.adapter, maxBindingBytes: 4096 } }, model);
  expect(split.engine.weights.layers[0].gateUp.parts.length).toBeGreaterThan(2);
  expect(split.engine.weights.embed.parts.length).toBeGreaterThan(2);
  const [want, got] = [whole, split].map((tiny) => play(tiny.engine, spec(['k=4 v=2'], { steps: 3 })));
  expect((await got).logits).toEqual((await want).logits);
});

describe('refused by name, before anything is allocated', () => {
  const cases: [string, Partial<RunSpec>, string, string][] = [
    ['an empty prompt', { prompt: [] }, 'bad-prompt', 'The prompt is empty'],
    ['more tokens than the context', { prompt: someTokens(200), steps: 57 }, 'context-overflow', '257 tokens'],
    ['a token of another model', { prompt: [5, 100_000] }, 'bad-prompt', '100000 is no token id'],
    ['a forced token that is none', { forced: [1, -1] }, 'bad-prompt', '-1 is no token id'],
    ['eight lanes', { lanes: spec(new Array(8).fill('k=4 v=4')).lanes }, 'bad-config', '8 lanes are too many'],
    ['a group that does not fit the heads', { lanes: spec(['k=4 v=4 group=64']).lanes }, 'bad-config', 'group=64'],
    ['no steps', { steps: 0 }, 'bad-config', '0 steps'],
    [
      'moves without room',
      { moves: [{ lane: 1, step: 1, field: 'k', value: 2, scope: 'new' }] },
      'bad-config',
      'no room',
    ],
  ];

  test.each(cases)('%s', async (_, change, code, message) => {
    const small = await tinyEngine(engine.gpu, { context: 256 });
    const error = await Run.create(small.engine, spec(['k=4 v=4'], change)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(KvError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  });
});
