/**
 * Angles that stand for the codes of a tree of polar coordinates, from the second level up (PolarQuant, Han et al. 2025): for normal
 * numbers the angle between two radii of n channels each has density sin(2 a)^(n - 1) on 0 .. pi / 2. Best four levels for n = 2, 4, 8:
 * each is the mean of its cell, each border the middle between two levels.
 */
export const TREE_ANGLES: readonly (readonly number[])[] = [
  [0.30976174, 0.63398927, 0.93682422, 1.26104456],
  [0.42625629, 0.67439399, 0.89642085, 1.14455414],
  [0.52422398, 0.70592193, 0.86489846, 1.04659026],
];

/** Borders between the levels of one depth, as slopes: the code is the number of them that b / a is not below. */
export const treeSlopes = (depth: number): number[] =>
  TREE_ANGLES[depth].slice(1).map((angle, i) => Math.fround(Math.tan((angle + TREE_ANGLES[depth][i]) / 2)));

/** The first level has sixteen even sectors of the whole turn: borders of the quarter, as slopes, and middles, as angles. */
export const QUARTER_SLOPES = [1, 2, 3].map((k) => Math.fround(Math.tan((k * Math.PI) / 8)));
export const QUARTER_ANGLES = [1, 3, 5, 7].map((k) => (k * Math.PI) / 16);
