import type { CacheConfig } from './config';
import { codecOf } from './registry';

/** True when some lane learns tables from the calibration text: the host then puts its tokens into `RunSpec.calibration`. */
export const needsCalibration = (lanes: readonly CacheConfig[]): boolean =>
  lanes.some(({ k, v }) => [k, v].some((side) => codecOf(side.codec).learn?.from(side) === 'calibration'));
