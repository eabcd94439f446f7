import { beforeAll, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import { parseLane } from '../../gpu/kv/lane';
import { f16ToNumber } from '../../gpu/load/f16';
import { distanceProfile, headMeasures } from '../../gpu/measure/attention';
import type { Reference } from '../../gpu/reference/model';
import { HEAD_MEASURES } from '../../gpu/run-types';
import type { Outcome } from './tiny-engine';
import { play, someTokens, spec, tinyEngine } from './tiny-engine';

const LANES = ['k=3 v=3', 'k=2 v=8 sinks=1 window=4'];
const SELECTED = { layer: 1, head: 1 };
/** Probabilities agree to 1e-5 where all codes do; a flipped code or FP16 rounding of one row moves some by up to 1e-3. */
const TOLERANCE = 2e-3;
const prompt = someTokens(75);
const forced = someTokens(4, 200, 5);
let reference: Reference;
let got: Outcome;

beforeAll(async () => {
  const model = { heads: 2, kvHeads: 1, headDim: 64, hidden: 128, ffn: 128, types: 'Q8_0' } as const;
  const tiny = await tinyEngine(await openGpu(), model);
  reference = tiny.reference;
  got = await play(tiny.engine, spec(LANES, { prompt, forced }), (run) => run.select(SELECTED));
});

/** Attention [layer][head] of the query of decode step `step`. */
function attention(lane: string, step: number): Float32Array[][] {
  const tokens = [...prompt, ...forced.slice(0, step)];
  const config = parseLane(lane);
  return reference
    .forward(tokens, { config, promptTokens: prompt.length, attention: true })
    .attention.map((heads) => heads.map((rows) => rows[rows.length - 1]));
}

test('the prefill row has no attention; every later step has', () => {
  expect(got.frames[0]).toMatchObject({ heads: new Float32Array(0), row: null });
  for (const { heads, row } of got.frames.slice(1)) {
    expect(heads).toHaveLength(LANES.length * 2 * 2 * HEAD_MEASURES.length);
    expect(row).toMatchObject(SELECTED);
  }
});

test.each([1, 3])(
  'step %i: measures of every layer, head and lane, and the selected row, are those of the reference',
  (step) => {
    const { heads, row } = got.frames[step];
    const shadow = attention('k=16 v=16 prefill=fp16 self=fp16', step);
    const rows = [shadow, ...LANES.map((lane) => attention(lane, step))];
    rows.slice(1).forEach((layers, lane) => {
      layers.forEach((all, l) => {
        all.forEach((probabilities, h) => {
          const want = headMeasures(shadow[l][h], probabilities);
          HEAD_MEASURES.forEach((name, i) => {
            const value = heads[((l * LANES.length + lane) * all.length + h) * HEAD_MEASURES.length + i];
            expect(Math.abs(value - want[name]), `${name}, lane ${lane + 1}, layer ${l}, head ${h}`).toBeLessThan(
              TOLERANCE,
            );
          });
        });
      });
    });
    expect(row?.length).toBe(prompt.length + step);
    rows.forEach((layers, lane) => {
      const want = layers[SELECTED.layer][SELECTED.head];
      const drawn = Array.from(row?.lanes[lane] ?? [], f16ToNumber);
      expect(drawn).toHaveLength(want.length);
      expect(Math.max(...drawn.map((p, t) => Math.abs(p - want[t])))).toBeLessThan(2 ** -11 + TOLERANCE);
      const profile = distanceProfile(want);
      row?.bins[lane].forEach((mass, i) => {
        expect(Math.abs(mass - profile[i])).toBeLessThan(TOLERANCE);
      });
    });
  },
);
