import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import type { Move, MoveScope } from '../../gpu/kv/config';
import type { Outcome } from './tiny-engine';
import { play, someTokens, spec, tinyEngine } from './tiny-engine';

const prompt = someTokens(40);
const forced = someTokens(30, 200, 5);
let engine: Engine;

beforeAll(async () => {
  const model = { heads: 2, kvHeads: 1, headDim: 64, hidden: 128, ffn: 128, types: 'Q8_0' } as const;
  engine = (await tinyEngine(await openGpu(), model)).engine;
});

const moved = (lanes: string[], moves: Move[] = []): Promise<Outcome> =>
  play(engine, spec(lanes, { prompt, forced, moves, live: true }));

const move = (step: number, field: 'k' | 'v', value: number, scope: MoveScope, lane = 1): Move => ({
  lane,
  step,
  field,
  value,
  scope,
});

/** Logits, KL and all of a lane. */
const lane = ({ frames, logits }: Outcome, index: number) =>
  frames.map((frame, s) => ({ kl: frame.lanes[index].kl, top: frame.lanes[index].top, logits: logits[s][index] }));

const KINDS = ['k=4 v=2', 'k=4 v=2 along=token window=3', 'k=4 v=2 sinks=2 window=5 scheme=sym'];

describe.each(KINDS)('%s', (text) => {
  test('room for moves changes nothing, nor do moves to the same bits, from here on or for the whole cache', async () => {
    const plain = await play(engine, spec([text], { prompt, forced }));
    expect(lane(await moved([text]), 1)).toEqual(lane(plain, 1));
    const moves = [move(2, 'k', 4, 'new'), move(5, 'v', 2, 'all'), move(9, 'k', 4, 'all'), move(12, 'v', 2, 'new')];
    expect(lane(await moved([text], moves), 1)).toEqual(lane(plain, 1));
  });

  test('the whole cache from FP16 to 2 bits right after an FP16 prompt is a lane of 2 bits', async () => {
    const start = text.replace('k=4 v=2', 'k=16 v=16 prefill=fp16');
    const end = text.replace('k=4 v=2', 'k=2 v=3 prefill=fp16');
    const got = await moved([start], [move(1, 'k', 2, 'all'), move(1, 'v', 3, 'all')]);
    expect(lane(got, 1)).toEqual(lane(await play(engine, spec([end], { prompt, forced })), 1));
  });

  test('back to FP16 for the whole cache keeps the originals exactly', async () => {
    const start = text.replace('k=4 v=2', 'k=2 v=2 prefill=fp16');
    const moves = [move(1, 'k', 16, 'all'), move(1, 'v', 16, 'all')];
    const got = await moved([start], moves);
    for (const [s, frame] of got.frames.entries()) {
      expect(frame.lanes[1].kl).toBe(0);
      expect(got.logits[s][1]).toEqual(got.logits[s][0]);
    }
  });
});

test('from here on: older rows keep their bits, newer ones have the new', async () => {
  const { frames } = await moved(['k=4 v=2'], [move(3, 'k', 16, 'new'), move(7, 'k', 1, 'new')]);
  for (const { step, position, lanes } of frames) {
    const rows = position + 1;
    const [wide, narrow] = [Math.max(0, Math.min(step, 6) - 2), Math.max(0, step - 6)];
    const bits = ((rows - wide - narrow) * 5 + wide * 16 + narrow * 2) / rows;
    expect(lanes[1].effectiveBits.k).toBeCloseTo(bits, 9);
    expect(lanes[1].effectiveBits.v).toBe(3);
  }
});

test('a move of one lane leaves the others alone, and steps before it', async () => {
  const lanes = ['k=4 v=4', 'k=3 v=3', 'k=16 v=16'];
  const plain = await moved(lanes);
  const got = await moved(lanes, [move(4, 'k', 1, 'all', 2), move(6, 'v', 1, 'new', 2)]);
  for (const i of [1, 3]) expect(lane(got, i)).toEqual(lane(plain, i));
  expect(lane(got, 2).slice(0, 4)).toEqual(lane(plain, 2).slice(0, 4));
  expect(lane(got, 2)[4]).not.toEqual(lane(plain, 2)[4]);
});

test('a slider moved while the run goes on is the same as one written down before', async () => {
  const moves = [move(3, 'k', 2, 'new'), move(5, 'v', 8, 'all')];
  const written = await moved(['k=4 v=4'], moves);
  const live = await play(engine, spec(['k=4 v=4'], { prompt, forced, live: true }), (run, step) => {
    for (const { step: at, ...change } of moves)
      if (at === step) expect(run.move(change)).toEqual({ ...change, step: at });
  });
  expect(lane(live, 1)).toEqual(lane(written, 1));
});
