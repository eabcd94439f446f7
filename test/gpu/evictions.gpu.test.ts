import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import { parseLane } from '../../gpu/kv/lane';
import { Run } from '../../gpu/run';
import { play, someTokens, spec, tinyEngine } from './tiny-engine';

const prompt = someTokens(50);
const forced = someTokens(12, 200, 5);
let engine: Engine;

beforeAll(async () => {
  engine = (await tinyEngine(await openGpu())).engine;
});

describe('evictions whose caches are larger than the text change nothing', () => {
  const LANES = [
    'system=streaming',
    'system=snapkv',
    'system=h2o',
    'system=simlayerkv',
    'system=kvcrush',
    'system=tova cap=1000',
    'system=lagkv',
  ];
  test('to the last bit', async () => {
    const { frames } = await play(engine, spec(LANES, { prompt, forced }));
    for (const [i, lane] of LANES.entries())
      expect(
        frames.map((frame) => frame.lanes[i + 1].kl),
        lane,
      ).toEqual(frames.map(() => 0));
  });
});

test('what a codec learns from the prompt, it learns from the rows that stay', async () => {
  const lanes = ['system=snapkv then=nvfp4', 'system=nvfp4 prefill=fp16'];
  const { frames } = await play(engine, spec(lanes, { prompt, forced }));
  const [evicts, keepsAll] = lanes.map((_, i) => frames.map((frame) => frame.lanes[i + 1].kl));
  expect(keepsAll.some((kl) => kl > 0)).toBe(true);
  expect(evicts).toEqual(keepsAll);
});

describe('what is held', () => {
  const LANES = [
    'system=streaming sinks=4 recent=12',
    'system=h2o heavy=6 recent=6',
    'system=snapkv cap=20 window=8',
    'system=knorm cap=20',
    'system=snapkv cap=20 window=8 then=kivi4',
    'system=adakv cap=20',
  ];

  test('is what was decided, is all that counts, and the first step of a decoded token still saw everything', async () => {
    const what = spec(LANES, { prompt, forced });
    const run = await Run.create(engine, what);
    try {
      const frames = [];
      while (!run.done) frames.push(await run.advance());
      const held = LANES.map((_, i) => run.decisions(i + 1).kept as string[][]);
      const count = (text: string) =>
        text.split(',').reduce((n, part) => {
          const [from, to = from] = part.split('-').map(Number);
          return n + to - from + 1;
        }, 0);
      const tokens = prompt.length + forced.length;
      // Tokens fed: the last one is only predicted.
      const fed = tokens - 1;
      expect(new Set(held[0].flat())).toEqual(new Set([`0-3,${fed - 12}-${fed - 1}`]));
      expect(new Set(held[1].flat().map(count))).toEqual(new Set([12]));
      expect(new Set(held[2].flat().map(count))).toEqual(new Set([20 + forced.length - 1]));
      expect(new Set(held[3].flat().map(count))).toEqual(new Set([20 + forced.length - 1]));
      expect(held[4]).toEqual(held[2]);
      const last = frames.at(-1);
      const rows = last?.lanes[1].bytes.fp16 as number;
      expect(last?.lanes[1].bytes.exact).toBe((rows * 16) / fed);
      for (const [i] of LANES.entries()) expect(frames[0].lanes[i + 1].kl).toBe(0);
    } finally {
      run.destroy();
    }
  });

  test.each(LANES)('%s: alone or beside others, bit for bit', async (lane) => {
    const at = LANES.indexOf(lane);
    const all = await play(engine, spec(LANES, { prompt, forced: forced.slice(0, 5) }));
    const alone = await play(engine, spec([lane], { prompt, forced: forced.slice(0, 5) }));
    for (const [step, rows] of alone.logits.entries()) expect(rows[1]).toEqual(all.logits[step][at + 1]);
  });
});

test('no coded prompt, no classes of tokens, no change of bits', async () => {
  expect(() => parseLane('system=snapkv prefill=quant')).toThrow('prefill=quant is not possible');
  for (const then of ['zipcache', 'zipcache codec=uniform'])
    expect(() => parseLane(`system=snapkv then=${then}`)).toThrow('sorted into classes');
  const run = await Run.create(engine, spec(['system=snapkv'], { prompt, steps: 3, live: true }));
  try {
    expect(() => run.move({ lane: 1, field: 'k', value: 4, scope: 'new' })).toThrow('cannot change its bits');
  } finally {
    run.destroy();
  }
});
