import { expect, test } from 'vitest';
import { hadamard } from '../../../gpu/reference/hadamard';

test('four values by hand', () => {
  expect([...hadamard(Float32Array.of(1, 2, 3, 4), 4)]).toEqual([5, -1, -2, 0]);
});

test.each([32, 64, 128])('%i: its own inverse, lengths kept, rows apart', (width) => {
  const rows = Float32Array.from({ length: 3 * width }, (_, i) => Math.sin(i * 1.3) + (i < width ? 0 : 2));
  const turned = hadamard(rows.slice(), width);
  const length = (values: Float32Array) => Math.hypot(...values.subarray(0, width));
  expect(length(turned)).toBeCloseTo(length(rows), 4);
  const back = hadamard(turned, width);
  expect(Math.max(...back.map((x, i) => Math.abs(x - rows[i])))).toBeLessThan(2e-6);
});

test('refuses 96 by name', () => {
  expect(() => hadamard(new Float32Array(96), 96)).toThrow('power of two; 96 is none');
});
