import type { Summary } from '../../gpu/measure/summary';
import { summarize } from '../../gpu/measure/summary';
import type { Frame } from '../../gpu/run-types';

/** Tokens that a lane was fed or chose after the prompt. */
export const tokensOf = (frames: readonly Frame[], lane: number): number[] =>
  frames.map((f) => f.lanes[lane].token).filter((id) => id >= 0);

/** The KL table of one lane over the frames so far. */
export function laneSummary(frames: readonly Frame[], lane: number): Summary {
  const scored = frames.filter((f) => f.lanes[lane].token >= 0 && Number.isFinite(f.lanes[lane].kl));
  const column = <T>(pick: (f: Frame) => T) => scored.map(pick);
  return summarize({
    kl: column((f) => f.lanes[lane].kl),
    nll: column((f) => f.lanes[lane].nll),
    nllBase: column((f) => f.lanes[0].nll),
    dp: column((f) => f.lanes[lane].dp),
    sameTop: column((f) => f.lanes[lane].sameTop),
  });
}
