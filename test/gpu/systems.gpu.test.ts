import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import { systems } from '../../gpu/kv/registry';
import type { System } from '../../gpu/kv/system';
import type { Outcome } from './tiny-engine';
import { play, someTokens, spec, tinyEngine } from './tiny-engine';

/** Every published system on a small random model, as it comes, with what it says of itself for short contexts. */
const MODEL = { heads: 4, kvHeads: 2, headDim: 64, hidden: 96, types: 'Q8_0' } as const;
const LANES = 7;
const forced = someTokens(8, 200, 3);

function laneOf({ id, facts }: System): string {
  const scaled = Object.entries(facts.scaled?.values ?? {}).map(([key, value]) => `${key}=${value}`);
  return [`system=${id}`, ...scaled].join(' ');
}

/** Lanes that fit into one run, by the count they are taken at. */
const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

const allFinite = (values: Float32Array): boolean => values.every((x) => Number.isFinite(x));

let engine: Engine;
beforeAll(async () => {
  engine = (await tinyEngine(await openGpu(), MODEL)).engine;
});

describe.each(chunks(systems, LANES).map((some) => [some.map(({ id }) => id).join(', '), some] as const))(
  '%s',
  (_, some) => {
    const lanes = some.map(laneOf);

    test.each([1, 5, 70])('run from a prompt of %i tokens', async (length) => {
      const { frames, logits } = await play(engine, spec(lanes, { prompt: someTokens(length), forced }));
      expect(frames).toHaveLength(forced.length);
      for (const [s, frame] of frames.entries())
        for (const [i, lane] of frame.lanes.entries()) {
          const name = `${lanes[i - 1] ?? 'shadow'}, step ${s}`;
          expect(allFinite(logits[s][i]), name).toBe(true);
          expect(lane.kl, name).toBeGreaterThanOrEqual(0);
          expect(lane.kl, name).toBeLessThan(50);
        }
    });
  },
);

test('seven lanes of seven systems in one run are the bits of seven runs', async () => {
  const stride = Math.max(1, Math.floor(systems.length / LANES));
  const lanes = Array.from({ length: LANES }, (_, i) => laneOf(systems[(i * stride) % systems.length]));
  const of = ({ frames, logits }: Outcome, lane: number) =>
    frames.map(({ lanes: all }, s) => ({ kl: all[lane].kl, nll: all[lane].nll, logits: logits[s][lane] }));
  const prompt = someTokens(40);
  const together = await play(engine, spec(lanes, { prompt, forced }));
  for (const [i, lane] of lanes.entries()) {
    const alone = await play(engine, spec([lane], { prompt, forced }));
    expect(of(alone, 1), lane).toEqual(of(together, i + 1));
    expect(of(alone, 0), lane).toEqual(of(together, 0));
  }
});
