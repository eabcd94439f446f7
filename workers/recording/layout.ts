import type { EffectiveBits, LaneBytes } from '../../gpu/run-types';
import { DISTANCE_BINS, HEAD_MEASURES } from '../../gpu/run-types';
import type { Head } from './head';

export const BYTE_FIELDS = [
  ...(['codes', 'meta', 'exact', 'tables', 'total', 'reserved', 'instrumentation', 'fp16', 'k', 'v'] as const),
] satisfies (keyof LaneBytes)[];
export const BIT_FIELDS = ['k', 'v', 'mean', 'packedMean'] as const satisfies (keyof EffectiveBits)[];

/** Most candidates of the next-token table that a step may have. */
export const MOST_TOP = 64;

/** One kept attention row: step, layer, head, keys. */
export const ROW_FIELDS = 4;

/** Numbers of one step's head measures. */
export const headsPerStep = ({ model, settings }: Pick<Head, 'model' | 'settings'>): number =>
  settings.lanes.length * model.layers * model.heads * HEAD_MEASURES.length;

/** Numbers of the bins of one row. */
export const binsPerRow = (lanes: number): number => lanes * DISTANCE_BINS;

/** The bytes of a section; refuses one that is missing, or has another length than is asked for. */
export type SectionOf = (name: string, bytes?: number) => Uint8Array;
