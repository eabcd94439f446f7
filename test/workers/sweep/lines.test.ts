import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openLines } from '../../../workers/sweep/lines';

const folder = mkdtempSync(join(tmpdir(), 'kvscope-lines-'));
const path = join(folder, 'out.jsonl');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => rmSync(path, { force: true }));

const head = { version: 1, experiment: 'grid' };
const one = { pass: 'one', rows: [{ kl: 0.5 }], ms: 3 };
const two = { pass: 'two', rows: [{ kl: 0.25 }], ms: 4 };
const open = (given: object = head) => openLines(path, given, () => {});
const text = () => readFileSync(path, 'utf8');
const whole = (...lines: object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

test('begins with the head, and goes on from what is there', () => {
  open().add(one);
  const again = open();
  expect(again.given).toEqual({ one: one.rows });
  again.add(two);
  expect(text()).toBe(whole(head, one, two));
});

test('prints where there is no file', () => {
  const printed: object[] = [];
  const lines = openLines(null, head, (value) => printed.push(value));
  lines.add(one);
  expect(printed).toEqual([head, one]);
  expect(lines.given).toEqual({ one: one.rows });
});

test.each([1, 5, JSON.stringify(two).length])('takes out a last line that is cut by %i characters', (cut) => {
  writeFileSync(path, whole(head, one, two).slice(0, -1 - cut));
  const lines = open();
  expect(lines.given).toEqual({ one: one.rows });
  lines.add(two);
  expect(text()).toBe(whole(head, one, two));
});

test('a last line that lacks nothing but its end counts', () => {
  writeFileSync(path, whole(head, one).slice(0, -1));
  const lines = open();
  expect(lines.given).toEqual({ one: one.rows });
  lines.add(two);
  expect(text()).toBe(whole(head, one, two));
});

test('a line that was glued to half a line is run again, those behind it are not', () => {
  writeFileSync(path, `${JSON.stringify(head)}\n{"pass":"ze${JSON.stringify(one)}\n${JSON.stringify(two)}\n`);
  expect(open().given).toEqual({ two: two.rows });
  expect(text()).toBe(whole(head, two));
});

test('half a head begins anew', () => {
  writeFileSync(path, JSON.stringify(head).slice(0, 9));
  expect(open().given).toEqual({});
  expect(text()).toBe(whole(head));
});

test.each([
  ['another experiment', whole({ ...head, experiment: 'length' }, one)],
  ['half a line behind another head', `${whole({ version: 1 })}{"pa`],
  ['something else altogether', 'Dear diary'],
])('refuses a file of %s and leaves it alone', (_, content) => {
  writeFileSync(path, content);
  expect(() => open()).toThrow('results of other settings');
  expect(text()).toBe(content);
});
