import { expect, test } from 'vitest';
import { philox, uniformDraw } from '../../../gpu/model/philox';

/** Known answers of the Random123 library, file kat_vectors, philox4x32 with 10 rounds. */
const ones = 0xffffffff;
test.each([
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [ones, ones, ones, ones],
    [ones, ones],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
] as [[number, number, number, number], [number, number], number[]][])('known answer %#', (counter, key, answer) => {
  expect(philox(counter, key)).toEqual(answer);
});

test('draws fill [0, 1) evenly, differ by seed and by step, and repeat', () => {
  const draws = Array.from({ length: 4000 }, (_, step) => uniformDraw(7, step));
  const tenths = new Array(10).fill(0);
  for (const draw of draws) tenths[Math.floor(draw * 10)]++;
  // 400 expected in each tenth, standard deviation 19.
  for (const count of tenths) expect(Math.abs(count - 400)).toBeLessThan(80);
  expect(new Set(draws).size).toBe(4000);
  expect(uniformDraw(8, 0)).not.toBe(uniformDraw(7, 0));
  expect(uniformDraw(7, 3)).toBe(draws[3]);
});
