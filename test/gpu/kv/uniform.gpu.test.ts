import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../../gpu/device';
import { codeAt } from '../../../gpu/kv/bits';
import type { Side } from '../../../gpu/kv/config';
import { groupSize } from '../../../gpu/kv/config';
import { f16ToNumber, roundF16 } from '../../../gpu/load/f16';
import { decodeCode, encodeGroup } from '../../../gpu/reference/uniform';
import { normals } from '../../fixtures/random';
import { CodecBench } from './codec-bench';

/** What the uniform codec keeps: codes and scales word by word, beyond the values that every codec is held to. */
const HK = 2;
const TOKENS = 64;

/** Rows with an outlier channel, a constant row, a zero row and values that no scale of FP16 likes. */
function rowsOf(headDim: number): Float32Array {
  const next = normals(3, `rows${headDim}`);
  const rows = Float32Array.from({ length: TOKENS * HK * headDim }, (_, i) => {
    const [channel, token] = [i % headDim, Math.floor(i / headDim / HK)];
    if (token === 5) return 0.1;
    if (token === 9) return 0;
    return next() * (channel % 16 === 5 ? 8 : 1) * (token === 11 ? 1000 : token === 12 ? 2e-6 : 1);
  });
  return rows.map(roundF16);
}

/** Every way to write a side for heads of D channels, but for the width. */
function sidesOf(headDim: number): Omit<Side, 'bits'>[] {
  const base = { codec: 'uniform', transforms: [] };
  return (['asym', 'sym'] as const).flatMap((scheme) => [
    ...([32, 64, 'head'] as const)
      .filter((group) => group === 'head' || headDim % group === 0)
      .map((group) => ({ ...base, group, along: 'channel' as const, scheme })),
    ...[32, 64].map((group) => ({ ...base, group, along: 'token' as const, scheme })),
  ]);
}

describe.each([32, 96])('heads of %i', (headDim) => {
  const rows = rowsOf(headDim);
  let bench: CodecBench;

  beforeAll(async () => {
    bench = await CodecBench.open(await openGpu(), 'uniform', headDim, HK);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('%i bits', async (bits) => {
    for (const parameters of sidesOf(headDim)) {
      const side: Side = { ...parameters, bits };
      compare(side, await bench.through(side, rows), `${side.scheme} ${side.along} ${side.group}`);
    }
  });

  function compare(side: Side, coded: Awaited<ReturnType<CodecBench['through']>>, name: string): void {
    const group = groupSize(side, headDim);
    let [error, errorWant] = [0, 0];
    for (const positions of groupsOf(side, group, headDim)) {
      const values = Float32Array.from(positions, (i) => rows[i]);
      const want = encodeGroup(values, side.bits, side.scheme);
      const { scale, min } = storedScale(side, coded, positions[0], group, headDim);
      // The stored scale may round the other way where the reference's f64 mean of magnitudes or an f32 quotient lies on a border.
      expect(Math.abs(scale - want.scale), name).toBeLessThanOrEqual(want.scale * 2 ** -10);
      expect(min, name).toBe(want.min);
      for (const [n, i] of positions.entries()) {
        const code = storedCode(side, coded, i, headDim);
        const decoded = decodeCode(code, { scale, min, codes: want.codes }, side.bits, side.scheme);
        if (!close(coded.decoded[i], decoded)) expect(coded.decoded[i], name).toBe(decoded);
        if (scale === want.scale && code !== want.codes[n]) onBorder(side, values[n], want, code - want.codes[n], name);
        error += (coded.decoded[i] - values[n]) ** 2;
        errorWant += (decodeCode(want.codes[n], want, side.bits, side.scheme) - values[n]) ** 2;
      }
    }
    expect(error, name).toBeLessThanOrEqual(errorWant * 1.001);
    expect(errorWant).toBeGreaterThan(0);
  }
});

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b));

/** A code may differ by one where the value lies within 1e-4 of a step of the border between two codes. */
function onBorder(side: Side, value: number, group: { scale: number; min: number }, by: number, name: string): void {
  expect(Math.abs(by), name).toBe(1);
  const steps = (value - group.min) / group.scale;
  expect(Math.abs(steps - Math.floor(steps) - 0.5), `${name} ${side.bits}`).toBeLessThan(1e-4);
}

/** Indices into rows [tokens][HK][D] of every group of values that share a scale. */
function groupsOf(side: Side, group: number, headDim: number): number[][] {
  const stride = side.along === 'channel' ? 1 : HK * headDim;
  const starts = Array.from({ length: TOKENS * HK * headDim }, (_, i) => i).filter((i) =>
    side.along === 'channel' ? (i % headDim) % group === 0 : Math.floor(i / headDim / HK) % group === 0,
  );
  return starts.map((start) => Array.from({ length: group }, (_, n) => start + n * stride));
}

type Words = Pick<Awaited<ReturnType<CodecBench['through']>>, 'codes' | 'scales' | 'class'>;

/** The code of value i out of the packed words: 32 channels of a token in `bits` words. */
function storedCode(side: Side, { codes, class: c }: Words, i: number, headDim: number): number {
  const channel = i % headDim;
  const first = Math.floor(i / headDim) * c.layout.codeWords + (channel >> 5) * side.bits;
  return codeAt(codes, side.bits, channel & 31, first);
}

/** Scale and minimum of the group of value i as the cache stores them. */
function storedScale(side: Side, { scales, class: c }: Words, i: number, group: number, headDim: number) {
  const [channel, row] = [i % headDim, Math.floor(i / headDim)];
  const [token, head] = [Math.floor(row / HK), row % HK];
  const block = side.along === 'token' ? Math.floor(token / group) : token;
  const at = (block * HK + head) * c.layout.scaleWords;
  const g = side.along === 'token' ? channel : Math.floor(channel / group);
  if (side.scheme === 'sym') return { scale: f16ToNumber(scales[at + (g >> 1)] >>> ((g & 1) * 16)), min: 0 };
  return { scale: f16ToNumber(scales[at + g]), min: f16ToNumber(scales[at + g] >>> 16) };
}
