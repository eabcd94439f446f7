import { expect, test } from 'vitest';
import polar from '../../../../gpu/reference/codecs/polar';
import { sideOf } from './golden';

const side = (bits: number, group: number) => sideOf('polar', bits, { along: 'token', group: group as 32 });

test('by hand: radii 1 and 3 at 1 bit are 1.5 and 2.5, angles 0 and pi / 2 are an eighth and three eighths of pi', () => {
  const back = polar.through(Float32Array.of(1, 0, 0, 3), { heads: 1, headDim: 2 }, side(1, 2));
  const point = (radius: number, angle: number) => [radius * Math.cos(angle), radius * Math.sin(angle)];
  const want = [...point(1.5, Math.PI / 8), ...point(2.5, (3 * Math.PI) / 8)];
  for (const [i, x] of want.entries()) expect(back[i]).toBeCloseTo(x, 2.5);
});

test('a pair that stands still comes back as it is', () => {
  const back = polar.through(Float32Array.of(3, 4, 3, 4), { heads: 1, headDim: 2 }, side(4, 2));
  for (const [i, x] of [3, 4, 3, 4].entries()) expect(back[i]).toBeCloseTo(x, 2);
});

test('every value is within half a cell of radius and angle', () => {
  const rows = Float32Array.from({ length: 32 * 8 }, (_, i) => Math.sin(i * 1.7) * (1 + (i % 3)));
  const back = polar.through(rows, { heads: 1, headDim: 8 }, side(4, 32));
  const cell = 4.3 * (1 / 32 + Math.PI / 16);
  for (const [i, x] of rows.entries()) expect(Math.abs(back[i] - x)).toBeLessThan(cell);
});
