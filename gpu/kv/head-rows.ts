import type { Cached } from './evict';

/** Row `row` of one KV head of [rows][KV heads][D]: [D]. */
export function headRow(
  { keys, values, kvHeads, headDim }: Cached,
  side: 'keys' | 'values',
  row: number,
  head: number,
) {
  const rows = (side === 'keys' ? keys : values)!;
  const at = (row * kvHeads + head) * headDim;
  return rows.subarray(at, at + headDim);
}

/** One number per KV head and row. */
export const perHead = ({ held }: Cached, score: (row: number, head: number) => number): Float64Array[] =>
  held.map((rows, head) => Float64Array.from(rows, (_, row) => score(row, head)));

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

export const length = (row: ArrayLike<number>): number => Math.sqrt(dot(row, row));
