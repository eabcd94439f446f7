import type { Frame } from '../run-types';
import type { Summary } from './summary';
import { summarize } from './summary';

/** The KL table of one lane over the frames so far: steps that a token follows and whose KL is known. */
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
