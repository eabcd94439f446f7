import { seededRandom } from '../../kv/seeded-random';

export interface RankCorrelation {
  /** Spearman's rho, -1..1; 0 where one side does not vary. */
  rho: number;
  n: number;
  /** Two-sided: how often a random pairing of the same values is at least as far from 0. */
  p: number;
}

const PAIRINGS = 10_000;
const FEWEST = 4;

/**
 * Spearman's rank correlation of pairs, equal values sharing their mean rank, with a permutation test (Good 2005, ch. 3): p counts
 * the pairing found among the random ones, so it is never 0. Fewer than 4 pairs: rho 0, p 1. The same seed gives the same p.
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>, seed = 1): RankCorrelation {
  const n = a.length;
  const none = { rho: 0, n, p: 1 };
  if (n < FEWEST) return none;
  const [x, y] = [centred(ranks(a)), centred(ranks(b))];
  const size = Math.sqrt(dot(x, x) * dot(y, y));
  if (size === 0) return none;
  const found = Math.abs(dot(x, y));
  const random = seededRandom(seed);
  let asFar = 1;
  for (let i = 0; i < PAIRINGS; i++) {
    for (let j = n - 1; j > 0; j--) {
      const k = Math.floor(random() * (j + 1));
      [y[j], y[k]] = [y[k], y[j]];
    }
    if (Math.abs(dot(x, y)) >= found - 1e-9) asFar++;
  }
  const rho = dot(x, centred(ranks(b))) / size;
  return { rho, n, p: asFar / (PAIRINGS + 1) };
}

/** 1 for the smallest; equal values share the mean of their ranks. */
export function ranks(values: ArrayLike<number>): number[] {
  const order = Array.from(values, (_, i) => i).sort((i, j) => values[i] - values[j]);
  const out = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]] === values[order[from]]) to++;
    for (let i = from; i <= to; i++) out[order[i]] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return out;
}

const centred = (of: readonly number[]): number[] => of.map((rank) => rank - (of.length + 1) / 2);
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i], 0);
