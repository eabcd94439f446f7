import { beforeAll, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import { play, someTokens, spec, tinyEngine } from './tiny-engine';

const forced = someTokens(16, 200, 3);
/** Software adapters compile for a while. */
const PATIENCE = 300_000;
let engine: Engine;
beforeAll(async () => {
  engine = (await tinyEngine(await openGpu(), { heads: 4, kvHeads: 2, headDim: 64, hidden: 96 })).engine;
});

test.each(['axisKey=-1 axisValue=-1', 'backend=hqq axisKey=0 axisValue=0'])(
  'hf %s: the prompt in FP16, then close at 8 bits and farther at 2 through seven flushes',
  async (axes) => {
    const lanes = [8, 2].map((bits) => `system=hf k=${bits} v=${bits} window=2 group=32 ${axes}`);
    for (const length of [1, 5, 70]) {
      const { frames } = await play(engine, spec(lanes, { prompt: someTokens(length), forced, heads: false }));
      expect(frames[0].lanes.map(({ kl }) => kl)).toEqual([0, 0, 0]);
      const sum = (lane: number) => frames.reduce((total, { lanes: at }) => total + at[lane].kl, 0);
      expect(sum(1)).toBeGreaterThan(0);
      expect(Math.max(...frames.map(({ lanes: at }) => at[1].kl)), `${length} tokens`).toBeLessThan(5e-3);
      expect(sum(2), `${length} tokens`).toBeGreaterThan(3 * sum(1));
    }
  },
  PATIENCE,
);

test(
  'a run in between other lanes is the run alone, and one that starts again is the same',
  async () => {
    const lane = 'system=hf axisKey=-1 axisValue=-1 window=3 group=32';
    const others = [lane.replace('window=3', 'window=5'), 'system=hf backend=hqq axisKey=0 axisValue=0'];
    const options = { prompt: someTokens(33), forced, heads: false };
    const alone = await play(engine, spec([lane], options));
    const beside = await play(engine, spec([others[0], lane, others[1]], options));
    expect(beside.logits.map((step) => step[2])).toEqual(alone.logits.map((step) => step[1]));
  },
  PATIENCE,
);
