import { beforeAll, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import { systems } from '../../gpu/kv/registry';
import type { System } from '../../gpu/kv/system';
import type { Outcome } from './tiny-engine';
import { play, someTokens, spec, tinyEngine } from './tiny-engine';

/** Every published system on a small random model, as it comes, with what it says of itself for short contexts. */
const MODEL = { heads: 4, kvHeads: 2, headDim: 64, hidden: 96, types: 'Q8_0' } as const;
const forced = someTokens(40, 200, 3);
const calibration = someTokens(80, 200, 9);
/** Software adapters compile for a while. */
const PATIENCE = 300_000;

function laneOf({ id, facts }: System): string {
  const scaled = Object.entries(facts.scaled?.values ?? {}).map(([key, value]) => `${key}=${value}`);
  return [`system=${id}`, ...scaled].join(' ');
}

/** Seven systems of few codecs, so that the shader that holds them all stays small. */
const TOGETHER = [
  'system=kivi window=32',
  'system=lmdeploy policy=4',
  'system=hf backend=quanto window=4',
  'system=adaquant window=4',
  'system=quarot',
  'system=llamacpp k=q8_0 v=q4_0',
  'system=snapkv cap=20 window=8 then=kivi4',
];

const allFinite = (values: Float32Array): boolean => values.every((x) => Number.isFinite(x));

let engine: Engine;
beforeAll(async () => {
  engine = (await tinyEngine(await openGpu(), MODEL)).engine;
});

test.each(systems.map((system) => [laneOf(system)]))(
  '%s runs from prompts of 1, 5 and 300 tokens',
  async (lane) => {
    for (const length of [1, 5, 300]) {
      const { frames, logits } = await play(engine, spec([lane], { prompt: someTokens(length), forced, calibration }));
      expect(frames).toHaveLength(forced.length);
      for (const [s, frame] of frames.entries()) {
        const name = `${length} tokens, step ${s}`;
        expect(logits[s].every(allFinite), name).toBe(true);
        expect(frame.lanes[1].kl, name).toBeGreaterThanOrEqual(0);
        expect(frame.lanes[1].kl, name).toBeLessThan(50);
      }
    }
  },
  PATIENCE,
);

test(
  'seven lanes of seven systems in one run are the bits of seven runs',
  async () => {
    const of = ({ frames, logits }: Outcome, lane: number) =>
      frames.map(({ lanes: all }, s) => ({ kl: all[lane].kl, nll: all[lane].nll, logits: logits[s][lane] }));
    const options = { prompt: someTokens(40), forced: forced.slice(0, 4), calibration };
    const together = await play(engine, spec(TOGETHER, options));
    for (const [i, lane] of TOGETHER.entries()) {
      const alone = await play(engine, spec([lane], options));
      expect(of(alone, 1), lane).toEqual(of(together, i + 1));
      expect(of(alone, 0), lane).toEqual(of(together, 0));
    }
  },
  PATIENCE,
);
