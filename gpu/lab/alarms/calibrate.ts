import type { DetectorId } from '../../measure/detector';
import { detectors } from '../../measure/detector-registry';
import type { AlarmRow } from '../experiments/alarms';

/** Runs with an alarm among those that had a value. */
export interface Rate {
  alarms: number;
  runs: number;
}

/** One detector: its threshold, and how often it then fires. */
export interface Calibrated {
  detector: DetectorId;
  start: number;
  threshold: number;
  /** Where `shadowFails`, these are failings of the model itself and no false alarms. */
  shadow: Rate;
  shadowFails: boolean;
  clean: Rate;
  broken: Rate;
  /** Largest value on the clean lane and on the broken one. */
  peaks: { clean: number; broken: number };
}

/** Share of runs of the shadow and of the clean lane that may raise an alarm. */
const MOST = 0.05;
/** Room above the largest value of a run that must stay quiet. */
const ROOM = 1.1;

/**
 * Thresholds at which at most 5 % of the runs of the shadow and of the `clean` lane fire: the start value where it does that already,
 * else the next value above the peaks of the runs that must stay quiet, with a tenth of room, rounded up to two figures. The shadow
 * need not stay quiet where it can fail by itself.
 */
export function calibrate(rows: readonly AlarmRow[], clean: string, broken: string): Calibrated[] {
  const ids = [...new Set(rows.map(({ detector }) => detector))];
  return ids.map((detector) => {
    const of = (lane: string) => rows.filter((row) => row.detector === detector && row.lane === lane && row.steps > 0);
    const [shadow, quiet, loud] = [of('FP16'), of(clean), of(broken)];
    const start = rows.find((row) => row.detector === detector)?.threshold ?? 0;
    const shadowFails = detectors.some(({ id, shadowFails: can }) => id === detector && can);
    const mustBeQuiet = shadowFails ? [quiet] : [shadow, quiet];
    const threshold = Math.max(start, ...mustBeQuiet.map((runs) => least(runs, start)));
    const rate = (runs: AlarmRow[]): Rate => ({
      alarms: runs.filter(({ peak }) => peak > threshold).length,
      runs: runs.length,
    });
    const peak = (runs: AlarmRow[]) => Math.max(0, ...runs.map((row) => row.peak));
    return {
      ...{ detector, start, threshold, shadowFails },
      ...{ shadow: rate(shadow), clean: rate(quiet), broken: rate(loud) },
      peaks: { clean: peak(quiet), broken: peak(loud) },
    };
  });
}

/** Lowest threshold that leaves at most 5 % of the runs above it. */
function least(runs: readonly AlarmRow[], start: number): number {
  const peaks = runs.map(({ peak }) => peak).sort((a, b) => b - a);
  const allowed = Math.floor(MOST * peaks.length);
  const border = peaks[allowed] ?? 0;
  return border > start ? upward(border * ROOM) : start;
}

/** Up to two significant figures. */
function upward(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(2));
}
