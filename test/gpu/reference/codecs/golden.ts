import { expect } from 'vitest';
import type { Side } from '../../../../gpu/kv/config';
import { uniformSide } from '../../../../gpu/kv/config';
import { referenceCodec, referenceTransform } from '../../../../gpu/reference/registry';
import { goldenTile } from '../../../fixtures/golden-tile';
import { normals } from '../../../fixtures/random';
import { goldenTiles } from './tiles';

export const sideOf = (codec: string, bits: number, more: Partial<Side> = {}): Side => ({
  ...uniformSide(bits),
  codec,
  group: 'head',
  ...more,
});

/** One head's rows of `headDim` channels through transforms, codec and back. */
export function roundTrip(rows: Float32Array, headDim: number, side: Side): Float32Array {
  const each = (values: Float32Array, work: (row: Float32Array) => void) => {
    for (let at = 0; at < values.length; at += headDim) work(values.subarray(at, at + headDim));
    return values;
  };
  const turned = rows.slice();
  for (const id of side.transforms) each(turned, referenceTransform(id).forward);
  const back = referenceCodec(side.codec).through(turned, { heads: 1, headDim }, side);
  for (const id of side.transforms.toReversed()) each(back, referenceTransform(id).inverse);
  return back;
}

export function nmse(rows: Float32Array, back: Float32Array): number {
  let [error, power] = [0, 0];
  for (const [i, x] of rows.entries()) {
    error += (back[i] - x) ** 2;
    power += x * x;
  }
  return error / power;
}

/**
 * Holds a side to its golden tile: decoded values to `within` (relative, and absolute below 1), the error to 1e-3. Most golden
 * tiles went in unrounded.
 */
export function holdTile(name: string, side: Side, within = 1e-5): void {
  const golden = goldenTiles[name];
  const tile = goldenTile();
  const back = roundTrip(tile, 64, side);
  for (const [t, wanted] of [[0, golden.d0] as const, [5, golden.d5] as const])
    for (const [c, want] of wanted.entries()) {
      const off = Math.abs(back[t * 64 + c] - want) / Math.max(1, Math.abs(want));
      expect(off, `${name}, row ${t}, channel ${c}: ${back[t * 64 + c]} for ${want}`).toBeLessThanOrEqual(within);
    }
  expect(nmse(tile, back) / golden.nmse).toBeCloseTo(1, 3);
}

/** Holds the error on 2048 rows of N(0, 1) to a published one within 2 %. */
export function holdError(side: Side, want: number, headDim = 64): void {
  const next = normals(1, 'a');
  const rows = Float32Array.from({ length: 2048 * headDim }, next);
  const ratio = nmse(rows, roundTrip(rows, headDim, side)) / want;
  expect(Math.abs(ratio - 1), `${side.codec} at ${side.bits} bits: ${ratio}`).toBeLessThan(0.02);
}
