import { logFactorial } from './normal';

export interface SignTest {
  /** Differences above and below 0; ties are left out, as in Conover. */
  above: number;
  below: number;
  ties: number;
  /** Probability of a split at least this uneven if both directions were equally likely; 1 without any difference. */
  p: number;
}

/**
 * Exact two-sided sign test of paired differences: p = min(1, 2 P[B(n, 1/2) <= min(above, below)]). It takes the differences
 * as independent: give it `blockMeans` of a series of steps, not the steps.
 */
export function signTest(differences: ArrayLike<number>): SignTest {
  let [above, below, ties] = [0, 0, 0];
  for (let i = 0; i < differences.length; i++) {
    const d = differences[i];
    if (d > 0) above++;
    else if (d < 0) below++;
    else ties++;
  }
  const n = above + below;
  let p = 0;
  for (let k = 0; k <= Math.min(above, below); k++)
    p += Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k) - n * Math.LN2);
  return { above, below, ties, p: Math.min(1, 2 * p) };
}
