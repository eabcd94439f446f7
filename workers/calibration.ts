import { CALIBRATION_TEXT } from '../gpu/kv/calibration-text';
import { needsCalibration } from '../gpu/kv/lane-calibration';
import type { Tokenizer } from '../gpu/load/types';
import type { RunSpec } from '../gpu/run-types';

/** The run with the tokens of the calibration text, where a lane learns from it. */
export const withCalibration = (spec: RunSpec, tokenizer: Pick<Tokenizer, 'encode'>): RunSpec =>
  needsCalibration(spec.lanes) ? { ...spec, calibration: tokenizer.encode(CALIBRATION_TEXT) } : spec;
