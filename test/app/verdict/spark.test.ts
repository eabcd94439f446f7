import { expect, test } from 'vitest';
import { hasAnswer } from '../../../app/verdict/LaneFacts';
import { SPARK, sparkPath, topOf, yOf } from '../../../app/verdict/sparkPath';

test('the scale is fixed by the threshold: 0 at the bottom, twice the threshold and more at the top', () => {
  expect(topOf(0.2)).toBe(0.4);
  expect(topOf(0)).toBe(1);
  expect(yOf(0, 0.4)).toBe(SPARK.height - 1);
  expect(yOf(0.2, 0.4)).toBe(SPARK.height / 2);
  expect(yOf(9, 0.4)).toBe(1);
  expect(yOf(-1, 0.4)).toBe(SPARK.height - 1);
});

test('a line over the full width, broken where there is no value, a dot where one stands alone', () => {
  expect(sparkPath([0, 1, Number.NaN, 0.5], 0, 4, 1)).toBe('M0.0 19.0L27.7 1.0M83.0 10.0h1');
  expect(sparkPath([7, 0.5], 1, 2, 1)).toBe('M0.0 10.0h1');
  expect(sparkPath([1, 2], 1, 1, 1)).toBe('');
});

test('steps that share a pixel keep their largest value', () => {
  const values = new Float32Array(920).fill(Number.NaN);
  values[457] = 1;
  expect(sparkPath(values, 0, 920, 1)).toBe('M41.0 1.0h1');
});

test('the answer counts as a word of its own', () => {
  expect(hasAnswer('So the bakery earns 145 crowns.', '145')).toBe(true);
  expect(hasAnswer('It is 145.', '145')).toBe(true);
  for (const text of ['It is 1145.', 'It is 145.5', 'It is 3,145', '1450'])
    expect(hasAnswer(text, '145'), text).toBe(false);
  expect(hasAnswer('the word is Marigold', 'marigold')).toBe(true);
});
