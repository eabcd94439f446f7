import { describe, expect, test } from 'vitest';
import { axisEnd } from '../../../app/lab/length/positions';
import { sizeRows } from '../../../app/lab/length/sizes';
import { binsOf, trendOf } from '../../../app/lab/length/trend';
import { defaultSettings } from '../../../app/settings';
import type { ModelSummary } from '../../../gpu/run-types';

/** Normal deviates from a counter (Box-Muller over a fixed hash). */
const noise = (i: number): number => {
  const u = (n: number) => ((Math.imul(n ^ 0x9e3779b9, 2654435761) >>> 0) + 0.5) / 2 ** 32;
  return Math.sqrt(-2 * Math.log(u(2 * i + 1))) * Math.cos(2 * Math.PI * u(2 * i + 2));
};
const series = (n: number, perToken: number, spread = 0.6) => {
  const at = Array.from({ length: n }, (_, i) => 100 + i);
  return { at, kl: at.map((position, i) => Math.exp(-3 + perToken * position + spread * noise(i))) };
};

describe('does the error accumulate', () => {
  test('a slope of ln 1.2 per 100 tokens is found, and its interval holds it', () => {
    const trend = trendOf(series(400, Math.log(1.2) / 100));
    expect(trend).toMatchObject({ kind: 'grows' });
    if (!('line' in trend)) throw new Error();
    expect(trend.low).toBeLessThan(0.2);
    expect(trend.high).toBeGreaterThan(0.2);
    expect(trend.value).toBeCloseTo(0.2, 1);
    expect(Math.log(trend.line(200)) / (-3 + (200 * Math.log(1.2)) / 100)).toBeCloseTo(1, 1);
  });

  test('falls, stands', () => {
    expect(trendOf(series(400, -0.004)).kind).toBe('shrinks');
    expect(trendOf(series(200, 0)).kind).toBe('flat');
  });

  test('a few wild steps and the exact zero of the first one change nothing', () => {
    const plain = series(300, 0);
    const kl = plain.kl.map((value, i) => (i === 0 ? 0 : i % 37 === 5 ? value * 1000 : value));
    expect(trendOf({ at: plain.at, kl: plain.kl }).kind).toBe('flat');
    expect(trendOf({ at: plain.at, kl }).kind).toBe('flat');
  });

  test('exact zeros throughout are said so; too few are no slope', () => {
    expect(trendOf({ at: [1, 2, 3], kl: [0, 0, 0] })).toEqual({ kind: 'zero' });
    expect(trendOf(series(63, 0.01))).toEqual({ kind: 'few', n: 63 });
    expect(trendOf({ at: [], kl: [] })).toEqual({ kind: 'few', n: 0 });
  });
});

test('bins hold equally many positions and their median', () => {
  const at = Array.from({ length: 10 }, (_, i) => 50 + i);
  expect(binsOf({ at, kl: [1, 2, 9, 4, 5, 6, 7, 8, 9, 3] }, 4)).toEqual([
    { from: 50, to: 52, kl: 2 },
    { from: 53, to: 55, kl: 5 },
    { from: 56, to: 58, kl: 8 },
    { from: 59, to: 59, kl: 3 },
  ]);
  expect(binsOf({ at: [1, 2], kl: [1e-4, 1e-2] }, 1)[0].kl).toBeCloseTo(1e-3, 9);
  expect(binsOf({ at: [1, 2], kl: [0, 1e-2] }, 1)[0].kl).toBe(0);
  expect(binsOf({ at: [], kl: [] })).toEqual([]);
});

test.each([
  [74, 8192, 256],
  [354, 8192, 512],
  [500, 8192, 1024],
  [500, 512, 512],
  [511, 512, 512],
])('a run to %i of a context of %i is drawn to %i', (last, context, end) => expect(axisEnd(last, context)).toBe(end));

test('sizes: FP16 and the lane first, then every system', () => {
  const model = { layers: 30, kvHeads: 3, headDim: 64 } as ModelSummary;
  const rows = sizeRows({ settings: defaultSettings(), lane: 1, model });
  expect(rows.slice(0, 2).map(({ name }) => name)).toEqual(['FP16', 'lane on show: K4 V2']);
  // 512 tokens x 30 layers x 3 heads x 64 channels x 2 sides x 2 bytes.
  expect(rows[0].at[0]?.bytes).toBe(11_796_480);
  expect(rows[1].at[0]).toMatchObject({ bytes: 11_796_480 / 4, bits: 4 });
  expect(rows.length).toBeGreaterThan(25);
  expect(sizeRows({ settings: defaultSettings(), lane: 1, model: null })).toEqual([]);
});
