/** Levels of the 4-bit float E2M1 and the borders between them. */
export const E2M1 = [0, 0.5, 1, 1.5, 2, 3, 4, 6];
const BORDERS = [0.25, 0.75, 1.25, 1.75, 2.5, 3.5, 5];

/** The nearest level, ties to the lower one; what is larger than 6 becomes 6. */
export const toE2m1 = (x: number): number =>
  Math.sign(x) * E2M1[BORDERS.filter((border) => border < Math.abs(x)).length];
