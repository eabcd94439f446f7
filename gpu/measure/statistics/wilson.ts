import type { Interval } from './interval';
import { LEVEL } from './interval';
import { standardErrors } from './normal';

/** Interval of a share from `hits` of `n` independent tries (Wilson 1927, without continuity correction); null without tries. */
export function wilson(hits: number, n: number, level = LEVEL): Interval | null {
  if (n === 0) return null;
  const z2 = standardErrors(level) ** 2;
  const value = hits / n;
  const centre = (value + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Math.sqrt(z2) * Math.sqrt((value * (1 - value)) / n + z2 / (4 * n * n))) / (1 + z2 / n);
  const low = hits === 0 ? 0 : Math.max(0, centre - half);
  const high = hits === n ? 1 : Math.min(1, centre + half);
  return { value, low, high, n, level };
}
