import { expect, test } from 'vitest';
import { exactRows } from '../../../gpu/kv/footprint';
import { parseLane } from '../../../gpu/kv/lane';
import { SideCache } from '../../../gpu/reference/side-cache';

const D = 64;

/** For the query of each token i: which of rows 0..i it reads exact (x) or coded (.). */
function picture(lane: string, tokens: number): string[] {
  const cache = new SideCache(parseLane(lane), 'k', D);
  const rows = Array.from({ length: tokens }, (_, t) =>
    Float32Array.from({ length: D }, (_, c) => (t + 1) * Math.fround(Math.sin(c * c))),
  );
  const exact = new SideCache(parseLane('k=16 v=16'), 'k', D);
  return rows.map((row, i) => {
    cache.append(row);
    exact.append(row);
    const same = (j: number) => cache.read(j, i, false).every((x, c) => x === exact.read(j, i, false)[c]);
    return Array.from({ length: i + 1 }, (_, j) => (same(j) ? 'x' : '.')).join('');
  });
}

test('window 0: not even the own row is exact', () => {
  expect(picture('k=2 v=2', 3)).toEqual(['.', '..', '...']);
});

test('window 2 counts the own row, sinks stay', () => {
  expect(picture('k=2 v=2 window=2 sinks=1', 5)).toEqual(['x', 'xx', 'xxx', 'x.xx', 'x..xx']);
});

test('blocks of 32 tokens begin after the sinks and are sealed by the window', () => {
  const rows = picture('k=2 v=2 along=token sinks=2 window=3', 70);
  expect(rows[35]).toBe('x'.repeat(36));
  expect(rows[36]).toBe(`xx${'.'.repeat(32)}xxx`);
  expect(rows[67]).toBe(`xx${'.'.repeat(32)}${'x'.repeat(34)}`);
  expect(rows[68]).toBe(`xx${'.'.repeat(64)}xxx`);
});

test('rows are held in f16, or as they are with the f32 codec', () => {
  const row = new Float32Array(D).fill(0.1);
  for (const [lane, value] of [
    ['k=16 v=16', 0.0999755859375],
    ['k=32 v=32', Math.fround(0.1)],
  ] as const) {
    const cache = new SideCache(parseLane(lane), 'k', D);
    cache.append(row);
    expect(cache.read(0, 0, false)[5]).toBe(value);
  }
});

test.each([
  'k=2 v=2',
  'k=2 v=2 window=5 sinks=3',
  'k=2 v=2 along=token sinks=2 window=3',
  'k=2 v=2 along=token self=fp16',
])('%s: the footprint counts the same rows exact', (lane) => {
  picture(lane, 70).forEach((row, i) => {
    expect(row.split('x').length - 1).toBe(exactRows(parseLane(lane), 'k', i + 1, 64));
  });
});
