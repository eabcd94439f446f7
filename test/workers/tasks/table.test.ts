import { appendFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import type { TaskRow } from '../../../gpu/measure/task-row';
import { markdownOf } from '../../../workers/tasks/markdown';
import { tablesOf } from '../../../workers/tasks/table';
import { cliFolder } from '../cli';

const folder = cliFolder();
afterAll(folder.remove);

const settings = {
  ...{ tasks: ['qa', 'copy'], lengths: [64], pairs: ['k=8 v=8', 'system=kivi k=2 v=2'], depths: 5, count: 2 },
  ...{ seed: 7, form: 'auto', shots: 0, least: null },
};
const head = { version: 1, experiment: 'tasks', settings, model: 'tiny', sha256: 'ab'.repeat(32), adapter: 'cpu' };
const row = (task: string, i: number, group: number, ok: number[], kl: number[]): TaskRow => ({
  ...{ task, length: 64, i, band: null, chance: 0.25, group, prompt: 50, tokens: 2, ok, kept: ok, kl },
  ...{ top: ok.map((one) => one * 2), ms: i + 1 },
});
const lines = {
  fp16: { pass: 'qa-64-fp16-0', rows: [row('qa', 0, -1, [1], [0]), row('qa', 1, -1, [1], [0])] },
  lanes: { pass: 'qa-64-g0-0', rows: [row('qa', 0, 0, [1, 0], [0.1, 3]), row('qa', 1, 0, [1, 0], [0.3, 1])] },
  copy: { pass: 'copy-64-fp16-0', rows: [row('copy', 0, -1, [1], [0]), row('copy', 1, -1, [0], [0])] },
};
const file = (name: string, ...rest: object[]) =>
  folder.write(name, [head, ...rest].map((line) => `${JSON.stringify(line)}\n`).join(''));

test('shards of one experiment are one table, in any order, and FP16 asked twice counts once', () => {
  const whole = tablesOf([file('whole.jsonl', lines.fp16, lines.lanes, lines.copy)]);
  const parts = tablesOf([file('b.jsonl', lines.copy, lines.fp16), file('a.jsonl', lines.lanes, lines.fp16)]);
  expect(parts).toEqual(whole);
  expect(whole).toMatchObject(
    [{ model: 'tiny', least: 0.6, form: 'plain', bands: 5, receipt: /^[0-9a-f]{16}$/ }].map((one) => ({
      ...one,
      receipt: expect.stringMatching(one.receipt),
    })),
  );
  expect(whole[0].cells.map(({ task, lane, n, right }) => [task, lane, n, right])).toEqual([
    ...[
      ['qa', 'fp16', 2, 2],
      ['qa', 'k=8 v=8', 2, 2],
      ['qa', 'system=kivi k=2 v=2', 2, 0],
      ['copy', 'fp16', 2, 1],
    ],
  ]);
});

test('the receipt covers what was found, not how long it took', () => {
  const slow = { ...lines.fp16, rows: lines.fp16.rows.map((one) => ({ ...one, ms: 99 })) };
  const other = { ...lines.fp16, rows: lines.fp16.rows.map((one) => ({ ...one, kl: [1e-7] })) };
  const [a, b, c] = [lines.fp16, slow, other].map((one, i) => tablesOf([file(`r${i}.jsonl`, one)])[0].receipt);
  expect(a).toBe(b);
  expect(a).not.toBe(c);
});

test('a line cut short is left out; another experiment is refused', () => {
  const path = file('cut.jsonl', lines.fp16);
  appendFileSync(path, '{"pass":"qa-64-g0-0","rows":[{"task":"q');
  expect(tablesOf([path])[0].cells.length).toBe(1);
  writeFileSync(path, `${JSON.stringify({ ...head, experiment: 'grid' })}\n`);
  expect(() => tablesOf([path])).toThrow('no results of npm run tasks');
});

test('as Markdown: shares with their intervals, and what FP16 cannot do', () => {
  const text = markdownOf(tablesOf([file('md.jsonl', lines.fp16, lines.lanes, lines.copy)])[0]);
  expect(text).toContain('| task | tokens | n | chance | FP16 | K8 V8 | system=kivi k=2 v=2 |');
  expect(text).toContain('| qa | 64 | 2 | 25 | 100 [34, 100] | 100 [34, 100] | 0 [0, 66] |');
  expect(text).toContain('| qa | 64 | 2 | 25 | 0.00 | 0.100 | 1.00 |');
  expect(text).toContain('Not scored, FP16 below 60 %: copy 64: 50 [9, 91].');
});
