import { beforeAll, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import { parseLane } from '../../gpu/kv/lane';
import { systems } from '../../gpu/kv/registry';
import type { System } from '../../gpu/kv/system';
import type { Outcome } from './tiny-engine';
import { play, someTokens, spec, tinyEngine } from './tiny-engine';

/**
 * Every published system on a small random model, as it comes, with what it says of itself for short contexts. Systems of the same
 * codecs run together, so that no shader holds them all.
 */
const MODEL = { heads: 4, kvHeads: 2, headDim: 64, hidden: 96, types: 'Q8_0' } as const;
const LANES = 7;
const forced = someTokens(8, 200, 3);
const calibration = someTokens(80, 200, 9);
/** Software adapters compile the kernels of seven systems for a long time. */
const PATIENCE = 600_000;

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
const groups = Array.from({ length: Math.ceil(byCodec.length / LANES) }, (_, i) =>
  byCodec.slice(i * LANES, (i + 1) * LANES).map(({ system }) => system),
);

const allFinite = (values: Float32Array): boolean => values.every((x) => Number.isFinite(x));

let engine: Engine;
beforeAll(async () => {
  engine = (await tinyEngine(await openGpu(), MODEL)).engine;
});

test.each(groups.map((group) => [group.map(({ id }) => id).join(', '), group] as const))(
  '%s run from prompts of 1, 5 and 70 tokens',
  async (_, group) => {
    const lanes = group.map(laneOf);
    for (const length of [1, 5, 70]) {
      const { frames, logits } = await play(engine, spec(lanes, { prompt: someTokens(length), forced, calibration }));
      expect(frames).toHaveLength(forced.length);
      for (const [s, frame] of frames.entries())
        for (const [i, lane] of frame.lanes.entries()) {
          const name = `${lanes[i - 1] ?? 'shadow'}, ${length} tokens, step ${s}`;
          expect(allFinite(logits[s][i]), name).toBe(true);
          expect(lane.kl, name).toBeGreaterThanOrEqual(0);
          expect(lane.kl, name).toBeLessThan(50);
        }
    }
  },
  PATIENCE,
);

test(
  'seven lanes of seven systems in one run are the bits of seven runs',
  async () => {
    const different = [...new Map(byCodec.map(({ system, codecs }) => [codecs, system])).values()];
    const lanes = Array.from({ length: LANES }, (_, i) =>
      laneOf(different[Math.floor((i * different.length) / LANES)]),
    );
    const of = ({ frames, logits }: Outcome, lane: number) =>
      frames.map(({ lanes: all }, s) => ({ kl: all[lane].kl, nll: all[lane].nll, logits: logits[s][lane] }));
    const options = { prompt: someTokens(40), forced: forced.slice(0, 4), calibration };
    const together = await play(engine, spec(lanes, options));
    for (const [i, lane] of lanes.entries()) {
      const alone = await play(engine, spec([lane], options));
      expect(of(alone, 1), lane).toEqual(of(together, i + 1));
      expect(of(alone, 0), lane).toEqual(of(together, 0));
    }
  },
  PATIENCE,
);
