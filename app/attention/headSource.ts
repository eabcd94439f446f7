import type { AttentionRow } from '../../gpu/run-types';
import { frames } from '../frames';
import type { HeadId, State } from '../store';
import { cursorStep } from '../use-frames';
import type { MapShape } from './mapLayout';
import type { Metric } from './metrics';
import { metricValues } from './metrics';

/** Drawn as outlines before a model is known. */
const unknownShape: MapShape = { layers: 30, heads: 9, kvHeads: 3 };

export function mapShape(state: Pick<State, 'model'>): MapShape {
  return state.model ?? unknownShape;
}

/** Head measures of a step, null once they fell out of memory or where the run carries none. */
export function headsAt(step: number): Float32Array | null {
  const heads = frames.get(step)?.heads;
  return heads && heads.length > 0 ? heads : null;
}

let buffer = new Float32Array(0);

/** [layers][heads] at the cursor for one lane; null when there is nothing to show. The array is reused by the next call. */
export function mapValues(state: State, metric: Metric, lane: number): Float32Array | null {
  const step = cursorStep(state.cursor);
  if (step < 0) return null;
  const { layers, heads } = mapShape(state);
  if (buffer.length !== layers * heads) buffer = new Float32Array(layers * heads);
  return metricValues(metric, headsAt, step, lane, heads, buffer) ? buffer : null;
}

/** True where a free-running lane has left the shadow's text: its heads read other tokens, so comparing them says nothing. */
export function hasParted(state: Pick<State, 'cursor'>, lane: number): boolean {
  const step = cursorStep(state.cursor);
  return step >= 0 && Number.isNaN(frames.lanes[lane]?.kl[step]);
}

export interface ShownRow {
  head: HeadId;
  step: number;
  /** Keys the query sees. */
  length: number;
  /** Null: the row of this head was not kept at this step. */
  row: AttentionRow | null;
}

const isOf = (row: AttentionRow | null | undefined, head: HeadId) =>
  row?.layer === head.layer && row.head === head.head;

/** The row on show: the hovered head's where it was kept, else the locked head's. Null before the first step. */
export function shownRow(state: Pick<State, 'cursor' | 'head' | 'hoveredHead'>): ShownRow | null {
  const step = cursorStep(state.cursor);
  const frame = frames.get(step);
  if (!frame) return null;
  const { row, position } = frame;
  const hovered = state.hoveredHead;
  const head = hovered && isOf(row, hovered) ? hovered : state.head;
  return { head, step, length: position + 1, row: isOf(row, head) ? row : null };
}
