import { logSumExp } from '../../gpu/measure/divergence';

/** The n best (id, log-probability) of a logits row, best first, ties to the lowest id. */
export function bestOf(row: Float32Array, n: number): [number, number][] {
  const sum = logSumExp(row);
  const ids = Array.from(row.keys()).sort((a, b) => row[b] - row[a] || a - b);
  return ids.slice(0, n).map((id) => [id, row[id] - sum]);
}
