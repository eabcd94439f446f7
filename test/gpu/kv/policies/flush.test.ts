import { describe, expect, test } from 'vitest';
import type { SidePlan } from '../../../../gpu/kv/side-plan';
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
    const { again } = decode(planOf(`${lane} group=16 axisKey=-1`, { cap: 64, prompt: PROMPT }), 60);
    expect(Math.max(...again)).toBe(0);
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
