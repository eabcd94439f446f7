import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../../gpu/device';
import { codeAt } from '../../../gpu/kv/bits';
import { uniformSide } from '../../../gpu/kv/config';
import { goldenTile, UNIFORM_TILES } from '../../fixtures/golden-tile';
import { hasShared, shared } from '../../setup/env';
import { CodecBench } from './codec-bench';

const TILES = 'golden/codec_tiles.json';
const isHere = hasShared(TILES);

/** One 8 x 64 tile through the encoder and back, against an independent implementation. f32 rows: the golden tile is not FP16. */
describe.skipIf(!isHere)('the 8 x 64 golden tile', () => {
  const tiles = isHere ? JSON.parse(readFileSync(shared(TILES), 'utf8')).codecs : {};
  const tile = goldenTile();
  let bench: CodecBench;

  beforeAll(async () => {
    bench = await CodecBench.open(await openGpu(), 'uniform', 64, 1, true);
  });

  test.each(UNIFORM_TILES)('%s', async (name, bits, group, along) => {
    const golden = tiles[name];
    const { codes, decoded } = await bench.through({ ...uniformSide(bits), group, along }, tile);
    const row = (t: number) => [...decoded.slice(t * 64, t * 64 + 8)].map((x) => Number(x.toPrecision(6)));
    expect(row(0)).toEqual(golden.d0);
    expect(row(5)).toEqual(golden.d5);
    const first = Array.from({ length: 64 }, (_, c) => codeAt(codes, bits, c & 31, (c >> 5) * bits));
    expect(first).toEqual(golden.codes);
    const power = tile.reduce((sum, x) => sum + x * x, 0);
    const error = tile.reduce((sum, x, i) => sum + (decoded[i] - x) ** 2, 0);
    expect(error / power / golden.nmse).toBeCloseTo(1, 4);
  });
});
