import type { Step } from '../../gpu/kernels/step';
import { NO_TOKEN } from '../../gpu/kernels/step';

/** A decode step of one lane at position 0, but for what is given. */
export const step = (given: Partial<Step> = {}): Step => ({
  n: 1,
  streams: 1,
  base: 0,
  rowStride: 1,
  rowOffset: 0,
  cap: 1,
  segments: 1,
  selected: { layer: 0, head: 0 },
  next: NO_TOKEN,
  freeRunning: false,
  driver: 0,
  freshRows: 1,
  lanes: 1,
  ops: [],
  streamLane: Array.from({ length: given.streams ?? 1 }, (_, i) => i),
  tables: [],
  ...given,
});
