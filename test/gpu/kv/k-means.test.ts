import { expect, test } from 'vitest';
import type { Learn } from '../../../gpu/kv/codec';
import codec from '../../../gpu/kv/codecs/cluster';
import { uniformSide } from '../../../gpu/kv/config';
import { kMeans } from '../../../gpu/kv/k-means';
import { normals } from '../../fixtures/random';

/** Clusters renumbered in the order in which they first appear. */
const inOrder = (of: readonly number[]): number[] => {
  const seen = [...new Set(of)];
  return of.map((cluster) => seen.indexOf(cluster));
};

test('blobs far apart are the clusters, and the same ones every time', () => {
  const next = normals(2, 'blobs');
  const points = Array.from({ length: 60 }, (_, i) => [100 * (i % 4) + next(), (i % 2) * 50 + next()]);
  const of = kMeans(points, 4);
  expect(inOrder(of)).toEqual(points.map((_, i) => i % 4));
  expect(kMeans(points, 4)).toEqual(of);
});

test('two far points and one in between: the nearer pair is one cluster', () => {
  expect(inOrder(kMeans([[0], [10], [4]], 2))).toEqual([0, 1, 0]);
});

test('fewer different points than clusters', () => {
  expect(new Set(kMeans([[1], [1], [2], [2]], 3)).size).toBe(2);
});

const side = { ...uniformSide(2), codec: 'cluster' };
const { header } = codec.learn as Learn;
const idsOf = (rows: Float32Array, own: Record<string, string>) => [
  ...new Uint8Array(header(rows, { heads: 2, headDim: 32, skip: 1 }, { ...side, own }).buffer),
];

test('channels of all heads are sorted by their ranges, tokens that stay exact left out', () => {
  const rows = Float32Array.from({ length: 3 * 64 }, (_, i) => (i < 64 ? 1000 * i : i % 2 === 0 ? 50 : 1));
  expect(inOrder(idsOf(rows, {}))).toEqual(Array.from({ length: 64 }, (_, i) => i % 2));
});

test('without reordering, and without rows to learn from, neighbours share a cluster', () => {
  const halves = Array.from({ length: 64 }, (_, i) => (i < 32 ? 0 : 1));
  expect(idsOf(new Float32Array(3 * 64), { reorder: 'off' })).toEqual(halves);
  expect(idsOf(new Float32Array(64), {})).toEqual(halves);
});
