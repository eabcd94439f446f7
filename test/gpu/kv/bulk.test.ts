import { expect, test } from 'vitest';
import { decisionsOf } from '../../../gpu/kv/decisions';
import { formatLane, parseLane } from '../../../gpu/kv/lane';
import { laneBytes } from '../../../gpu/kv/lane-bytes';
import { PlanePlan } from '../../../gpu/kv/plane-plan';
import { policyFor } from '../../../gpu/kv/registry';
import type { ModelConfig } from '../../../gpu/model/config';

const DIMS = { layers: 3, kvHeads: 2, headDim: 64 };
const CAP = 40;
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

/** Keys and values after a prompt of `prompt` tokens and `more` generated ones. */
function plansOf(lane: string, prompt: number, more = 0): PlanePlan[] {
  const config = parseLane(lane);
  const base = upTo(DIMS.layers).map(() => ({ codes: 0, scales: 0 }));
  return (['k', 'v'] as const).map((name) => {
    const plan = new PlanePlan(base, DIMS.kvHeads, DIMS.headDim, config, name, policyFor(config), CAP, false);
    for (const layer of upTo(DIMS.layers)) plan.fill(layer, [upTo(prompt)], (j) => j);
    plan.length = prompt;
    for (const t of upTo(more)) plan.append(t);
    return plan;
  });
}

test('the setting is a word of the lane and comes back; spans that end before they begin are refused', () => {
  const lane = 'system=akvq bulk=3-9,12';
  expect(parseLane(lane).bulk).toEqual({
    bits: 2,
    spans: [
      [3, 9],
      [12, 12],
    ],
  });
  expect(formatLane(parseLane(lane))).toBe(lane);
  expect(parseLane('system=akvq bulk=none')).toEqual(parseLane('system=akvq'));
  expect(() => parseLane('system=akvq bulk=9-3')).toThrow('"9-3" ends before it begins');
  expect(() => parseLane('system=akvq bulk=3-')).toThrow('bulk=3- is not possible');
  expect(() => parseLane('system=akvq bulk=3-9 k.along=token k.group=32')).toThrow('along=token');
});

test('in text layers marked tokens have 2 bits, the others 4; the window stays exact until it has passed', () => {
  const lane = 'system=akvq recent=4 pivots=0 bulk=2-5,14-17';
  const now = (more: number) => decisionsOf(parseLane(lane), DIMS.layers, plansOf(lane, 16, more), undefined);
  expect(now(0).classes).toEqual([['2-5'], ['2-5'], ['']]);
  expect(now(0).exact?.[0]).toEqual(['12-15']);
  // Positions 16 and 17 are marked but no part of the prompt.
  expect(now(6).classes).toEqual([['2-5,14-15'], ['2-5,14-15'], ['']]);
});

test('bits by hand: 16 tokens, 4 marked and 4 exact, in text layers and in the other', () => {
  const bitsOf = (lane: string) => laneBytes(plansOf(lane, 16), DIMS as ModelConfig).effectiveBits.k;
  const scales = 32 / 64;
  const text = (4 * (2 + scales) + 8 * (4 + scales) + 4 * 16) / 16;
  const rest = (12 * (2 + scales) + 4 * 16) / 16;
  expect(bitsOf('system=akvq recent=4 pivots=0 bulk=2-5')).toBeCloseTo((2 * text + rest) / 3, 12);
  const plain = (12 * (4 + scales) + 4 * 16) / 16;
  expect(bitsOf('system=akvq recent=4 pivots=0')).toBeCloseTo((2 * plain + rest) / 3, 12);
});
