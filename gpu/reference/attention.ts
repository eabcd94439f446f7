import { softmax } from './math';
import type { SideCache } from './side-cache';

/** What attention does for `n` new tokens of one layer. */
export interface AttentionInput {
  /** [n, H * D], rotated. */
  q: Float32Array;
  /** One per KV head, already holding the n new rows. */
  keys: SideCache[];
  values: SideCache[];
  headDim: number;
  heads: number;
  /** Position of the first new token. */
  first: number;
  /** Prompt queries of a `prefill: fp16` lane read every row as written. */
  asWritten: boolean;
}

/** Probabilities of one query over keys 0..i. */
export type AttentionRows = Float32Array[];

/**
 * Causal softmax attention: mixed values [n, H * D]. `keep`, one list per head, collects each query's probabilities.
 * Query heads h share KV head floor(h Hk / H).
 */
export function attend(input: AttentionInput, keep: AttentionRows[] | null): Float32Array {
  const { q, keys, values, headDim, heads, first, asWritten } = input;
  const width = heads * headDim;
  const out = new Float32Array(q.length);
  for (let row = 0; row * width < q.length; row++) {
    const i = first + row;
    for (let head = 0; head < heads; head++) {
      const kvHead = Math.floor((head * keys.length) / heads);
      const at = row * width + head * headDim;
      const query = q.subarray(at, at + headDim);
      const scores = new Float64Array(i + 1);
      for (let j = 0; j <= i; j++) scores[j] = dot(query, keys[kvHead].read(j, i, asWritten)) / Math.sqrt(headDim);
      softmax(scores);
      const mixed = new Float64Array(headDim);
      for (let j = 0; j <= i; j++) addScaled(mixed, scores[j], values[kvHead].read(j, i, asWritten));
      out.set(mixed, at);
      keep?.[head].push(Float32Array.from(scores));
    }
  }
  return out;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function addScaled(sum: Float64Array, scale: number, row: Float32Array): void {
  for (let i = 0; i < row.length; i++) sum[i] += scale * row[i];
}
