import type { OpRange } from '../kv/cache-types';

/** Where the slot entries of a lane's side stand, and its list of transforms (0 = none). */
export interface SlotTable {
  first: number;
  layerStride: number;
  headStride: number;
  tokenStride: number;
  chain: number;
  /** Its heads are query heads. Left out: KV heads. */
  byQuery?: boolean;
}

/** What a pass (one decode step, or one piece of a prefill layer) tells the kernels; mirrors `step.wgsl`. */
export interface Step {
  /** Tokens per stream in this pass; rows = n * streams. */
  n: number;
  streams: number;
  /** Position of the first token of the pass. */
  base: number;
  /** Stride and offset of long rows: [streams][stride], offset = base in prefill; 1 and 0 in decode. */
  rowStride: number;
  rowOffset: number;
  cap: number;
  segments: number;
  selected: { layer: number; head: number };
  /** Token that follows, NO_TOKEN = the driver's best (greedy), WAIT = the host decides. */
  next: number;
  freeRunning: boolean;
  driver: number;
  freshRows: number;
  lanes: number;
  ops: OpRange[];
  streamLane: number[];
  /** By lane * 2 + side. */
  tables: readonly SlotTable[];
  /** By lane: tokens that have left, where places are counted inside the cache. */
  shifts?: readonly number[];
  /** Where the seal times of prompt rows begin in the slot buffer; prefill only. */
  sealedAt?: number;
}

export const NO_TOKEN = 0xffffffff;
export const WAIT = 0xfffffffe;
const OPS = 16;
const STREAMS = OPS + 64;
const TABLES = STREAMS + 8;
const SHIFTS = TABLES + 64;
const MORE = SHIFTS + 8;
const WORDS = MORE + 4;
export const STEP_BYTES = WORDS * 4;

/** Rows of the pass and keys its newest query sees. */
export const rowsOf = (s: Step): number => s.n * s.streams;
export const totalOf = (s: Step): number => s.base + s.n;

export function stepWords(s: Step): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(WORDS);
  words.set([
    rowsOf(s),
    s.n,
    s.base,
    totalOf(s),
    s.streams,
    s.rowStride,
    s.rowOffset,
    s.cap,
    s.segments,
    s.selected.layer,
    s.selected.head,
    s.next,
    s.freeRunning ? 1 : 0,
    s.driver,
    s.freshRows,
    s.lanes,
  ]);
  for (const [i, op] of s.ops.entries()) words.set([op.start, op.layerStride, op.headStride, op.count], OPS + 4 * i);
  for (const [i, lane] of s.streamLane.entries()) words[STREAMS + i] = lane;
  for (const [i, t] of s.tables.entries())
    words.set([t.first, t.layerStride, t.headStride | (t.tokenStride << 16), t.chain], TABLES + 4 * i);
  if (s.shifts) words.set(s.shifts, SHIFTS);
  words[MORE] = s.sealedAt ?? 0;
  words[MORE + 1] = s.tables.reduce((bits, { byQuery }, i) => bits | (byQuery ? 1 << i : 0), 0);
  return words;
}
