import { beforeAll, expect, test } from 'vitest';
import { openGpu } from '../../../../gpu/device';
import type { Engine } from '../../../../gpu/engine';
import { play, someTokens, spec, tinyEngine } from '../../tiny-engine';

const prompt = someTokens(70);
const options = { prompt, forced: someTokens(8, 200, 5), heads: false };
/** Software adapters compile readers of keys before RoPE for a long time. */
const PATIENCE = 600_000;
let engine: Engine;

beforeAll(async () => {
  engine = (await tinyEngine(await openGpu(), { kvHeads: 2, heads: 4 })).engine;
});

test(
  'tables learned from a text that is the prompt are those learned from the prompt',
  async () => {
    const lanes = ['text', 'prompt'].map((from) => `system=skvq group=32 sinks=1 window=3 calibration=${from}`);
    const { logits, frames } = await play(engine, spec(lanes, { ...options, calibration: prompt }));
    for (const step of logits) expect(step[1]).toEqual(step[2]);
    const kl = frames.map((frame) => frame.lanes[1].kl);
    expect(kl[0]).toBe(0);
    for (const later of kl.slice(1)) expect(later).toBeGreaterThan(0);
  },
  PATIENCE,
);

test(
  'layers that stay exact have no tables, and the others keep theirs',
  async () => {
    const lanes = ['system=skvq group=32 window=3 skipFirst=1 calibration=prompt', 'system=skvq window=200'];
    const { frames } = await play(engine, spec(lanes, { ...options, calibration: prompt }));
    const last = frames[frames.length - 1];
    expect(last.lanes[1].kl).toBeGreaterThan(0);
    expect(last.lanes[1].kl).toBeLessThan(1);
    expect(last.lanes[2].kl).toBeLessThan(1e-5);
  },
  PATIENCE,
);

test('a run without the text that a lane learns from is refused', async () => {
  const fresh = (await tinyEngine(await openGpu())).engine;
  await expect(play(fresh, spec(['system=skvq'], options))).rejects.toMatchObject({ code: 'bad-config' });
});
