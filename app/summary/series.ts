import type { Summary } from '../../gpu/measure/summary';
import { summarize } from '../../gpu/measure/summary';
import { frames } from '../frames';
import type { State } from '../store';

export interface Numbers {
  from: number;
  to: number;
  table: Summary;
  /** First step in the range whose next token FP16 would not pick, or null. */
  firstDivergence: number | null;
}

/** First step that the last move could have changed, 0 without one. */
export function sinceMove(s: State): number {
  const last = frames.count - 1;
  const moves = s.settings.moves.filter((move) => move.lane === s.lane && move.step <= last);
  return moves.length > 0 ? moves[moves.length - 1].step : 0;
}

/** The KLD table of the lane over the steps from `from` to the newest. */
export function numbersOf(s: State, from: number): Numbers | null {
  const lane = frames.lanes[s.lane];
  const base = frames.lanes[0];
  const to = frames.count - 1;
  if (!lane || to < from) return null;
  const cut = <A extends Float32Array | Uint8Array>(values: A) => values.subarray(from, to + 1);
  const sameTop = Array.from(cut(lane.sameTop), Boolean);
  const table = summarize({ kl: cut(lane.kl), nll: cut(lane.nll), nllBase: cut(base.nll), dp: cut(lane.dp), sameTop });
  const first = sameTop.indexOf(false);
  return { from, to, table, firstDivergence: first < 0 ? null : from + first };
}
