import { describe, expect, it } from 'vitest';
import { csvOf } from '../../app/lab/rows-file';
import type { ComparedRow, LocalRow } from '../../app/lab/sensitivity/rows';
import { againstOf, bestRival, layersOf, localRows, mapOf, outcomeOf, widthsOf } from '../../app/lab/sensitivity/rows';

const local = (side: 'k' | 'v', bits: number, layer: number): LocalRow => ({
  ...{ kind: 'local', side, bits, layer, block: 0.5, tv: [0.25, 0.5], heads: [layer, bits] },
});
const rows = [local('k', 4, 1), local('v', 4, 0), local('k', 4, 0), local('k', 2, 0)];
const compared = (klMean: number, gain: number | null, gainLow: number | null, gainHigh: number | null) =>
  ({ role: 'suggested', klMean, gain, gainLow, gainHigh }) as ComparedRow;

describe('rows of the sensitivity map', () => {
  it('picks one side at one width, layers in order', () => {
    expect(widthsOf(rows)).toEqual([2, 4]);
    expect(layersOf(rows, 'k', 4).map(({ layer }) => layer)).toEqual([0, 1]);
    expect(mapOf(layersOf(rows, 'k', 4), 'heads')).toEqual(Float32Array.from([0, 4, 1, 4]));
    expect(mapOf([], 'tv')).toBe(null);
    expect(localRows([{ kind: 'text', tokens: [1] }, ...rows])).toEqual(rows);
  });

  it('calls a difference a finding only outside its interval and above the spread of noise', () => {
    const flat = compared(0.1, null, null, null);
    expect(outcomeOf(compared(0.05, 0.05, 0.02, 0.08), flat)).toBe('better');
    expect(outcomeOf(compared(0.2, -0.1, -0.15, -0.05), flat)).toBe('worse');
    expect(outcomeOf(compared(0.05, 0.05, -0.01, 0.08), flat)).toBe('open');
    // 10 % less, and certain: still within what rounding noise does.
    expect(outcomeOf(compared(0.09, 0.01, 0.009, 0.011), flat)).toBe('open');
    expect(outcomeOf(compared(0.05, 0.05, null, null), flat)).toBe('open');
  });

  it('holds the suggestion against the strongest other flat pair', () => {
    const lane = (role: string, klMean: number, behind: number) =>
      ({ role, klMean, behind, behindLow: behind - 0.005, behindHigh: behind + 0.005 }) as ComparedRow;
    const [flat, suggested] = [lane('flat', 0.1, 0.04), lane('suggested', 0.06, 0)];
    const rivals = [lane('flat', 0.2, 0.14), lane('flat', 0.05, -0.01), lane('turned', 0.01, -0.05)];
    expect(bestRival([flat, suggested, ...rivals])).toBe(rivals[1]);
    expect(bestRival([flat, suggested])).toBe(null);
    expect(againstOf(rivals[1], suggested)).toBe('worse');
    expect(againstOf(rivals[0], suggested)).toBe('better');
    // A tenth of the larger mean is what noise does.
    expect(againstOf(lane('flat', 0.055, -0.006), suggested)).toBe('open');
  });

  it('writes a CSV with lists as words and texts quoted where they must be', () => {
    expect(csvOf([{ a: 1, b: [0.5, 2], c: 'x,"y"', d: null }])).toBe('a,b,c,d\n1,0.5 2,"x,""y""",\n');
  });
});
