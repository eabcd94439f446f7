/** Bins of KL: five to a decade from 10⁻⁴ to 10 nats. What lies below, exact zeros too, is in the first, what lies above in the last. */
export const FLOOR = 1e-4;
export const TOP = 10;
const PER_DECADE = 5;
export const BINS = PER_DECADE * Math.round(Math.log10(TOP / FLOOR));

/** Lower edge of a bin, nats. */
export const edge = (bin: number): number => FLOOR * 10 ** (bin / PER_DECADE);

/** Steps by bin. Steps without a KL are passed over. */
export function histogram(kl: ArrayLike<number>, from: number, to: number): number[] {
  const counts = new Array<number>(BINS).fill(0);
  for (let step = from; step < to; step++) {
    const value = kl[step];
    if (!Number.isFinite(value)) continue;
    const bin = value < FLOOR ? 0 : Math.floor(Math.log10(value / FLOOR) * PER_DECADE + 1e-9);
    counts[Math.min(BINS - 1, bin)]++;
  }
  return counts;
}
