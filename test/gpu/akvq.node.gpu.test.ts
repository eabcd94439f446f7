import { beforeAll, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import { play, someTokens, spec, tinyEngine } from './tiny-engine';

const forced = someTokens(6, 200, 3);
const options = { prompt: someTokens(40), forced, heads: false };
/** Software adapters compile for a while. */
const PATIENCE = 300_000;
let engine: Engine;
beforeAll(async () => {
  engine = (await tinyEngine(await openGpu(), { heads: 4, kvHeads: 2, headDim: 64, hidden: 96 })).engine;
});

test(
  'a prompt that is marked as a whole is a prompt without text layers; one of which nothing is marked is as before',
  async () => {
    const base = 'system=akvq recent=8 pivots=0';
    const lanes = [base, `${base} bulk=0-99`, `${base} textLayers=none`, `${base} bulk=60-99`, `${base} bulk=5-20`];
    const { logits, frames } = await play(engine, spec(lanes, options));
    for (const step of logits) {
      expect(step[2]).toEqual(step[3]);
      expect(step[4]).toEqual(step[1]);
    }
    const kl = (lane: number) => frames.reduce((sum, frame) => sum + frame.lanes[lane].kl, 0);
    expect(kl(5)).not.toBe(kl(1));
    expect(kl(5)).not.toBe(kl(2));
    expect(frames[5].lanes[5].effectiveBits.mean).toBeLessThan(frames[5].lanes[1].effectiveBits.mean);
    expect(frames[5].lanes[5].effectiveBits.mean).toBeGreaterThan(frames[5].lanes[2].effectiveBits.mean);
  },
  PATIENCE,
);
