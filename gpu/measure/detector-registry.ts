import type { Detector, DetectorId } from './detector';
import calibration from './detectors/calibration.json';

const found = import.meta.glob<Detector>('./detectors/*.ts', { eager: true, import: 'default' });

/** In the order in which rows stand that never fired. */
const ORDER: readonly DetectorId[] = ['jitter', 'distant', 'distribution', 'repetition', 'reasoning', 'instruction'];

const thresholds: Partial<Record<DetectorId, number>> = calibration.thresholds;

/** Every detector with its threshold: the calibrated one where there is one, else its start value. */
export const detectors: readonly Detector[] = Object.values(found)
  .map((one) => ({ ...one, threshold: thresholds[one.id] ?? one.threshold }))
  .sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id));

/** Runs of the clean lane on which a detector fires, and all of them: its false alarms; null while it is not calibrated. */
export function falseAlarmsOf(id: DetectorId): { alarms: number; runs: number; lane: string } | null {
  const rows: { detector: string; clean: { alarms: number; runs: number } }[] = calibration.rows;
  const row = rows.find(({ detector }) => detector === id);
  return row ? { ...row.clean, lane: calibration.clean } : null;
}

/** On what the thresholds were calibrated; empty while they are start values. */
export const calibratedOn: string = calibration.on;
