import type { TaskLine } from '../../../gpu/measure/task-report';
import type { TaskCell } from '../../../gpu/measure/task-table';

/** `w`: rounded weights beside an FP16 cache. */
export type Arm = 'both' | 'k' | 'v' | 'w';
export const ARMS: readonly Arm[] = ['both', 'k', 'v', 'w'];
/** From exact to coarse. */
export const BITS = [16, 8, 4, 2] as const;

/** The lane of an arm at a width; the other side keeps FP16, and so does the cache beside rounded weights. */
const laneOf = (arm: Arm, bits: number): string =>
  arm === 'w' ? `w=${bits}` : `k=${arm === 'v' ? 16 : bits} v=${arm === 'k' ? 16 : bits}`;

/** What was measured at a width; 16 bits is FP16 itself in every arm. */
export const cellOf = ({ fp16, lanes }: TaskLine, arm: Arm, bits: number): TaskCell | undefined =>
  bits === 16 ? fp16 : lanes.get(laneOf(arm, bits));
