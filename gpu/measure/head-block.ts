import type { HeadMeasure } from '../run-types';
import { HEAD_MEASURES } from '../run-types';
import type { WatchedRun } from './detector';

/** Reads a measure of one lane out of a step's block [L][lanes - 1][H][measures]; `i` counts layers x heads. */
export function headReader({ lanes, heads }: Pick<WatchedRun, 'lanes' | 'heads'>, lane: number, measure: HeadMeasure) {
  const stride = HEAD_MEASURES.length;
  const at = HEAD_MEASURES.indexOf(measure);
  return (block: ArrayLike<number>, i: number): number => {
    const layer = Math.floor(i / heads);
    return block[((layer * (lanes - 1) + lane - 1) * heads + (i - layer * heads)) * stride + at];
  };
}
