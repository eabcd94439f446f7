import { laneTone, shownLanes, toneColor } from '../draw/lanes';
import { runMode } from '../draw/runMode';
import type { Theme } from '../draw/theme';
import { frames } from '../frames';
import { lastStep } from '../planned-steps';
import type { State } from '../store';
import { charts } from '../text/charts';
import { en } from '../text/en';
import { cursorStep } from '../use-frames';
import { lastMoveStep, moveFlags } from './klFlags';
import type { KlLine, KlView } from './klView';
import { ascending, quantile } from './quantile';

/** The KL plot of the present run, straight from the columns. */
export function klView(state: State, theme: Theme): KlView {
  const free = runMode(state) === 'free-running';
  const arms = shownLanes(state).length === 2;
  const lines: KlLine[] = [];
  for (let lane = 1; lane < frames.lanes.length; lane++) {
    const tone = laneTone(state, lane);
    lines.push({
      lane,
      kl: frames.lanes[lane].kl,
      color: toneColor(theme, tone),
      soft: tone === 'b' ? theme.bSoft : theme.aSoft,
      strong: tone !== 'other',
    });
  }
  const rank = (line: KlLine) => (line.strong ? 1 : 0) + (line.lane === state.lane ? 1 : 0);
  lines.sort((p, q) => rank(p) - rank(q));
  return {
    epoch: frames.epoch,
    steps: Math.max(plannedSteps(state), frames.count),
    computed: frames.count,
    cursor: cursorStep(state.cursor),
    lines,
    between: arms,
    flags: moveFlags(state),
    future: state.recording ? en.recording.notPlayed : charts.kl.future,
    empty: free ? charts.kl.freeRunning : frames.count === 0 ? charts.kl.empty : null,
  };
}

export function plannedSteps(state: State): number {
  const { info } = frames;
  if (state.recording) return lastStep(state);
  return info ? info.cap - info.promptTokens : state.settings.steps;
}

export interface KlSummary {
  from: number;
  median: number;
  p99: number;
}

let cached: { key: string; value: KlSummary } | null = null;

/** Median and 99 % since the last move of the lane; sorted again only when a step was added. */
export function klSummary(state: State, lane: number): KlSummary {
  const columns = frames.lanes[lane];
  const computed = columns?.count ?? 0;
  const from = lastMoveStep(state.settings.moves, lane, computed);
  const key = `${frames.info?.run}.${frames.epoch}.${lane}.${from}.${computed}`;
  if (cached?.key !== key) {
    const sorted = columns ? ascending(columns.kl, from, computed) : new Float32Array(0);
    cached = { key, value: { from, median: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) } };
  }
  return cached.value;
}

/** Steps since the last move of either arm in which A lies below B, and how many there are. */
export function armTally(state: State): { lower: number; of: number } {
  const [, a, b] = frames.lanes;
  const count = Math.min(a?.count ?? 0, b?.count ?? 0);
  const { moves } = state.settings;
  const from = Math.max(lastMoveStep(moves, 1, count), lastMoveStep(moves, 2, count));
  let lower = 0;
  for (let step = from; step < count; step++) if (a.kl[step] < b.kl[step]) lower++;
  return { lower, of: count - from };
}
