import type { Tokenizer } from '../gpu/load/types';
import { detectors } from '../gpu/measure/detector-registry';
import { Watch } from '../gpu/measure/watch';
import type { RunSpec } from '../gpu/run-types';

/** The detectors over a run that is about to begin; feed it each frame with the lanes' text. */
export function watchOf(spec: RunSpec, model: { layers: number; heads: number }, tokenizer: Tokenizer): Watch {
  const run = {
    lanes: spec.lanes.length + 1,
    layers: model.layers,
    heads: model.heads,
    mode: spec.forced ? ('same-prefix' as const) : spec.mode,
    measuresHeads: spec.heads,
    prompt: tokenizer.decode(spec.prompt),
    key: null,
    label: tokenizer.label,
  };
  return new Watch(run, (token) => tokenizer.stops.includes(token));
}

/** `detectors` of a lane in the eval contract: `value` is the largest so far, `absent` says why there is none. */
export function detectorsOf(watch: Watch, lane: number): object[] {
  return detectors.map(({ id, threshold }) => {
    const { firstStep, peak, steps, absent } = watch.finding(id, lane);
    return { id, firstStep, value: peak, threshold, steps, ...(absent ? { absent } : {}) };
  });
}
