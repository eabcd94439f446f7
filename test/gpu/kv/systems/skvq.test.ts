import { expect, test } from 'vitest';
import { CALIBRATION_TEXT } from '../../../../gpu/kv/calibration-text';
import { parseLane } from '../../../../gpu/kv/lane';
import { greedy } from '../../../../gpu/run-types';
import { withCalibration } from '../../../../workers/calibration';
import { holdBits } from './golden-bits';

holdBits([
  ['system=rotatekv k=2 v=2 sinkTopK=0', 2.5, 2.5],
  ['system=rotatekv k=4 v=4 sinkTopK=0', 4.5, 4.5],
  ['system=skvq group=64', 7.6927, 7.6927],
  ['system=skvq group=64 v=1.5', 7.6927, 7.3906],
  ['system=skvq', 7.592, 7.592],
  ['system=skvq group=64 window=32 v=1.5', 3.7641, 3.3192],
  ['system=skvq group=32 window=32', 3.9866, 3.9866],
  ['system=skvq group=64 window=32 scale=f16', 3.9866, 3.9866],
  ['system=skvq group=64 window=32 k=4 v=4 clip=0.96', 5.5439, 5.5439],
  ['system=skvq group=64 window=32 reorder=off', 3.7641, 3.7641],
]);

test('keys are coded before RoPE unless the lane says otherwise', () => {
  const { k, v } = parseLane('system=skvq');
  expect([k.domain, v.domain]).toEqual(['preRope', undefined]);
  expect(parseLane('system=skvq domain=postRope').k.domain).toBeUndefined();
});

test('the prompt may attend to coded rows, as the perplexity script has it', () => {
  expect(parseLane('system=skvq prefill=quant').prefill).toBe('quant');
});

const words = { encode: (text: string) => Array.from(text.split(/\s+/), (_, i) => i) };
const runOf = (...lanes: string[]) => ({
  prompt: [1],
  lanes: lanes.map(parseLane),
  ...{ mode: 'same-prefix' as const, steps: 1, decode: greedy, stops: [], moves: [], live: false, heads: false },
});

test('a run gets the calibration text where a lane learns from it, and only there', () => {
  expect(withCalibration(runOf('k=4 v=4', 'system=skvq'), words).calibration).toEqual(words.encode(CALIBRATION_TEXT));
  const without = runOf('k=4 v=4', 'system=skvq reorder=off', 'system=skvq calibration=prompt');
  expect(withCalibration(without, words)).toBe(without);
});

test('the calibration text has everything prompts are made of', () => {
  const count = words.encode(CALIBRATION_TEXT).length;
  expect(count).toBeGreaterThan(300);
  for (const part of [/"[^"]+\?"/, /\d\.\d/, /```/, /\n\n/, /Question:/]) expect(CALIBRATION_TEXT).toMatch(part);
});
