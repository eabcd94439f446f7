import type { CacheConfig } from '../../gpu/kv/config';
import { laneName, widthsName } from '../lane-name';
import { bitsAt } from '../settings';
import type { State } from '../store';
import type { Theme } from './theme';

/**
 * How the charts name and colour lanes. Blue is the lane on show; with exactly two lanes the page compares arms and
 * the first is A (blue), the second B (orange). Further lanes are thin and grey.
 */
export type LaneTone = 'a' | 'b' | 'other';

type Named = Pick<State, 'settings' | 'runInfo' | 'lane'>;

/** The lanes of the run on screen, or of the settings before one. Lane i is at index i - 1. */
export function shownLanes(state: Named): CacheConfig[] {
  return state.runInfo ? state.runInfo.configs.slice(1) : state.settings.lanes;
}

export const comparesArms = (state: Named): boolean => shownLanes(state).length === 2;

export function laneTone(state: Named, lane: number): LaneTone {
  if (comparesArms(state)) return lane === 1 ? 'a' : 'b';
  return lane === state.lane ? 'a' : 'other';
}

export function toneColor(theme: Theme, tone: LaneTone): string {
  return tone === 'other' ? theme.lineStrong : theme[tone];
}

/** `K4 V2` as it stood at a step; `A K4 V2` between two arms. */
export function laneLabel(state: Named, lane: number, step = Number.POSITIVE_INFINITY): string {
  const lanes = shownLanes(state);
  if (lane < 1 || lane > lanes.length) return '';
  const name = laneName(lanes[lane - 1], bitsAt({ lanes, moves: state.settings.moves }, lane, step));
  return comparesArms(state) ? `${lane === 1 ? 'A' : 'B'} ${name}` : name;
}

/** The shortest name: `A`, `B`, or the widths. */
export function laneShort(state: Named, lane: number, step = Number.POSITIVE_INFINITY): string {
  const lanes = shownLanes(state);
  if (comparesArms(state)) return lane === 1 ? 'A' : 'B';
  if (lane < 1 || lane > lanes.length) return '';
  return widthsName(lanes[lane - 1], bitsAt({ lanes, moves: state.settings.moves }, lane, step));
}
