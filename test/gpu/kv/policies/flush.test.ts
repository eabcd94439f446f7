import { describe, expect, test } from 'vitest';
import type { SidePlan } from '../../../../gpu/kv/side-plan';
import { sourceAt } from '../../../../gpu/kv/slot-entry';
import { planOf } from '../plan';

const PROMPT = 10;

/** Rows that the query of each token after the prompt reads exact; and, at each, coded rows that were coded again. */
function decode(plan: SidePlan, tokens: number): { exact: number[][]; again: number[] } {
  plan.fill(PROMPT, (j) => j);
  const out = { exact: [] as number[][], again: [] as number[] };
  for (let t = PROMPT; t < tokens; t++) {
    const ops = plan.append(0);
    const rows = Array.from({ length: t + 1 }, (_, j) => j);
    out.exact.push(rows.filter((j) => !plan.isCoded(plan.slots[j])));
    out.again.push(
      ops.filter(({ source, to }) => source === (0x80000000 | ((to >>> 28) << 27) | (to & 0x7ffffff)) >>> 0).length,
    );
  }
  return out;
}

describe('Hugging Face: the prompt at once, generated tokens 4 at a time', () => {
  const lane = 'system=hf k=4 v=4 window=4';

  test('no row of the prompt is exact; the fourth token still reads four exact rows, the fifth none but its own', () => {
    const { exact } = decode(planOf(lane, { cap: 32, prompt: PROMPT }), 16);
    expect(exact).toEqual([[10], [10, 11], [10, 11, 12], [10, 11, 12, 13], [14], [14, 15]]);
  });

  test('at the flush every row coded before is coded again, in its place', () => {
    const { again } = decode(planOf(lane, { cap: 32, prompt: PROMPT }), 20);
    expect(again).toEqual([0, 0, 0, 0, 10, 0, 0, 0, 14, 0]);
    expect(decode(planOf(`${lane} requantOnFlush=off`, { cap: 32, prompt: PROMPT }), 20).again).toEqual(
      new Array(10).fill(0),
    );
  });

  test('groups of tokens are not coded again', () => {
    const { again } = decode(planOf(`${lane} k.group=16 k.along=token`, { cap: 64, prompt: PROMPT }), 60);
    expect(Math.max(...again)).toBe(0);
  });

  test('groups over all rows: every flush codes all rows anew into the other class, in the order of tokens', () => {
    const plan = planOf(`${lane} axisKey=-1`, { cap: 32, prompt: PROMPT });
    plan.fill(PROMPT, (j) => j);
    const flushes: number[][] = [];
    let before = plan.slots.slice();
    for (let t = PROMPT; t < 20; t++) {
      const ops = plan.append(0);
      const coded = ops.filter(({ to }) => plan.isCoded(to));
      if (coded.length > 0) {
        flushes.push([t, coded.length, coded[0].to >>> 28, plan.firstChanged]);
        expect(coded.map(({ to }) => to & 0xfffffff)).toEqual(coded.map((_, i) => i));
        expect(coded.map(({ source }) => source)).toEqual(coded.map((_, j) => sourceAt(before[j])));
        expect(new Set(coded.map(({ to }) => to >>> 28)).has(before[0] >>> 28)).toBe(false);
      }
      before = plan.slots.slice();
    }
    const [even, odd] = [plan.codedClass.index, plan.codedClass.index === 1 ? 2 : 1];
    expect(flushes).toEqual([
      [14, 14, odd, 0],
      [18, 18, even, 0],
    ]);
  });
});

test('each token sees itself exact, then is coded', () => {
  const { exact } = decode(planOf('system=kvtuner', { cap: 32, prompt: PROMPT }), 13);
  expect(exact).toEqual([[10], [11], [12]]);
});

describe('KIVI with a window of 32', () => {
  const lane = 'system=kvtuner scheme=kivi';

  test('keys are exact until 32 are together', () => {
    const { exact } = decode(planOf(lane, { cap: 64, prompt: PROMPT }), 34);
    expect(exact[31 - PROMPT]).toHaveLength(32);
    expect(exact[32 - PROMPT]).toEqual([32]);
  });

  test('a query reads the newest 32 values exact beside its own', () => {
    const { exact } = decode(planOf(lane, { cap: 64, prompt: PROMPT }, 'v'), 40);
    expect(exact[33 - PROMPT]).toEqual(Array.from({ length: 33 }, (_, i) => i + 1));
  });
});
