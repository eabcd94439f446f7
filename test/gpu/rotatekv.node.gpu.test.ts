import { beforeAll, expect, test, vi } from 'vitest';
import { openGpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import { play, someTokens, spec, tinyEngine } from './tiny-engine';

const prompt = someTokens(24);
const forced = someTokens(6, 200, 5);
let engine: Engine;
// Software adapters compile for a while.
vi.setConfig({ testTimeout: 300_000 });
beforeAll(async () => {
  engine = (await tinyEngine(await openGpu(), { heads: 4, kvHeads: 2 })).engine;
});

const run = async (lanes: string[], tokens = prompt) =>
  play(engine, spec(lanes, { prompt: tokens, forced: tokens === prompt ? forced : [...prompt.slice(1), ...forced] }));
const kl = ({ frames }: Awaited<ReturnType<typeof run>>, lane: number) => frames.map((frame) => frame.lanes[lane].kl);

test('a prompt whose tokens all stay exact attends exactly; what is decoded is coded', async () => {
  const [first, ...rest] = kl(await run(['system=rotatekv k=2 v=2 permute=off sinkTopK=256']), 1);
  // Keys are kept before RoPE in FP16, which rounds at another place than the shadow's.
  expect(first).toBeLessThan(1e-4);
  expect(Math.min(...rest)).toBeGreaterThan(10 * first);
});

test('no token found = no token kept, to the bit', async () => {
  const none = 'system=rotatekv k=3 v=3';
  const outcome = await run([`${none} sinkTopK=0`, `${none} sinkFrom=99`]);
  expect(kl(outcome, 1)).toEqual(kl(outcome, 2));
  expect(outcome.logits.map(([, a]) => [...a])).toEqual(outcome.logits.map(([, , b]) => [...b]));
});

/** In the prompt a token's query sees every earlier row, and its own, as they are coded; fed one by one it does the same. */
test('the prompt attends to coded rows as if it had been fed token by token', async () => {
  const lane = 'system=rotatekv k=4 v=4 permute=off sinkTopK=0';
  const whole = kl(await run([lane]), 1);
  const fed = kl(await run([lane], prompt.slice(0, 1)), 1).slice(prompt.length - 1);
  // The two paths add up in different orders; a code that flips for it moves KL by some percent.
  for (const [step, value] of whole.entries()) expect(Math.abs(value / fed[step] - 1)).toBeLessThan(0.3);
});

test('the order of channels and the heads that turn together matter', async () => {
  const lane = 'system=rotatekv k=2 v=2 sinkTopK=0';
  const outcome = await run([lane, `${lane} permute=off`, `${lane} headGroup=1`]);
  const [a, b, c] = [1, 2, 3].map((i) => kl(outcome, i)[3]);
  expect(new Set([a, b, c]).size).toBe(3);
});
