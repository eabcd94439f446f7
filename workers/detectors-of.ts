import { detectors } from '../gpu/measure/detector-registry';
import type { Watch } from '../gpu/measure/watch';

/** `detectors` of a lane in the eval contract: `value` is the largest so far, `absent` says why there is none. */
export function detectorsOf(watch: Watch, lane: number): object[] {
  return detectors.map(({ id, threshold }) => {
    const { firstStep, peak, steps, absent } = watch.finding(id, lane);
    return { id, firstStep, value: peak, threshold, steps, ...(absent ? { absent } : {}) };
  });
}
