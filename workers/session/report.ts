import type { AdapterSummary, ModelSummary } from '../../gpu/run-types';
import { result } from '../eval/result';
import { timing } from '../eval/timing';
import type { LiveRun } from './live-run';

/** The eval JSON of a live run so far, with the slider moves that were made in it. */
export function reportOf(
  live: LiveRun,
  model: ModelSummary,
  adapter: AdapterSummary,
  prefillMs: number,
  decode: (ids: number[]) => string,
): object {
  const { frames, spec, current } = live;
  const document = result({
    model,
    adapter,
    spec,
    configs: current.configs,
    frames,
    heads: live.heads,
    watch: live.watch,
    decisions: spec.lanes.map((_, i) => current.decisions(i + 1)),
    top: [],
    decode,
    timing: timing({
      loadMs: model.loadMs,
      prefillMs,
      promptTokens: spec.prompt.length,
      stepMs: live.stepMs,
      lanes: current.configs.length,
      gpuBytes: current.gpuBytes,
    }),
  });
  return { ...document, moves: current.loggedMoves.filter((move) => move.step <= live.step) };
}
