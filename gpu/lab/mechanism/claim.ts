import { rankCorrelation } from '../../measure/statistics/rank-correlation';
import { signTest } from '../../measure/statistics/sign-test';
import type { CacheRow, WeightRow } from '../experiments/mechanism';

/** A ratio of keys to values that is said to tell which side needs more bits. */
export const RATIOS = ['weightSpectral', 'weightFrobenius', 'cacheSpectral', 'cacheFrobenius', 'kurtosis'] as const;
export type Ratio = (typeof RATIOS)[number];

/**
 * The claim "keys have the larger norm, so they need more bits" (claims.md A5, after arXiv 2502.15075) in its three parts, each with
 * n = layers: the premise (larger for keys in so many layers), the consequence (keys err more at equal bits in so many layers), and
 * the link between them: does the ratio K : V of the norm order the layers as the ratio K : V of the measured local error does?
 */
export interface FindingRow {
  kind: 'finding';
  ratio: Ratio;
  n: number;
  /** Layers in which keys have the larger one; sign test. */
  larger: number;
  largerP: number;
  /** Layers in which coded keys err more than coded values; sign test. */
  errsMore: number;
  errsMoreP: number;
  /** Spearman's rho of the two ratios over the layers, with a permutation test. */
  rho: number;
  p: number;
}

/** What the sign of a difference or a correlation says at 5 %. */
export type Says = 'yes' | 'no' | 'opposite';

export const LEVEL = 0.05;

export const says = (share: number, p: number): Says => (p >= LEVEL ? 'no' : share > 0 ? 'yes' : 'opposite');

export function findings(weights: readonly WeightRow[], caches: readonly CacheRow[]): FindingRow[] {
  const errors = caches.map(({ kError, vError }) => logRatio(kError, vError));
  const errsMore = signTest(errors);
  return RATIOS.map((ratio) => {
    const norms = caches.map((cache, l) => ratioOf(ratio, weights[l], cache));
    const larger = signTest(norms);
    const { rho, n, p } = rankCorrelation(norms, errors);
    return {
      ...{ kind: 'finding' as const, ratio, n },
      ...{ larger: larger.above, largerP: larger.p, errsMore: errsMore.above, errsMoreP: errsMore.p, rho, p },
    };
  });
}

/** ln(K : V) of one layer. */
export function ratioOf(ratio: Ratio, weight: WeightRow, cache: CacheRow): number {
  if (ratio === 'weightSpectral') return logRatio(weight.kSpectral, weight.vSpectral);
  if (ratio === 'weightFrobenius') return logRatio(weight.kFrobenius, weight.vFrobenius);
  if (ratio === 'cacheSpectral') return logRatio(cache.kSpectral, cache.vSpectral);
  if (ratio === 'cacheFrobenius') return logRatio(cache.kFrobenius, cache.vFrobenius);
  return logRatio(cache.kKurtosis, cache.vKurtosis);
}

/** 0 where either is 0. */
export const logRatio = (k: number, v: number): number => (k > 0 && v > 0 ? Math.log(k / v) : 0);
