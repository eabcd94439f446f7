import { expect, test } from 'vitest';
import { defaultConfig } from '../../../gpu/kv/config';
import { massiveTokens } from '../../../gpu/kv/massive';

const keep = (sinkRule: 'first' | 'massive' | 'pivot', sinks: number) => ({ ...defaultConfig().keep, sinkRule, sinks });
const rows = [1, 0, 0, 9, -8, 7, 0, 6, 0, -5, 5, 5];

test('massive: the owners of the largest numbers; pivot: so many tokens', () => {
  expect(massiveTokens(rows, 3, keep('massive', 3))).toEqual([1]);
  expect(massiveTokens(rows, 3, keep('massive', 4))).toEqual([1, 2]);
  expect(massiveTokens(rows, 3, keep('massive', 100))).toEqual([0, 1, 2, 3]);
  expect(massiveTokens(rows, 3, keep('pivot', 3))).toEqual([1, 2, 3]);
  expect(massiveTokens(rows, 3, keep('pivot', 0))).toEqual([]);
  expect(massiveTokens(rows, 3, keep('first', 2))).toEqual([]);
});

test('of equal ones the earlier', () => {
  expect(massiveTokens([2, 2, 2, 2], 1, keep('pivot', 2))).toEqual([0, 1]);
  expect(massiveTokens([2, 2, 2, 2], 1, keep('massive', 2))).toEqual([0, 1]);
});

test('the formula tensor of RotateKV finds its ten sink tokens', () => {
  const [tokens, width] = [96, 25];
  const input = new Float64Array(tokens * width);
  for (let i = 0; i < 25; i++) input[((17 * Math.floor(i / 2)) % 96) * width + i] = (100 - i) * (-1) ** i;
  expect(massiveTokens(input, width, keep('massive', 20))).toEqual([0, 6, 17, 23, 34, 40, 51, 57, 68, 85]);
});
