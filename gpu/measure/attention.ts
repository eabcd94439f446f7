import type { HeadMeasure } from '../run-types';
import { DISTANCE_BINS } from '../run-types';

/** Keys farther from the query than this many tokens count as far. */
export const FAR = 64;

export type HeadMeasures = Record<HeadMeasure, number>;

/** Log-2 bin of a distance in tokens; lower edges 0, 1, 2, 4 ... 1024, the last one open. */
export const distanceBin = (distance: number): number => Math.min(32 - Math.clz32(distance), DISTANCE_BINS - 1);

/**
 * One head at one query row: attention probabilities over keys 0..n-1, the query being token n - 1, of the shadow and of a
 * lane. All f64, in the order of HEAD_MEASURES. Key 0 (the sink) takes part in tv, js and entropy, has its own measure, and
 * stays out of the top key and of far mass: it is large everywhere and would hide what happens elsewhere.
 * - tv: total variation, half the sum of |a - b|, 0..1
 * - js: Jensen-Shannon divergence in nats, 0..ln 2
 * - entropyChange: H(lane) - H(shadow) in nats
 * - flip: 1 when the keys with the most mass differ (lowest index on a tie)
 * - sink: the lane's mass on key 0; sinkChange: minus the shadow's
 * - far: the lane's mass farther than 64 tokens; farChange: minus the shadow's
 */
export function headMeasures(shadow: ArrayLike<number>, lane: ArrayLike<number>): HeadMeasures {
  let [tv, js, entropy, far, farShadow] = [0, 0, 0, 0, 0];
  const last = lane.length - 1;
  for (let j = 0; j <= last; j++) {
    const [a, b] = [shadow[j], lane[j]];
    const middle = (a + b) / 2;
    tv += Math.abs(a - b) / 2;
    js += (xLogXOver(a, middle) + xLogXOver(b, middle)) / 2;
    entropy += xLogXOver(a, 1) - xLogXOver(b, 1);
    if (j > 0 && last - j > FAR) {
      far += b;
      farShadow += a;
    }
  }
  const flip = topKey(shadow) === topKey(lane) ? 0 : 1;
  const [sink, sinkChange] = [lane[0], lane[0] - shadow[0]];
  return { tv, js: Math.max(js, 0), entropyChange: entropy, flip, sink, sinkChange, far, farChange: far - farShadow };
}

const xLogXOver = (x: number, y: number): number => (x > 0 ? x * Math.log(x / y) : 0);

/** The key with the most mass, key 0 left out; 0 when there is no other. */
export function topKey(row: ArrayLike<number>): number {
  let best = row.length > 1 ? 1 : 0;
  for (let j = 2; j < row.length; j++) if (row[j] > row[best]) best = j;
  return best;
}

/** Mass by log-2 distance from the query (token n - 1), key 0 left out: row [n] -> [DISTANCE_BINS]. */
export function distanceProfile(row: ArrayLike<number>): Float64Array {
  const bins = new Float64Array(DISTANCE_BINS);
  for (let j = 1; j < row.length; j++) bins[distanceBin(row.length - 1 - j)] += row[j];
  return bins;
}
