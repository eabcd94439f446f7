import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalRow } from '../../../gpu/lab/experiments/sensitivity';
import type { ComparedRow } from '../../../gpu/lab/sensitivity/compare';
import { planLab } from '../../../workers/lab/lab';
import { someTokens } from '../tiny-engine';
import { runAll } from './run-all';
import { tinyLab } from './tiny-lab';

const MODEL = { layers: 3, heads: 4, kvHeads: 2, headDim: 32, hidden: 96, context: 256 } as const;
const settings = { tokens: someTokens(52), promptTokens: 30, widths: [8, 2, 4, 3] };
let work: Awaited<ReturnType<typeof tinyLab>>;
let rows: Record<string, object[]>;

beforeAll(async () => {
  work = await tinyLab(MODEL);
  rows = await runAll('sensitivity', settings, work);
}, 400_000);
afterAll(() => work?.free());

const local = (side: string, bits: number, layer: number) =>
  [...rows['map-1'], ...rows['map-2']].find((row) => {
    const one = row as LocalRow;
    return one.side === side && one.bits === bits && one.layer === layer;
  }) as LocalRow;
const lanes = () => rows.compare as ComparedRow[];

test('a map of every layer, head, side and width; fewer bits err more', () => {
  for (const side of ['k', 'v'])
    for (const layer of [0, 1, 2]) {
      const [two, three, four, eight] = [2, 3, 4, 8].map((bits) => local(side, bits, layer));
      expect([two.tv.length, two.heads.length]).toEqual([4, 4]);
      expect(two.block).toBeGreaterThan(three.block);
      expect(three.block).toBeGreaterThan(four.block);
      expect(four.block).toBeGreaterThan(8 * eight.block);
      expect(eight.block).toBeGreaterThan(0);
    }
});

test('coded values move no attention, coded keys do', () => {
  for (const layer of [0, 1, 2]) {
    expect(local('v', 2, layer).tv).toEqual([0, 0, 0, 0]);
    expect(Math.min(...local('k', 2, layer).tv)).toBeGreaterThan(1e-3);
  }
});

test('the suggestion is no larger than the flat pair, errs less layer by layer, and its rivals stand beside it', () => {
  const [flat, suggested, ...others] = lanes();
  expect([flat.role, suggested.role, ...others.map(({ role }) => role)]).toEqual([
    'flat',
    'suggested',
    'flat',
    'flat',
    'turned',
  ]);
  expect(flat).toMatchObject({ pairs: '0-2:4.4', steps: 22, gain: null, p: null });
  expect(suggested.bytes).toBeLessThanOrEqual(flat.bytes);
  expect(suggested.local).toBeLessThanOrEqual(flat.local as number);
  expect(others.map(({ pairs }) => pairs).slice(0, 2)).toEqual(['0-2:5.3', '0-2:3.5']);
  expect(others[0].bytes).toBe(flat.bytes);
  // 5 bits were not measured.
  expect(others[0].local).toBe(null);
  for (const lane of lanes()) {
    expect(lane.lane).toContain('system=kvtuner');
    expect(lane.klMean).toBeGreaterThan(0);
    if (lane !== flat) expect(lane.gain).toBeCloseTo(flat.klMean - lane.klMean, 6);
    if (lane === suggested) expect(lane.behind).toBe(null);
    else expect(lane.behind).toBeCloseTo(lane.klMean - suggested.klMean, 6);
  }
});

test.each([
  [{ widths: [4] }, 'two widths'],
  [{ widths: [4, 9] }, '1 to 8 bits'],
  [{ k: 16 }, '1 to 8 bits'],
  [{ k: 1, v: 2 }, 'smallest width'],
  [{ lane: 'system=nobody' }, 'nobody'],
  [{ lane: 'pairs=0-1:4.4' }, 'twice'],
  [{ promptTokens: 52 }, 'nothing is left'],
])('refuses %j', (more, message) =>
  expect(() => planLab('sensitivity', { ...settings, ...more }, work.model)).toThrow(message),
);
