import { describe, expect, test } from 'vitest';
import type { GridRow } from '../../../app/lab/grid/gridData';
import { axesOf, bestWithin, frontierOf, pairRows, pairsCsv } from '../../../app/lab/grid/gridData';
import { summarize } from '../../../gpu/measure/summary';

const table = summarize({ kl: [], nll: [], nllBase: [], dp: [], sameTop: [] });
const row = (k: number, v: number, bits: number, klMedian: number, kl99 = klMedian * 5): GridRow => ({
  ...{ ...table, klMedian, kl99, k, v, bits, lane: `k=${k} v=${v}` },
  ...{ kBits: bits, vBits: bits, bytes: bits * 100, fp16Bytes: 1600, tokens: 10 },
});
const names = (rows: GridRow[]) => rows.map(({ k, v }) => `${k}/${v}`);

const ROWS = [
  row(16, 16, 16, 0),
  row(8, 8, 9, 0.001),
  row(4, 4, 5, 0.02),
  row(5, 3, 5, 0.03),
  row(3, 4, 4.5, 0.09),
  row(4, 3, 4.5, 0.04),
  row(4, 2, 4, 0.045),
  row(2, 4, 4, 0.5),
  row(2, 2, 3, 0.6),
];

describe('the frontier', () => {
  test('leaves out what a smaller or an equally small pair beats', () => {
    expect(names(frontierOf(ROWS, 'klMedian'))).toEqual(['2/2', '4/2', '4/3', '4/4', '8/8', '16/16']);
  });
  test('keeps pairs that are equal in both', () => {
    expect(names(frontierOf([row(4, 2, 4, 0.1), row(2, 4, 4, 0.1)], 'klMedian'))).toEqual(['4/2', '2/4']);
  });
  test('goes by the figure asked for', () => {
    const rows = [row(4, 2, 4, 0.1, 0.9), row(2, 4, 4, 0.2, 0.8)];
    expect(names(frontierOf(rows, 'klMedian'))).toEqual(['4/2']);
    expect(names(frontierOf(rows, 'kl99'))).toEqual(['2/4']);
  });
});

describe('the best pair inside a budget', () => {
  test('takes the least KL that fits, and names what cannot be told from it', () => {
    const best = bestWithin(ROWS, 'klMedian', 4.5);
    expect(names([best?.row as GridRow])).toEqual(['4/3']);
    expect(names(best?.ties ?? [])).toEqual(['4/2']);
    expect(bestWithin(ROWS, 'klMedian', 4.25)).toMatchObject({ row: { k: 4, v: 2 }, ties: [] });
  });
  test('prefers the smaller one of two that are equal', () => {
    expect(bestWithin([row(8, 8, 9, 0.1), row(4, 4, 5, 0.1)], 'klMedian', 16)?.row.bits).toBe(5);
  });
  test('allows a factor of two at the 99 %', () => {
    const rows = [row(4, 4, 5, 0.02, 0.1), row(4, 3, 4.5, 0.04, 0.2), row(4, 2, 4, 0.05, 0.21)];
    expect(names(bestWithin(rows, 'kl99', 8)?.ties ?? [])).toEqual(['4/3']);
  });
  test('is nothing where nothing fits', () => expect(bestWithin(ROWS, 'klMedian', 2.5)).toBeNull());
});

test('rows of the text pass are no pairs', () => {
  expect(pairRows([{ tokens: [1, 2] }, ROWS[0]])).toEqual([ROWS[0]]);
});

test('CSV: a column for every figure, quoted where needed', () => {
  const lines = pairsCsv([{ ...ROWS[1], lane: 'pairs=0-1:4.2,5:2.2 "x"' }])
    .trimEnd()
    .split('\n');
  const head = lines[0].split(',');
  expect(head.slice(0, 5)).toEqual(['k', 'v', 'lane', 'bits', 'kBits']);
  expect(head).toContain('klMedian');
  expect(head).toContain('sameTop');
  expect(lines[1].startsWith('8,8,"pairs=0-1:4.2,5:2.2 ""x""",9,')).toBe(true);
  expect(pairsCsv([])).toBe('');
});

test('axes come from the words of a lane; words that are none have no axes', () => {
  expect(axesOf('')?.ks).toEqual([16, 8, 6, 5, 4, 3, 2]);
  expect(axesOf('system=zipcache')).toBeNull();
  expect(axesOf('nonsense')).toBeNull();
});
