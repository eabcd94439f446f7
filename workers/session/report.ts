import type { AdapterSummary, ModelSummary } from '../../gpu/run-types';
import { result } from '../eval/result';
import type { LiveRun } from './live-run';

/** The eval JSON of a live run so far, with the slider moves that were made in it. */
export function reportOf(
  live: LiveRun,
  model: ModelSummary,
  adapter: AdapterSummary,
  prefillMs: number,
  textOf: (ids: number[]) => string,
): object {
  const { frames, spec, current } = live;
  const sorted = live.stepMs.toSorted((a, b) => a - b);
  const median = sorted.length ? sorted[sorted.length >> 1] : 0;
  const ms = (n: number) => Math.round(n * 1000) / 1000;
  const text = (lane: number) => textOf(frames.map((f) => f.lanes[lane].token).filter((id) => id >= 0));
  const document = result({
    model,
    adapter,
    spec,
    configs: current.configs,
    frames,
    heads: live.heads,
    top: [],
    texts: spec.forced ? null : current.configs.map((_, lane) => text(lane)),
    timing: {
      loadMs: ms(model.loadMs),
      prefillMs: ms(prefillMs),
      prefillTokensPerS: ms((spec.prompt.length * 1000) / Math.max(prefillMs, 0.001)),
      decodeMsMedian: ms(median),
      tokensPerS: median > 0 ? ms(1000 / median) : 0,
      lanes: current.configs.length,
      gpuBytes: current.gpuBytes,
    },
  });
  return { ...document, moves: current.loggedMoves.filter((move) => move.step <= live.step) };
}
