import { lastMoveStep } from '../../divergence/klFlags';
import type { LaneTone } from '../../draw/lanes';
import { laneLabel, laneTone } from '../../draw/lanes';
import { frames } from '../../frames';
import type { State } from '../../store';
import type { Positions } from './trend';

export interface LanePositions extends Positions {
  lane: number;
  label: string;
  tone: LaneTone;
  /** The steps of these positions, ascending. */
  steps: number[];
}

/** The lane on show, or both arms, since its last move: steps whose KL is known. */
export function shownPositions(state: State): LanePositions[] {
  return frames.lanes.flatMap(({ kl, count }, lane) => {
    const tone = lane === 0 ? 'other' : laneTone(state, lane);
    if (tone === 'other') return [];
    const from = lastMoveStep(state.settings.moves, lane, frames.count);
    const steps = Array.from({ length: Math.max(0, count - from) }, (_, i) => from + i).filter((step) =>
      Number.isFinite(kl[step]),
    );
    const at = steps.map((step) => frames.get(step)?.position ?? step);
    return [{ lane, label: laneLabel(state, lane), tone, steps, at, kl: steps.map((step) => kl[step]) }];
  });
}

/** The end of the axis: the power of two beyond what was run, at least 256, at most the model's context. */
export function axisEnd(last: number, context: number): number {
  const beyond = 2 ** Math.ceil(Math.log2(Math.max(1, last) * 1.4));
  return Math.max(last + 1, Math.min(Math.max(256, beyond), context));
}
