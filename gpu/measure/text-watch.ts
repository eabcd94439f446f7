import type { Tokenizer } from '../load/types';
import type { Frame, RunSpec } from '../run-types';
import { Watch } from './watch';

/** The run that the detectors watch, as its spec and the model say it. */
export function watchOf(
  spec: RunSpec,
  model: { layers: number; heads: number },
  tokenizer: Tokenizer,
  key: string | null = null,
): Watch {
  const run = {
    lanes: spec.lanes.length + 1,
    layers: model.layers,
    heads: model.heads,
    mode: spec.forced ? ('same-prefix' as const) : spec.mode,
    measuresHeads: spec.heads,
    prompt: tokenizer.decode(spec.prompt),
    key,
    label: tokenizer.label,
  };
  return new Watch(run, (token) => tokenizer.stops.includes(token));
}

/** Feeds a watch with whole frames as the engine gives them, and reads the lanes' text on the way. */
export function textFeed(watch: Watch, tokenizer: Tokenizer): (frame: Frame) => void {
  const streams = Array.from({ length: watch.run.lanes }, () => tokenizer.stream());
  return (frame) =>
    watch.take({
      ...frame,
      pieces: frame.lanes.map(({ token }, lane) => (token >= 0 ? streams[lane].push(token) : '')),
    });
}
