import { expect, test } from 'vitest';
import { F16_VALUES, roundF16, unpackF16 } from '../../../gpu/load/f16';
import type { PackedFormat } from '../../../gpu/load/pack';
import { formatOf, packRows, rowWords } from '../../../gpu/load/pack';
import { TENSOR_TYPES } from '../../../gpu/load/quant/blocks';
import { dequantize } from '../../../gpu/load/quant/dequantize';
import type { PackedRows, TensorType } from '../../../gpu/load/types';
import { quantize } from '../../fixtures/quantize';
import { normalArray } from '../../fixtures/random';

/** Reads packed rows as the kernels do, from the layout in gpu/load/types.ts. */
function unpack(packed: PackedRows, format: PackedFormat, rows: number, cols: number): number[] {
  const floats = new Float32Array(packed.meta.buffer, packed.meta.byteOffset, packed.meta.length);
  const words = rowWords(format, cols);
  const values: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const block = col >> 5;
      const j = col & 31;
      const codes = row * words.codes;
      const meta = row * words.meta;
      if (format.format === 'f16') {
        values.push(F16_VALUES[(packed.codes[codes + (col >> 1)] >>> ((col & 1) * 16)) & 0xffff]);
      } else if (format.format === 'q8') {
        const code = (packed.codes[codes + (col >> 2)] << (24 - (col & 3) * 8)) >> 24;
        values.push(F16_VALUES[(packed.meta[meta + (block >> 1)] >>> ((block & 1) * 16)) & 0xffff] * code);
      } else {
        const byte = (packed.codes[codes + block * 4 + ((j & 15) >> 2)] >>> ((j & 3) * 8)) & 255;
        const code = j < 16 ? byte & 15 : byte >> 4;
        const two = format.metaWords === 2;
        const word = packed.meta[meta + block];
        const scale = two ? floats[meta + block * 2] : F16_VALUES[word & 0xffff];
        const min = two ? floats[meta + block * 2 + 1] : F16_VALUES[word >>> 16];
        values.push(scale * code + min);
      }
    }
  }
  return values;
}

const sample = (type: TensorType, rows: number, cols: number) =>
  quantize(type, normalArray(9, type, rows * cols, 1), cols);

test.each(TENSOR_TYPES)('%s: the packed rows hold the values of the file', (type) => {
  const [rows, cols] = [3, 768];
  const bytes = sample(type, rows, cols);
  const exact = dequantize(type, bytes, rows, cols);
  const format = formatOf(type);
  const values = unpack(packRows(type, bytes, rows, cols), format, rows, cols);
  const want = format.format === 'f16' ? [...exact].map(roundF16) : [...exact];
  expect(values.map(Math.fround)).toEqual(want);
});

test.each(TENSOR_TYPES)('%s: widened to f16 by force, rows in a given order', (type) => {
  const [rows, cols] = [4, 256];
  const bytes = sample(type, rows, cols);
  const exact = dequantize(type, bytes, rows, cols);
  const order = Uint32Array.of(2, 0, 3, 1);
  const packed = packRows(type, bytes, rows, cols, { order, force: 'f16' });
  const want = [...order].flatMap((row) => [...exact.subarray(row * cols, (row + 1) * cols)].map(roundF16));
  expect([...unpackF16(packed.codes, rows * cols)]).toEqual(want);
  expect(packed.meta.length).toBe(0);
  const native = packRows(type, bytes, rows, cols, { order });
  const straight = packRows(type, bytes, rows, cols);
  const words = rowWords(formatOf(type), cols);
  expect(native.codes.slice(0, words.codes)).toEqual(straight.codes.slice(2 * words.codes, 3 * words.codes));
  expect(native.meta.slice(0, words.meta)).toEqual(straight.meta.slice(2 * words.meta, 3 * words.meta));
});

test('bytes that do not start on a word border give the same words', () => {
  for (const type of TENSOR_TYPES) {
    const bytes = sample(type, 2, 256);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(packRows(type, shifted.subarray(1), 2, 256), type).toEqual(packRows(type, bytes, 2, 256));
  }
});

test('an odd number of q8 blocks pads the row of scales, not the next row', () => {
  const packed = packRows('Q8_0', sample('Q8_0', 2, 96), 2, 96);
  expect(packed.meta.length).toBe(4);
  expect(packed.meta[1] >>> 16).toBe(0);
  expect(packed.meta[3] >>> 16).toBe(0);
});

test('f16 is rounded from the exact value, not from its f32 image', () => {
  // d q + m = 683/2048 * 3 + 2^-24 = 1 + 2^-11 + 2^-24: just above a tie of f16, but its f32 image lies on the tie.
  const bytes = new Uint8Array(24);
  bytes.set([0x56, 0x35, 0x01, 0x00]);
  bytes.fill(0x33, 8);
  const [value] = unpackF16(packRows('Q5_1', bytes, 1, 32).codes, 1);
  expect(value).toBe(1 + 2 ** -10);
});

test('refusals: a Q4_0 scale whose min leaves f16, columns that are no multiple of 32', () => {
  const bytes = new Uint8Array(18);
  bytes.set([0x00, 0x70]);
  expect(() => packRows('Q4_0', bytes, 1, 32)).toThrow(expect.objectContaining({ code: 'bad-file' }));
  expect(() => packRows('F32', new Uint8Array(64), 1, 16)).toThrow(
    expect.objectContaining({ code: 'unsupported-arch' }),
  );
});
