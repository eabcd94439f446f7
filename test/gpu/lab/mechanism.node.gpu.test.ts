import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CacheRow, WeightRow } from '../../../gpu/lab/experiments/mechanism';
import type { FindingRow } from '../../../gpu/lab/mechanism/claim';
import { channelSpread } from '../../../gpu/measure/channels';
import { frobenius, spectral } from '../../../gpu/measure/norm';
import { matmul, rmsNorm } from '../../../gpu/reference/math';
import { frequencies, rope } from '../../../gpu/reference/rope';
import { readWeights } from '../../../gpu/reference/weights';
import { planLab } from '../../../workers/lab/lab';
import { someTokens } from '../tiny-engine';
import { runAll } from './run-all';
import { tinyLab } from './tiny-lab';

const MODEL = { arch: 'qwen2', layers: 5, heads: 2, kvHeads: 1, headDim: 32, hidden: 64, context: 256 } as const;
const tokens = someTokens(40);
const settings = { tokens, promptTokens: 30, bits: 3 };
let work: Awaited<ReturnType<typeof tinyLab>>;
let rows: Record<string, object[]>;

beforeAll(async () => {
  work = await tinyLab(MODEL);
  rows = await runAll('mechanism', settings, work);
}, 400_000);
afterAll(() => work?.free());

test('norms of the weights, and the size of the key bias', async () => {
  const { layers } = await readWeights(work.model.file);
  for (const row of rows.weights as WeightRow[]) {
    const { k, v, kBias } = layers[row.layer];
    expect(row.kSpectral).toBeCloseTo(spectral(k.values, k.rows, k.cols), 4);
    expect(row.vFrobenius).toBeCloseTo(frobenius(v.values), 4);
    expect(row.kBias).toBeCloseTo(frobenius(kBias as Float32Array), 4);
  }
});

test('the cache of the first layer is what its projections make of the text', async () => {
  const { layers, embedding } = await readWeights(work.model.file);
  const fed = tokens.slice(0, 39);
  const x = new Float32Array(fed.length * 64);
  for (const [i, id] of fed.entries()) x.set(embedding.values.subarray(id * 64, (id + 1) * 64), i * 64);
  const [first] = layers;
  const h = rmsNorm(x, first.attnNorm, work.model.file.config.normEps);
  const [k, v] = [matmul(h, first.k, first.kBias), matmul(h, first.v, first.vBias)];
  const before = channelSpread(k, 32);
  rope(k, 32, 0, frequencies(work.model.file.config));
  const [key, value] = [channelSpread(k, 32), channelSpread(v, 32)];
  const row = rows.cache[0] as CacheRow;
  expect(row.tokens).toBe(39);
  // FP16 rows: eleven bits of each value.
  expect(row.kSpectral / key.spectral).toBeCloseTo(1, 3);
  expect(row.vFrobenius / value.frobenius).toBeCloseTo(1, 3);
  expect(row.kKurtosis / key.kurtosis).toBeCloseTo(1, 2);
  expect(row.kWorst / key.worst).toBeCloseTo(1, 2);
  expect(row.kWorstUnrotated / before.worst).toBeCloseTo(1, 2);
  expect([row.kOutliers, row.vOutliers]).toEqual([key.outliers, value.outliers]);
});

test('a finding by ratio: counts and correlation over the layers', () => {
  const caches = rows.cache as CacheRow[];
  for (const row of caches) for (const error of [row.kError, row.vError, row.kTv]) expect(error).toBeGreaterThan(0);
  const found = rows.claim as FindingRow[];
  expect(found.map(({ ratio }) => ratio)).toEqual([
    'weightSpectral',
    'weightFrobenius',
    'cacheSpectral',
    'cacheFrobenius',
    'kurtosis',
  ]);
  for (const { n, larger, errsMore, rho, p } of found) {
    expect(n).toBe(5);
    expect(larger).toBeLessThanOrEqual(5);
    expect(errsMore).toBe(caches.filter(({ kError, vError }) => kError > vError).length);
    expect(Math.abs(rho)).toBeLessThanOrEqual(1);
    expect(p).toBeGreaterThan(0);
  }
});

test.each([
  [{ bits: 16 }, '1 to 8 bits'],
  [{ lane: 'magic=1' }, 'magic'],
  [{ text: '', tokens: null, promptTokens: null }, 'no text'],
])('refuses %j', (more, message) =>
  expect(() => planLab('mechanism', { ...settings, ...more }, work.model)).toThrow(message),
);
