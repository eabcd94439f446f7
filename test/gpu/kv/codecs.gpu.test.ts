import { beforeAll, describe, expect, test } from 'vitest';
import type { Gpu } from '../../../gpu/device';
import { openGpu } from '../../../gpu/device';
import type { Codec } from '../../../gpu/kv/codec';
import { scaleWordsOf } from '../../../gpu/kv/codec';
import type { Side } from '../../../gpu/kv/config';
import { groupSize, storedBits } from '../../../gpu/kv/config';
import { codecOf, codecs } from '../../../gpu/kv/registry';
import { roundF16 } from '../../../gpu/load/f16';
import { referenceCodec } from '../../../gpu/reference/registry';
import { normals } from '../../fixtures/random';
import type { Coded } from './codec-bench';
import { CodecBench, SENTINEL } from './codec-bench';
import { nameOf, sidesOf } from './codec-sides';

const HK = 2;
/** Enough for every kind of row there is; along tokens, whole blocks. */
const tokensFor = (side: Side, headDim: number): number =>
  side.along === 'channel' ? 17 : Math.max(32, groupSize(side, headDim));
/** Below, at and above a block of 32 and the 32 rows of a workgroup of the encoder, and one row more than two workgroups. */
const LENGTHS = [1, 31, 32, 33, 65];
const SIZES = [32, 64, 96, 128];
/** The kernels of runs with f32 rows are others; one size is enough for a codec that is there for tests. */
const F32_SIZE = 64;

/** Rows with an outlier channel, a constant row, a zero row and values that no scale of FP16 likes. */
function rowsOf(headDim: number, tokens: number): Float32Array {
  const next = normals(3, `rows${headDim}`);
  const rows = Float32Array.from({ length: tokens * HK * headDim }, (_, i) => {
    const [channel, token] = [i % headDim, Math.floor(i / headDim / HK)];
    if (token === 5) return 0.1;
    if (token === 9) return 0;
    return next() * (channel % 16 === 5 ? 8 : 1) * (token === 11 ? 200 : token === 12 ? 2e-6 : 1);
  });
  return rows.map(roundF16);
}

describe.each(codecs.map((codec) => [codec.id, codec] as const))('%s', (id, codec) => {
  const isF32 = id === 'f32';
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = await openGpu();
  });

  describe.each(isF32 ? [F32_SIZE] : SIZES)('heads of %i', (headDim) => {
    const sides = (codec.bits as number[]).flatMap((bits) => sidesOf(codec, bits, headDim));
    if (sides.length === 0) return test('every side is refused', () => expect(refusals(codec, headDim)).not.toBe(''));

    test('every width, grouping and setting of its own comes back as defined, and once more', async () => {
      const bench = await CodecBench.open(gpu, id, headDim, HK, isF32);
      for (const side of sides) await hold(bench, side, rowsOf(headDim, tokensFor(side, headDim)), headDim);
      const one = sides.find(({ along }) => along === 'channel') ?? sides[0];
      for (const tokens of LENGTHS) await hold(bench, one, rowsOf(headDim, tokens), headDim);
      const block = sides.find(({ along }) => along === 'token');
      if (block) {
        const group = groupSize(block, headDim);
        for (const tokens of [group - 1, group, group + 1]) await hold(bench, block, rowsOf(headDim, tokens), headDim);
      }
    });
  });

  async function hold(bench: CodecBench, side: Side, rows: Float32Array, headDim: number): Promise<void> {
    const name = nameOf(side);
    const coded = await bench.through(side, rows);
    expect(new Set(coded.around), name).toEqual(new Set([SENTINEL]));
    holdBytes(coded, side, rows.length / headDim / HK, headDim, name);
    const block = coded.class.layout.blockTokens;
    const whole = rows.subarray(0, rows.length - (rows.length % (block * HK * headDim)));
    holdValues(side, whole, coded.decoded, headDim, name, coded.header);
    holdValues(side, coded.decoded, coded.again, headDim, `${name}, coded again`, coded.header);
  }
});

const refusals = (codec: Codec, headDim: number): string =>
  codec.refuses?.(
    { codec: codec.id, bits: (codec.bits as number[])[0], group: 32, along: 'channel', scheme: 'asym', transforms: [] },
    headDim,
  ) ?? '';

/** Every word of whole blocks is written, none besides, and the words are what the layout says. */
function holdBytes(
  { class: c, codes, scales }: Coded,
  side: Side,
  tokens: number,
  headDim: number,
  name: string,
): void {
  const { codeWords, blockTokens, bits, headerWords = 0 } = c.layout;
  const blocks = Math.floor(tokens / blockTokens);
  const written = (words: Uint32Array) => words.reduce((n, word) => n + (word === SENTINEL ? 0 : 1), 0);
  if (blocks === 0) {
    expect([written(codes), written(scales)], name).toEqual([0, 0]);
    return;
  }
  expect(written(codes), `${name}: words of codes`).toBe(blocks * blockTokens * HK * codeWords);
  expect(written(scales), `${name}: words of scales`).toBe(headerWords + blocks * scaleWordsOf(c.layout, HK));
  const stored = (32 * (codeWords + scaleWordsOf(c.layout, HK) / HK / blockTokens)) / headDim;
  const roundedUp = storedBits(side.bits) - side.bits + 32 / headDim / blockTokens;
  expect(stored, `${name}: bits as stored`).toBeGreaterThanOrEqual(bits - 1e-9);
  expect(stored, `${name}: bits as stored`).toBeLessThan(bits + roundedUp + 1e-9);
}

/**
 * Values read back against the definition. A GPU divides and adds in f32 with a few units in the last place of freedom, so a code
 * may differ by one where a value lies within 1e-4 of a step of the border between two codes, and a stored scale may round the
 * other way: then the definition must say what the GPU says when its input is moved by that little towards it.
 */
function holdValues(
  side: Side,
  rows: Float32Array,
  got: Float32Array,
  headDim: number,
  name: string,
  header?: Uint32Array,
): void {
  const { through } = referenceCodec(side.codec);
  const shape = { heads: HK, headDim };
  const want = through(rows, shape, side, header);
  expect(got.length, name).toBe(want.length);
  if (got.every((x, i) => x === want[i])) return;
  const sizes = sizesAround(side, want, headDim);
  const isClose = (x: number, y: number, i: number) => Math.abs(x - y) <= 2e-6 * Math.max(sizes[i], Math.abs(x), 1e-6);
  const off = [...got.keys()].filter((i) => !isClose(got[i], want[i], i));
  if (off.length === 0) return;
  const nudged = rows.slice();
  for (const i of off)
    nudged[i] += Math.sign(got[i] - want[i]) * (1e-4 * Math.abs(got[i] - want[i]) + 2e-6 * Math.abs(rows[i]));
  const moved = through(nudged, shape, side, header);
  const isNear = (i: number) => {
    const apart = Math.min(Math.abs(got[i] - want[i]), Math.abs(got[i] - moved[i]));
    return apart <= ANGLES[side.codec] * pairSize(want, i, headDim);
  };
  const wrong = off.filter((i) => !isClose(got[i], moved[i], i) && !(side.codec in ANGLES && isNear(i)));
  const first = wrong.slice(0, 4).map((i) => `${i}: ${rows[i]} -> ${got[i]}, defined ${want[i]}`);
  expect(first, `${name}: ${wrong.length} of ${got.length}`).toEqual([]);
}

/**
 * Codecs of angles: WGSL lets atan2 be off by 4096 units in the last place and sin and cos by 2^-11, so a stored step may round the other way for a whole block.
 * Half a unit of f16 (2^-11) times at most 3.5 codes of a quarter turn each is 2.7e-3 of the pair's length, and the radius adds as much
 * of its own range.
 */
const ANGLES: Readonly<Record<string, number>> = { polar: 4e-3 };

/** Length of the pair of channels i and i + D/2 that turn together. */
function pairSize(values: Float32Array, i: number, headDim: number): number {
  const partner = i % headDim < headDim / 2 ? i + headDim / 2 : i - headDim / 2;
  return Math.hypot(values[i], values[partner]);
}

/**
 * Largest magnitude that a value shares its scale with, for tolerances: in its row (of all heads, where they are coded together), or
 * in its channel along tokens; of all values where groups run over all rows.
 */
function sizesAround(side: Side, values: Float32Array, headDim: number): Float32Array {
  const width = HK * headDim;
  if (codecOf(side.codec).groups)
    return new Float32Array(values.length).fill(values.reduce((most, x) => Math.max(most, Math.abs(x)), 0));
  const block = groupSize(side, headDim) * width;
  const row = codecOf(side.codec).tile === 'row' ? width : headDim;
  const homes = Int32Array.from(values, (_, i) =>
    side.along === 'channel' ? i - (i % row) : i - (i % block) + (i % width),
  );
  const most = new Float32Array(values.length);
  for (const [i, home] of homes.entries()) most[home] = Math.max(most[home], Math.abs(values[i]));
  return most.map((_, i) => most[homes[i]]);
}
