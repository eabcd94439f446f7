import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { goldenTile } from '../../../fixtures/golden-tile';
import { hasShared, shared } from '../../../setup/env';

const FILE = 'golden/codec_tiles.json';

export interface GoldenTile {
  nmse: number;
  d0: number[];
  d5: number[];
  codes?: number[];
}

export const tilesHere = hasShared(FILE);
export const goldenTiles: Record<string, GoldenTile> = tilesHere
  ? JSON.parse(readFileSync(shared(FILE), 'utf8')).codecs
  : {};

/** Decoded rows [8][64] against a golden tile: eight channels of rows 0 and 5, and the error of the whole tile. */
export function expectTile(decoded: Float32Array, golden: GoldenTile): void {
  for (const [row, want] of [
    [0, golden.d0],
    [5, golden.d5],
  ] as const)
    for (const [c, x] of want.entries())
      expect(Math.abs(decoded[row * 64 + c] - x)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(x)));
  const tile = goldenTile();
  const power = tile.reduce((sum, x) => sum + x * x, 0);
  const error = tile.reduce((sum, x, i) => sum + (decoded[i] - x) ** 2, 0);
  expect(error / power / golden.nmse).toBeCloseTo(1, 4);
}
