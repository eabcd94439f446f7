import { beforeAll, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import { parseLane } from '../../gpu/kv/lane';
import { systems } from '../../gpu/kv/registry';
import type { System } from '../../gpu/kv/system';
import type { Outcome } from './tiny-engine';
import { play, someTokens, spec, tinyEngine } from './tiny-engine';

/**
 * Published systems on a small random model, as they come, with what they say of themselves for short contexts: one for every pair of
 * codecs, as compiling is what takes the time. Evictions have a test of their own.
 */
const MODEL = { heads: 4, kvHeads: 2, headDim: 64, hidden: 96, types: 'Q8_0' } as const;
const forced = someTokens(8, 200, 3);
const calibration = someTokens(80, 200, 9);
/** Software adapters compile for a while. */
const PATIENCE = 300_000;

function laneOf({ id, facts }: System): string {
  const scaled = Object.entries(facts.scaled?.values ?? {}).map(([key, value]) => `${key}=${value}`);
  return [`system=${id}`, ...scaled].join(' ');
}

function codecsOf(system: System): string {
  const { k, v } = parseLane(laneOf(system));
  return `${k.codec} ${v.codec}`;
}

const byCodec = systems
  .map((system) => ({ system, codecs: codecsOf(system) }))
  .sort((a, b) => (a.codecs < b.codecs ? -1 : 1));
const different = [...new Map(byCodec.map(({ system, codecs }) => [codecs, system])).values()];

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

test.each(different.map((system) => [laneOf(system)]))(
  '%s runs from prompts of 1, 5 and 70 tokens',
  async (lane) => {
    for (const length of [1, 5, 70]) {
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
