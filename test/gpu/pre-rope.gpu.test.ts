import { beforeAll, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import { defaultConfig } from '../../gpu/kv/config';
import { parseLane } from '../../gpu/kv/lane';
import { klDivergence } from '../../gpu/measure/divergence';
import { play, someTokens, spec, tinyEngine } from './tiny-engine';

const prompt = someTokens(40);
const forced = someTokens(6, 200, 5);
let engine: Engine;

beforeAll(async () => {
  engine = (await tinyEngine(await openGpu())).engine;
});

/**
 * Keys kept in FP16 before RoPE differ from the shadow's by the rounding alone (1e-3 of a key); with 8 bits in groups of a channel
 * pair's halves they stay as near as 8-bit keys after RoPE. A wrong angle or a swapped pair is off by orders of magnitude.
 */
test('keys kept before RoPE are rotated when they are read', async () => {
  const exact = { ...defaultConfig(16, 16), prefill: 'fp16' as const };
  const before = { ...exact, k: { ...exact.k, domain: 'preRope' as const } };
  const coded = parseLane('k=8 v=16 prefill=fp16');
  const codedBefore = { ...coded, k: { ...coded.k, domain: 'preRope' as const } };
  const windowed = { ...codedBefore, keep: { ...codedBefore.keep, window: 5, sinks: 2 } };
  const { logits } = await play(engine, spec([], { prompt, forced, lanes: [before, coded, codedBefore, windowed] }));
  const worst = (lane: number) => Math.max(...logits.map((step) => klDivergence(step[0], step[lane])));
  expect(worst(1)).toBeLessThan(1e-5);
  expect(worst(2)).toBeGreaterThan(0);
  expect(worst(3)).toBeLessThan(5 * worst(2) + 1e-5);
  expect(worst(4)).toBeLessThan(5 * worst(2) + 1e-5);
});
