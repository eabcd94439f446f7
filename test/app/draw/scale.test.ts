import { expect, test } from 'vitest';
import { decadeText, fixed, grouped, klText, signed } from '../../../app/draw/figures';
import { decades, linear, log10, stepTicks } from '../../../app/draw/scale';

test('a log scale puts zero and everything below the floor on the floor', () => {
  const y = log10([1e-4, 10], [100, 0]);
  expect(y.at(0)).toBe(100);
  expect(y.at(1e-7)).toBe(100);
  expect(y.at(10)).toBe(0);
  expect(y.at(500)).toBe(0);
  expect(y.at(0.01)).toBeCloseTo(60);
  expect(y.invert(60)).toBeCloseTo(0.01);
});

test('a linear scale inverts and clamps', () => {
  const x = linear([0, 256], [38, 620]);
  expect(x.invert(x.at(142))).toBeCloseTo(142);
  expect(x.at(-3)).toBe(38);
  expect(x.invert(9999)).toBe(256);
});

test('step ticks stand on multiples of 32 where they fit and double on narrow plots', () => {
  expect(stepTicks(256, 582)).toEqual([0, 32, 64, 96, 128, 160, 192, 224, 256]);
  expect(stepTicks(256, 300)).toEqual([0, 64, 128, 192, 256]);
  expect(stepTicks(1000, 582)).toEqual([0, 128, 256, 384, 512, 640, 768, 896]);
  expect(stepTicks(16, 582)).toEqual([0, 8, 16]);
});

test('decades are written as the axes write them', () => {
  expect(decades([1e-4, 10]).map(decadeText)).toEqual(['10⁻⁴', '10⁻³', '0.01', '0.1', '1', '10']);
});

test('figures: true minus, exact zero, no sign on a rounded zero', () => {
  expect(fixed(-0.043, 3)).toBe('−0.043');
  expect(signed(0.015)).toBe('+0.015');
  expect(signed(0.0001)).toBe('0.000');
  expect(klText(0)).toBe('0');
  expect(klText(0.0421)).toBe('0.042');
  expect(klText(0.287)).toBe('0.29');
  expect(klText(0.0006)).toBe('0.0006');
  expect(klText(1e-6)).toBe('<0.0001');
  expect(klText(Number.NaN)).toBe('–');
  expect(grouped(2661120)).toBe('2\u2009661\u2009120');
});
