import { DISTANCE_BINS } from '../../gpu/run-types';
import { comparesArms, laneShort, laneTone } from '../draw/lanes';
import type { State } from '../store';
import { charts } from '../text/charts';
import { farChange, massTop, usedBins } from './distanceBins';
import { shownRow } from './headSource';

export interface DistanceSeries {
  name: string;
  /** Token of the colour in the style sheet. */
  tone: 'fp16' | 'a' | 'b' | 'line-strong';
  mass: Float32Array;
}

export interface DistanceView {
  series: DistanceSeries[];
  bins: number;
  top: number;
  /** Over the bins 64 and beyond, null where there is nothing to compare. */
  far: string | null;
}

/** The profile of the shown row; null mass everywhere before there is one. */
export function distanceView(state: State): DistanceView {
  const lanes = comparesArms(state) ? [1, 2] : [state.lane];
  const row = shownRow(state)?.row ?? null;
  const mass = (lane: number) => row?.bins[lane] ?? new Float32Array(DISTANCE_BINS);
  const series: DistanceSeries[] = [{ name: charts.fp16, tone: 'fp16', mass: mass(0) }];
  for (const lane of lanes) {
    const tone = laneTone(state, lane);
    series.push({ name: laneShort(state, lane), tone: tone === 'other' ? 'line-strong' : tone, mass: mass(lane) });
  }
  return {
    series,
    bins: row ? usedBins(row.length) : 10,
    top: massTop(series.map((one) => one.mass)),
    far: row ? farText(series, lanes.length > 1) : null,
  };
}

function farText(series: DistanceSeries[], arms: boolean): string | null {
  const parts = series.slice(1).map((lane) => {
    const change = farChange(series[0].mass, lane.mass);
    return change === null ? null : charts.distance.change(arms ? lane.name : null, Math.round(change * 100));
  });
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : charts.distance.changes(known);
}
