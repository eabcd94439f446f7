import { expect, test } from 'vitest';
import { snap } from '../../../app/draw/cells';
import { inkOn, luminance } from '../../../app/draw/contrast';
import { bandAt } from '../../../app/draw/hit';
import type { Theme } from '../../../app/draw/theme';

test('edges fall on device pixels, so neighbours share them', () => {
  expect(snap(10.3, 1)).toBe(10);
  expect(snap(10.3, 2)).toBe(10.5);
  expect(snap(8.8 * 3, 1) - snap(8.8 * 2, 1)).toBe(8);
});

test('a band begins at its edge', () => {
  expect([-1, 0, 9, 10, 25].map((x) => bandAt([0, 10, 20], x))).toEqual([-1, 0, 0, 1, 2]);
});

test('text on a cell takes the colour with more contrast', () => {
  const theme = { ink: '#15181a', bg: '#fcfcfb' } as Theme;
  expect(luminance('#ffffff')).toBeCloseTo(1);
  expect(inkOn('#441464', theme)).toBe('#fcfcfb');
  expect(inkOn('#e9a96e', theme)).toBe('#15181a');
  expect(inkOn('', theme)).toBe('#15181a');
});
