import { expect, test } from 'vitest';
import { KvError } from '../../gpu/errors';
import { kernelText } from '../../gpu/kernel';
import { constLines, expand } from '../../gpu/template';

const lines = (...all: string[]) => all.join('\n');

test('loops repeat their lines with the number put in', () => {
  expect(expand(lines('#for r R', 'let a_{r} = x[{r}u];', '#end', 'end'), { R: 2 })).toBe(
    lines('let a_0 = x[0u];', 'let a_1 = x[1u];', 'end'),
  );
});

test('loops nest, count by numbers, and add constants', () => {
  const source = lines('#for r 2', '#for m M', 'a_{r}_{m} = b_{r+2}_{m+OFF};', '#end', '#end');
  expect(expand(source, { M: 2, OFF: 5 })).toBe(
    lines('a_0_0 = b_2_5;', 'a_0_1 = b_2_6;', 'a_1_0 = b_3_5;', 'a_1_1 = b_3_6;'),
  );
});

test('loops divide their number, and take the rest', () => {
  expect(expand(lines('#for v 4', 'a_{v/N}_{v%N}', '#end'), { N: 2 })).toBe(lines('a_0_0', 'a_0_1', 'a_1_0', 'a_1_1'));
});

test('a loop of none leaves nothing, and what follows it stays', () => {
  expect(expand(lines('#for r R', '#for m R', 'a_{r}_{m}', '#end', '#end', 'b'), { R: 0 })).toBe('b');
});

test('conditions keep or drop their lines, also inside each other and inside loops', () => {
  const source = lines(
    '#if A',
    'a',
    '#if !B',
    'b',
    '#end',
    '#end',
    '#if !A',
    'c',
    '#end',
    '#for i 2',
    '#if B',
    'd{i}',
    '#end',
    '#end',
  );
  expect(expand(source, { A: true, B: false })).toBe(lines('a', 'b'));
  expect(expand(source, { A: false, B: 3 })).toBe(lines('c', 'd0', 'd1'));
});

test('a constant nobody gave is an error that names it', () => {
  expect(() => expand(lines('#if WIDE', 'a', '#end'), {})).toThrow(KvError);
  expect(() => expand(lines('#for r ROWS', 'a', '#end'), {})).toThrow('unknown constant ROWS');
});

test('constants: whole numbers are u32, others f32', () => {
  expect(constLines({ K: 64, EPS: 1e-5, SCALE: 0.125, TIED: true })).toBe(
    lines('const K = 64u;', 'const EPS = 0.00001f;', 'const SCALE = 0.125f;', 'const TIED = true;'),
  );
});

const HOST = lines('fn main(@builtin(local_invocation_index) li: u32 SUBGROUP_ARGS) {', '  SUBGROUP_LET', '}');

test('one text serves adapters with and without subgroups', () => {
  const wide = kernelText({ subgroups: true }, HOST, {});
  expect(wide).toContain('subgroupAdd(x)');
  expect(wide).toContain(
    'li: u32 , @builtin(subgroup_size) sg_size: u32, @builtin(subgroup_invocation_id) sg_lane: u32)',
  );
  const narrow = kernelText({ subgroups: false }, HOST, {});
  expect(narrow).not.toContain('subgroupAdd');
  expect(narrow).toContain('let sg_size = 1u; let sg_lane = 0u;');
  expect(narrow).not.toMatch(/SUBGROUP_(ARGS|LET)/);
});

test('kernels without subgroups carry no prelude; parts come before the host and share its constants', () => {
  const text = kernelText({ subgroups: true }, lines('#if PART', 'host(K);', '#end'), { K: 8, PART: true }, [
    'part(K);',
  ]);
  expect(text).toBe(lines('const K = 8u;', 'const PART = true;', 'const SUBGROUPS = true;', 'part(K);', 'host(K);'));
});
