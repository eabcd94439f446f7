import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import { parseLane } from '../../gpu/kv/lane';
import { headMeasures } from '../../gpu/measure/attention';
import type { Reference } from '../../gpu/reference/model';
import { HEAD_MEASURES } from '../../gpu/run-types';
import type { Outcome } from './tiny-engine';
import { play, someTokens, spec, tinyEngine, worstOf } from './tiny-engine';

/** Lanes that see coded rows while the prompt is taken in, lanes that do not, one layer alone, and FP16. */
const LANES = [
  'k=3 v=16',
  'k=16 v=3',
  'k=16 v=16',
  'k=2 v=2 window=4 prefill=fp16',
  'k=4 v=4 pairs=0-0:16.16,1-1:2.3,2-2:16.16',
];
const [KEYS, VALUES, EXACT, , ONE] = LANES.keys();
const MODEL = { layers: 3, heads: 4, kvHeads: 2, headDim: 32, hidden: 96, types: 'F16' } as const;
const prompt = someTokens(70);
const forced = someTokens(5, 200, 3);
const { layers: L, heads: H } = MODEL;
const TV = HEAD_MEASURES.indexOf('tv');

/** A flipped code moves a probability by up to this; relative L2 of mixed values by a little more. */
const TOLERANCE = 2e-3;

describe.each([false, true])('without subgroups: %s', (withoutSubgroups) => {
  let engine: Engine;
  let reference: Reference;
  let isolated: Outcome;

  beforeAll(async () => {
    ({ engine, reference } = await tinyEngine(await openGpu({ withoutSubgroups }), MODEL));
    isolated = await play(engine, spec(LANES, { prompt, forced, isolate: true }));
  }, 400_000);

  const lanesIn = ({ frames }: Outcome) => frames[0].lanes.length - 1;
  /** Squared error and size; part H = the block's output. */
  const local = (of: Outcome, step: number, layer: number, lane: number, part: number) => {
    const at = ((layer * lanesIn(of) + lane) * (H + 1) + part) * 2;
    return of.frames[step].local?.subarray(at, at + 2) as Float32Array;
  };
  const headsOf = ({ frames }: Outcome, step: number, layer: number, lane: number, head: number) => {
    const at = ((layer * LANES.length + lane) * H + head) * HEAD_MEASURES.length;
    return frames[step].heads.subarray(at, at + HEAD_MEASURES.length);
  };
  /** Sum of squared errors over all steps, heads and the block's output. */
  const layerError = (lane: number, layer: number): number => {
    let error = 0;
    for (let step = 1; step < forced.length; step++)
      for (let part = 0; part <= H; part++) error += local(isolated, step, layer, lane, part)[0];
    return error;
  };

  test('K16V16 is exactly 0 in every layer, head and step', () => {
    for (let l = 0; l < L; l++) {
      expect(layerError(EXACT, l)).toBe(0);
      for (let step = 1; step < forced.length; step++)
        for (let h = 0; h < H; h++) expect(headsOf(isolated, step, l, EXACT, h)[TV]).toBe(0);
    }
  });

  test('a lane that codes one layer errs in that layer alone', () => {
    expect([0, 1, 2].map((l) => layerError(ONE, l) > 0)).toEqual([false, true, false]);
    expect([0, 1, 2].map((l) => layerError(KEYS, l) > 0)).toEqual([true, true, true]);
  });

  test('coded values leave attention as it is; coded keys do not', () => {
    const moved = (lane: number, l: number) =>
      Math.max(...Array.from({ length: H }, (_, h) => headsOf(isolated, 2, l, lane, h)[TV]));
    for (let l = 0; l < L; l++) {
      expect(moved(VALUES, l)).toBe(0);
      expect(moved(KEYS, l)).toBeGreaterThan(1e-4);
    }
  });

  test('every lane ends with the logits of the shadow, which are those of a plain run', async () => {
    const plain = await play(engine, spec(LANES, { prompt, forced }));
    for (const [step, rows] of isolated.logits.entries()) {
      for (const row of rows) expect(row).toEqual(plain.logits[step][0]);
    }
    expect(plain.frames.every((frame) => frame.local === undefined)).toBe(true);
    expect(plain.logits[2][KEYS + 1]).not.toEqual(plain.logits[2][0]);
  });

  test('a lane errs by the same bits whatever runs beside it', async () => {
    const alone = await play(engine, spec([LANES[ONE]], { prompt, forced, isolate: true }));
    for (let step = 1; step < forced.length; step++)
      for (let l = 0; l < L; l++)
        for (let part = 0; part <= H; part++)
          expect(local(alone, step, l, 0, part)).toEqual(local(isolated, step, l, ONE, part));
  });

  test('measures are those of the reference, its layers fed with the shadow', () => {
    const shadow = reference.start(parseLane('k=16 v=16 prefill=fp16 self=fp16'));
    const lanes = LANES.map((lane) => reference.start(parseLane(lane)));
    const start = shadow.feed(prompt, { prompt: true, trace: true });
    for (const lane of lanes) lane.feed(prompt, { prompt: true, inputs: start.trace?.inputs });
    for (let step = 1; step < forced.length; step++) {
      const options = { attention: true, trace: true };
      const exact = shadow.feed([forced[step - 1]], options);
      for (const [i, lane] of lanes.entries()) {
        const own = lane.feed([forced[step - 1]], { ...options, inputs: exact.trace?.inputs });
        expect(own.logits[0]).toEqual(exact.logits[0]);
        for (let l = 0; l < L; l++) {
          for (let h = 0; h < H; h++) {
            const want = headMeasures(exact.attention[l][h][0], own.attention[l][h][0]);
            const got = headsOf(isolated, step, l, i, h);
            expect(worstOf([got[TV]], [want.tv]), `tv ${LANES[i]} ${l}.${h}`).toBeLessThan(TOLERANCE);
            const part = (x: Float32Array | undefined) => x?.subarray(h * 32, (h + 1) * 32) as Float32Array;
            near(local(isolated, step, l, i, h), part(exact.trace?.mixed[l]), part(own.trace?.mixed[l]));
          }
          const [a, b] = [exact.trace?.attended[l], own.trace?.attended[l]] as Float32Array[];
          near(local(isolated, step, l, i, H), a, b);
        }
      }
    }
  });

  function near([error, size]: Float32Array, exact: Float32Array, own: Float32Array): void {
    const squares = (of: (i: number) => number) => exact.reduce((sum, _, i) => sum + of(i) ** 2, 0);
    const [wantError, wantSize] = [squares((i) => own[i] - exact[i]), squares((i) => exact[i])];
    expect(Math.abs(size / wantSize - 1)).toBeLessThan(TOLERANCE);
    expect(Math.abs(Math.sqrt(error / size) - Math.sqrt(wantError / wantSize))).toBeLessThan(4 * TOLERANCE);
  }
});

test('isolation and own texts exclude each other', async () => {
  const { engine } = await tinyEngine(await openGpu(), MODEL);
  await expect(play(engine, spec(['k=4 v=4'], { mode: 'free-running', isolate: true }))).rejects.toMatchObject({
    code: 'bad-config',
  });
});
