import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeCode, encodeGroup, roundEven, throughUniform } from '../../../gpu/reference/uniform';
import { goldenTile, UNIFORM_TILES } from '../../fixtures/golden-tile';

const TILES = new URL('../../../../shared/golden/codec_tiles.json', import.meta.url);

describe('by hand', () => {
  test('rounds half to even', () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5, 2.4, -2.6].map(roundEven)).toEqual([0, 2, 2, 0, -2, 2, -3]);
  });

  test('asym 2 bits: min -1, step 1', () => {
    const group = encodeGroup(Float32Array.of(-1, 2, 0.4, 0.6), 2);
    expect(group).toMatchObject({ scale: 1, min: -1 });
    expect([...group.codes]).toEqual([0, 3, 1, 2]);
    expect([...group.codes].map((code) => decodeCode(code, group, 2))).toEqual([-1, 2, 0, 1]);
  });

  test('a constant group has scale 0, code 0 and comes back as its minimum', () => {
    const group = encodeGroup(Float32Array.of(0.5, 0.5), 4);
    expect(group).toEqual({ scale: 0, min: 0.5, codes: Uint8Array.of(0, 0) });
    expect(decodeCode(0, group, 4)).toBe(0.5);
  });

  test('codes are taken from the stored minimum: 0.1 is 0.0999755859375 in f16', () => {
    const group = encodeGroup(Float32Array.of(0.1, 1.1), 1);
    expect(group.min).toBe(0.0999755859375);
    expect(group.scale).toBe(1);
  });

  test('sym 4 bits: step max/7, zero in the middle', () => {
    const group = encodeGroup(Float32Array.of(-7, 3.5, 0, 1.4), 4, 'sym');
    expect(group.scale).toBe(1);
    expect([...group.codes]).toEqual([1, 12, 8, 9]);
    expect([...group.codes].map((code) => decodeCode(code, group, 4, 'sym'))).toEqual([-7, 4, 0, 1]);
  });

  test('sym 1 bit: sign and mean magnitude', () => {
    const group = encodeGroup(Float32Array.of(-1, 2, 0, 5), 1, 'sym');
    expect(group.scale).toBe(2);
    expect([...group.codes].map((code) => decodeCode(code, group, 1, 'sym'))).toEqual([-2, 2, 2, 2]);
  });

  test('inverse f16: 1/3 is 0.33325 in f16, so 7.5015 steps become 7.4996', () => {
    const values = Float32Array.of(0, 45, 22.5045);
    expect([...encodeGroup(values, 4).codes]).toEqual([0, 15, 8]);
    expect([...encodeGroup(values, 4, 'asym', 'f16').codes]).toEqual([0, 15, 7]);
  });

  test('inverse f16: the inverse of a scale too small for FP16 is its largest number', () => {
    const group = encodeGroup(Float32Array.of(0, 2 ** -24 * 15), 4, 'asym', 'f16');
    expect(group.scale).toBe(2 ** -24);
    expect([...group.codes]).toEqual([0, 0]);
  });

  test.each(['asym', 'sym'] as const)('%s: every width stays within about half a step', (scheme) => {
    const values = Float32Array.from({ length: 32 }, (_, i) => Math.round(Math.sin(i * 1.7) * 64) / 64);
    for (let bits = 2; bits <= 8; bits++) {
      const once = throughUniform(values, 32, { bits, group: 32, along: 'channel', scheme });
      const worst = Math.max(...once.map((x, i) => Math.abs(x - values[i])));
      expect(worst).toBeLessThan(1.05 / (2 ** bits - 2));
    }
  });

  test('tokens of a channel: each column has its own scale', () => {
    const rows = Float32Array.of(0, 10, 1, 20, 2, 30, 3, 40);
    const out = throughUniform(rows, 2, { bits: 2, group: 4, along: 'token', scheme: 'asym' });
    expect([...out]).toEqual([...rows]);
  });
});

describe.skipIf(!existsSync(TILES))('the 8 x 64 golden tile', () => {
  const tiles = existsSync(TILES) ? JSON.parse(readFileSync(TILES, 'utf8')).codecs : {};
  const tile = goldenTile();

  test.each(UNIFORM_TILES)('%s', (name, bits, group, along) => {
    const golden = tiles[name];
    const out = throughUniform(tile, 64, { bits, group, along, scheme: 'asym' });
    const row = (t: number) => [...out.slice(t * 64, t * 64 + 8)].map((x) => Number(x.toPrecision(6)));
    expect(row(0)).toEqual(golden.d0);
    expect(row(5)).toEqual(golden.d5);
    expect(codesOfRow0(bits, group, along)).toEqual(golden.codes);
    let error = 0;
    let power = 0;
    tile.forEach((x, i) => {
      error += (out[i] - x) ** 2;
      power += x * x;
    });
    expect(error / power / golden.nmse).toBeCloseTo(1, 4);
  });

  test.each([4, 8])('lmdeploy turbomind int%i', (bits) => {
    const golden = tiles[`lmdeploy turbomind int${bits}`];
    const group = encodeGroup(tile.slice(0, 64), bits, 'asym', 'f16');
    expect([...group.codes]).toEqual(golden.codes);
    const back = [...group.codes.slice(0, 8)].map((code) => Number(decodeCode(code, group, bits).toPrecision(6)));
    expect(back).toEqual(golden.d0);
  });

  function codesOfRow0(bits: number, group: number, along: 'channel' | 'token'): number[] {
    return Array.from({ length: 64 }, (_, c) => {
      const start = along === 'channel' ? c - (c % group) : c;
      const values = Float32Array.from({ length: group }, (_, i) => tile[start + i * (along === 'channel' ? 1 : 64)]);
      return encodeGroup(values, bits).codes[along === 'channel' ? c % group : 0];
    });
  }
});
