import { describe, expect, test } from 'vitest';
import { contains, lastNumber, normalised } from '../../../gpu/measure/answer-text';
import { rougeL } from '../../../gpu/measure/rouge';
import type { TaskRow } from '../../../gpu/measure/task-row';
import { FP16, leastShare } from '../../../gpu/measure/task-row';
import { depthCells, isSolved, taskCells } from '../../../gpu/measure/task-table';

describe('answers as text', () => {
  test.each([
    ['The CODE is: 649.', 'the code is 649'],
    ['  Ünïcode, “quotes”\nand-dashes ', 'ünïcode quotes and dashes'],
    ['1,234,567 or 3.5 or −2', '1234567 or 3.5 or -2'],
    ['24-21=3', '24 21 3'],
    ['ﬁsh １２', 'fish 12'],
    ['', ''],
  ])('%j reads %j', (text, expected) => expect(normalised(text)).toBe(expected));

  test('a value is found as whole words only', () => {
    expect(contains('It is 112.', '12')).toBe(false);
    expect(contains('It is 12!', '12')).toBe(true);
    expect(contains('the  Quiet\ncoin', 'quiet coin')).toBe(true);
    expect(contains('anything', '...')).toBe(false);
  });

  test('the last number', () => {
    expect(lastNumber('first 3, then 24-21=3; so 3+5=8 coins')).toBe(8);
    expect(lastNumber('it is -4.')).toBe(-4);
    expect(lastNumber('version v2 has none')).toBe(null);
    expect(lastNumber('1,000 coins')).toBe(1000);
  });
});

test('ROUGE-L, by hand: the longest common subsequence of words', () => {
  // common: "police kill the gunman" loses "killed": police, the, gunman = 3 of 4 and 4 words.
  expect(rougeL('police kill the gunman', 'police killed the gunman')).toBeCloseTo(0.75, 12);
  expect(rougeL('the gunman kill police', 'police killed the gunman')).toBeCloseTo(0.5, 12);
  // 2 of 3 words against 2 of 5: 2 * 2 / 8.
  expect(rougeL('a b x', 'A. c b! d e')).toBeCloseTo(0.5, 12);
  expect(rougeL('', 'something')).toBe(0);
  expect(rougeL('', '')).toBe(1);
});

describe('rows to cells', () => {
  const pairs = Array.from({ length: 8 }, (_, i) => `k=${i + 1} v=4`);
  const row = (i: number, group: number, ok: number[], more: Partial<TaskRow> = {}): TaskRow => ({
    ...{ task: 'needle', length: 128, i, band: i % 2, chance: 0.5, group, prompt: 100, tokens: 4 },
    ...{ ok, kept: ok.map((one) => (one ? 1 : 0.5)), kl: ok.map((_, at) => at), top: ok.map(() => 3), ms: 10 },
    ...more,
  });
  const seven = [1, 1, 0, 0, 0, 0, 0];
  const rows = [
    row(0, -1, [1], { kl: [0], top: [4] }),
    row(1, -1, [0], { kl: [0], top: [4] }),
    row(0, 0, seven),
    row(1, 0, seven, { tokens: 6 }),
    row(0, 1, [0]),
    row(1, 1, [1]),
  ];
  const cells = taskCells(rows, pairs);
  const cell = (lane: string) => cells.find((one) => one.lane === lane);

  test('a lane by its place in its group', () => {
    expect(cells.map(({ lane }) => lane)).toEqual([FP16, ...pairs]);
    expect(cell(FP16)).toMatchObject({ n: 2, right: 1, lost: 0, won: 0, kl: 0, sameTop: 1, chance: 0.5, kept: 0.75 });
    expect(cell('k=8 v=4')).toMatchObject({ n: 2, right: 1, lost: 1, won: 1, kl: 0, ms: 20 });
  });

  test('KL and same-top count tokens, not questions', () => {
    // lane 2 of the group: KL sums 1 and 1 over 4 + 6 tokens; 3 + 3 of 10 alike.
    expect(cell('k=2 v=4')).toMatchObject({ kl: 0.2, sameTop: 0.6, right: 2, lost: 0, won: 1, rouge: null });
  });

  test('nothing compared is not zero', () => {
    const [empty] = taskCells([row(0, 0, seven, { tokens: 0, rouge: seven })], pairs);
    expect(empty).toMatchObject({ kl: null, sameTop: null, rouge: 1 });
  });

  test('by depth', () => {
    expect(depthCells(rows, pairs).filter(({ lane }) => lane === 'k=8 v=4')).toEqual([
      { length: 128, lane: 'k=8 v=4', band: 0, n: 1, right: 0 },
      { length: 128, lane: 'k=8 v=4', band: 1, n: 1, right: 1 },
    ]);
    expect(depthCells([row(0, -1, [1], { band: null })], pairs)).toEqual([]);
  });

  test('what FP16 must reach', () => {
    const fp16 = cells[0];
    expect([isSolved(fp16, 0.5), isSolved(fp16, 0.6)]).toEqual([true, false]);
    expect([leastShare('Pocket.q8_0'), leastShare('SmolLM2-135M'), leastShare('Pocketful')]).toEqual([0.95, 0.6, 0.6]);
  });
});
