import { describe, expect, it } from 'vitest';
import type { CompareRow } from '../../../app/compare/compareData';
import { frontier, ranked } from '../../../app/compare/rank';

const row = (lane: number, bits: number, median: number | null): CompareRow => ({
  ...{ lane, title: `lane ${lane}`, detail: '', entry: null, isRun: true, isCustom: false, bitsLater: bits },
  size: { bits, codes: bits, bytes: bits * 100, measured: true },
  kl:
    median === null
      ? null
      : { steps: 64, median, low: median / 2, high: median * 2, p99: median * 9, sameTop: 1 - median },
});
const places = (rows: CompareRow[], by: Parameters<typeof ranked>[1]) =>
  ranked(rows, by).map(({ row, rank, tie }) => `${row.lane}:${rank}${tie ? '=' : ''}`);

describe('ranked', () => {
  it('puts the smallest KL first and lets lanes within the spread of a rank share it', () => {
    const rows = [row(1, 4, 0.1), row(2, 4, 0.02), row(3, 4, 0.023), row(4, 4, 0.0235)];
    expect(places(rows, 'median')).toEqual(['2:1', '3:1=', '4:3', '1:4']);
  });

  it('does not chain: nobody shares a rank with a lane further away than the spread', () => {
    const rows = [row(1, 4, 0.1), row(2, 4, 0.11), row(3, 4, 0.12)];
    expect(places(rows, 'median')).toEqual(['1:1', '2:1=', '3:3']);
  });

  it('ranks same-top from the top, sizes from the bottom, and only equals share a rank there', () => {
    const rows = [row(1, 5, 0.1), row(2, 4, 0.2), row(3, 4, 0.3)];
    expect(places(rows, 'sameTop')).toEqual(['1:1', '2:2', '3:3']);
    expect(places(rows, 'bits')).toEqual(['2:1', '3:1=', '1:3']);
  });

  it('ranks nobody before there is a step, and keeps exact zeros together', () => {
    expect(places([row(1, 4, null), row(2, 5, null)], 'median')).toEqual(['1:null', '2:null']);
    expect(places([row(1, 16, 0), row(2, 16, 0), row(3, 8, 1e-5)], 'median')).toEqual(['1:1', '2:1=', '3:3']);
  });
});

describe('frontier', () => {
  it('keeps lanes that nothing smaller or equal beats', () => {
    const rows = [row(1, 8, 0.001), row(2, 4, 0.02), row(3, 4, 0.03), row(4, 5, 0.02), row(5, 2, 1)];
    expect([...frontier(rows)].sort()).toEqual([1, 2, 5]);
  });
});
