import { expect, test } from 'vitest';
import { decisionsOf, ranges } from '../../../gpu/kv/decisions';
import { parseLane } from '../../../gpu/kv/lane';
import type { LaneEviction } from '../../../gpu/kv/lane-eviction';
import { MixPlan } from '../../../gpu/kv/mix-plan';
import { PlanePlan } from '../../../gpu/kv/plane-plan';
import { policyFor } from '../../../gpu/kv/registry';
import { plansOf } from './plan';

const LAYERS = 2;
const HEADS = 2;
const CAP = 40;
const TOKENS = 12;
const SIDES = ['k', 'v'] as const;

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);
const all = upTo(TOKENS);
const base = upTo(LAYERS).map(() => ({ codes: 0, scales: 0 }));
const fresh = (j: number) => j;
const silent = { measured: null } as LaneEviction;

/** Keys and values of a lane whose layers keep these prompt rows, by head. */
function planesOf(lane: string, kept: readonly number[][][], pinned: number[][] = [], copies = 1): PlanePlan[] {
  const config = parseLane(lane);
  return SIDES.map((name) => {
    const plan = new PlanePlan(base, HEADS, 64, config, name, policyFor(config), CAP, false, copies);
    for (const layer of upTo(LAYERS)) plan.fill(layer, kept[layer], fresh, pinned[layer]);
    plan.length = TOKENS;
    return plan;
  });
}

test('positions as ranges', () => {
  expect(ranges([])).toBe('');
  expect(ranges([0, 1, 2, 5, 7, 8])).toBe('0-2,5,7-8');
});

test('widths are told where layers differ, and nothing where nothing was decided', () => {
  const plans = plansOf('k=4 v=2', { cap: 4 });
  expect(decisionsOf(parseLane('k=4 v=2'), 3, plans, undefined)).toEqual({});
  expect(decisionsOf(parseLane('k=4 v=2 skipFirst=1 pairs=2:8.3'), 3, plans, undefined)).toEqual({
    pairs: [
      [16, 16],
      [4, 2],
      [8, 3],
    ],
  });
});

test('an eviction without a codec tells what is held, and what it measured', () => {
  const lane = 'k=16 v=16 prefill=fp16';
  const plans = planesOf(lane, [[[0, 1, 2, 9, 10, 11], all.slice(4)], [all]]);
  const measured = { values: [0.93, 0.4], threshold: 0.9 };
  const kept = [['0-2,9-11', '4-11'], ['0-11']];
  expect(decisionsOf(parseLane(lane), LAYERS, plans, silent)).toEqual({ kept });
  const eviction = { measured } as LaneEviction;
  expect(decisionsOf(parseLane(lane), LAYERS, plans, eviction)).toEqual({ kept, layers: measured });
});

test('lists that go by query head are told by query head', () => {
  const lane = 'k=16 v=16 prefill=fp16';
  const plans = planesOf(
    lane,
    [
      [
        [0, 9],
        [1, 9],
        [2, 9],
        [3, 9],
      ],
      [all],
    ],
    [],
    2,
  );
  expect(decisionsOf(parseLane(lane), LAYERS, plans, silent)).toEqual({
    kept: [['0,9', '1,9', '2,9', '3,9'], ['0-11']],
  });
});

test.each(['k=4 v=2', 'k=16 v=2'])('%s: of the rows that are held, those of the window are exact', (widths) => {
  const lane = `${widths} prefill=fp16 window=3`;
  const plans = planesOf(lane, [[[0, 1, 8, 9, 10, 11], all], [all]]);
  for (const plan of plans) plan.append(0);
  expect(decisionsOf(parseLane(lane), LAYERS, plans, silent)).toEqual({
    kept: [['0-1,8-12', '0-12'], ['0-12']],
    exact: [['10-12'], ['10-12']],
  });
});

test('layers that are skipped are exact', () => {
  const lane = 'k=4 v=4 prefill=fp16 window=2 skipFirst=1';
  const { exact } = decisionsOf(parseLane(lane), LAYERS, planesOf(lane, [[all], [all]]), silent);
  expect(exact).toEqual([['0-11'], ['10-11']]);
});

test('sinks found by their activations are told by layer and count as exact', () => {
  const config = parseLane('k=4 v=4 prefill=fp16 window=2');
  Object.assign(config.keep, { sinkRule: 'massive', sinks: 2 });
  const plans = planesOf('k=4 v=4 prefill=fp16 window=2', [[all], [all]], [[7, 0], []]);
  expect(decisionsOf(config, LAYERS, plans, undefined)).toEqual({
    exact: [['0,7,10-11'], ['10-11']],
    pinned: ['0,7', ''],
  });
});

test('two classes by salience: which tokens have the fewer bits, and which came since', () => {
  const config = parseLane('system=zipcache gap=4');
  const plans = SIDES.map((name) => {
    const plan = new MixPlan(base, HEADS, 64, config, name, CAP);
    for (const layer of upTo(LAYERS)) {
      const low = (head: number) => (layer === 0 ? [7, 2, 3] : [head, 4]);
      const heads = upTo(HEADS).map((head) => ({
        low: low(head),
        high: all.filter((t) => !low(head).includes(t)),
      }));
      plan.fill(layer, heads, fresh);
    }
    plan.filled(TOKENS);
    plan.append(0);
    return plan;
  });
  expect(decisionsOf(config, LAYERS, plans, undefined)).toEqual({
    classes: [['2-3,7'], ['0,4', '1,4']],
    exact: [['12'], ['12']],
  });
});
