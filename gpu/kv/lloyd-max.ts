/**
 * The best quantization levels for N(0, 1) at 1..5 bits (Lloyd 1957, Max 1960), positive half, smallest first: each level is the
 * mean of its cell, each border the middle between two levels. Coordinates of a random unit vector of n channels are close to
 * N(0, 1/n), which is why vector codecs use them divided by sqrt(n).
 */
export const LEVELS: Readonly<Record<number, readonly number[]>> = {
  1: [0.7978846],
  2: [0.45278, 1.5104176],
  3: [0.2450942, 0.7560053, 1.3439093, 2.1519457],
  4: [0.128395, 0.3880483, 0.6567591, 0.9423405, 1.2562312, 1.6180464, 2.0690172, 2.7325896],
  5: [
    0.0658897, 0.1980518, 0.3313783, 0.4666995, 0.6049336, 0.7471357, 0.8945651, 1.0487833, 1.2118044, 1.3863403,
    1.5762281, 1.7872332, 2.0287284, 2.3177394, 2.6911196, 3.2607325,
  ],
};

/** Borders between neighbouring levels of the positive half; the border at 0 is left out. */
export const borders = (bits: number): number[] =>
  LEVELS[bits].slice(1).map((level, i) => (level + LEVELS[bits][i]) / 2);
