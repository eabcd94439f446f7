import type { Detector } from '../detector';
import { percentile } from '../percentile';

/** Start values: 99 % of the steps lie below this KL in nats, and the most likely token stays at this share of them. */
export const MOST_KL99 = 0.5;
export const LEAST_SAME_TOP = 0.85;
/** Fewer steps have no 99 %. */
export const FEWEST_STEPS = 64;

const distribution: Detector = {
  id: 'distribution',
  title: 'Distribution',
  text: 'The larger of KL 99 % / 0.5 nats and (100 % − same-top) / 15 %, over the steps so far; above 1 one of the two limits is passed.',
  threshold: 1,
  begin(_, lane) {
    let sorted = new Float64Array(256);
    let [count, same] = [0, 0];
    return ({ lanes }) => {
      const { kl, sameTop } = lanes[lane];
      if (Number.isNaN(kl)) return Number.NaN;
      if (count === sorted.length) {
        const larger = new Float64Array(2 * count);
        larger.set(sorted);
        sorted = larger;
      }
      const at = placeOf(sorted, count, kl);
      sorted.copyWithin(at + 1, at, count);
      sorted[at] = kl;
      count++;
      if (sameTop) same++;
      if (count < FEWEST_STEPS) return Number.NaN;
      return Math.max(
        percentile(sorted.subarray(0, count), 0.99) / MOST_KL99,
        (1 - same / count) / (1 - LEAST_SAME_TOP),
      );
    };
  },
};

/** First place among ascending[0, count) that is not smaller. */
function placeOf(ascending: Float64Array, count: number, value: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export default distribution;
