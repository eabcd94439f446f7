import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import { parseLane } from '../../gpu/kv/lane';
import { klDivergence } from '../../gpu/measure/divergence';
import type { Reference } from '../../gpu/reference/model';
import type { Outcome } from './tiny-engine';
import { play, someTokens, spec, tinyEngine, worstOf } from './tiny-engine';

/** Each setting of a lane alone and some together, 6 at a time so that all runs share their kernels. */
const LANES = [
  ['k=8 v=8', 'k=4 v=2', 'k=1 v=1', 'k=3 v=5 group=64', 'k=6 v=7 scheme=sym', 'k=1 v=1 scheme=sym group=head'],
  [
    'k=4 v=4 window=9',
    'k=2 v=2 sinks=3',
    'k=2 v=2 sinks=2 window=5',
    'k=2 v=2 self=fp16',
    'k=2 v=2 prefill=fp16',
    'k=16 v=2',
  ],
  [
    'k=2 v=3 along=token',
    'k=2 v=2 along=token sinks=3 window=6',
    'k=2 v=2 k.along=token prefill=fp16',
    'k=4 v=4 along=token scheme=sym self=fp16',
    'k=3 v=3 along=token group=64',
    'k=2 v=16 along=token',
  ],
  [
    'k=2 v=2 transform=hadamard',
    'k=4 v=3 k.transform=hadamard window=7',
    'k=3 v=4 v.transform=hadamard',
    'k=2 v=2 along=token transform=hadamard',
    'k=4 v=4 scheme=sym transform=hadamard prefill=fp16',
    'k=2 v=2',
  ],
];
const prompt = someTokens(70);
const forced = someTokens(6, 200, 5);

const sum = (values: number[]): number => values.reduce((total, x) => total + x, 0);

/**
 * Engine and reference store the same codes unless a value lies on a border: errors are then of the order of 1e-6 of what the lane
 * itself changes. A flipped code is rare; a rotation carries a flip of one channel's FP16 rounding into all of its head. A rule
 * that is broken (which rows are exact, for whom) shifts all steps by a good part of the whole change.
 */
describe.each(LANES.map((lanes) => [lanes[0], lanes] as const))('%s and its like', (_, lanes) => {
  let reference: Reference;
  let got: Outcome;
  let shadow: Float32Array[];

  const want = (lane: string) =>
    reference.forward([...prompt, ...forced.slice(0, -1)], {
      config: parseLane(lane),
      promptTokens: prompt.length,
      from: prompt.length - 1,
    }).logits;

  beforeAll(async () => {
    const tiny = await tinyEngine(await openGpu(), {
      heads: 2,
      kvHeads: 1,
      headDim: 64,
      hidden: 128,
      ffn: 128,
      types: 'Q8_0',
    });
    reference = tiny.reference;
    got = await play(tiny.engine, spec([...lanes], { prompt, forced }));
    shadow = want('k=16 v=16 prefill=fp16');
  });

  test.each(lanes.map((lane, i) => [lane, i + 1] as const))('%s', (lane, index) => {
    const rows = want(lane);
    const errors = got.logits.map((all, s) => worstOf(all[index], rows[s]) / (worstOf(shadow[s], rows[s]) + 0.1));
    expect(Math.max(...errors)).toBeLessThan(0.4);
    expect(errors.toSorted((a, b) => a - b)[errors.length >> 1]).toBeLessThan(lane.includes('hadamard') ? 0.1 : 1e-3);
    const [kl, klWant] = [
      sum(got.frames.map((frame) => frame.lanes[index].kl)),
      sum(rows.map((row, s) => klDivergence(shadow[s], row))),
    ];
    expect(Math.abs(kl / klWant - 1)).toBeLessThan(0.03);
    if (lane.includes('prefill=fp16')) expect(got.frames[0].lanes[index].kl).toBe(0);
  });
});
