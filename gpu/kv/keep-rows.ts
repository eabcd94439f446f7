import type { Plan } from './evict';

/** Row numbers that stay, ascending, one list per head of `scores`. Equal scores: the lower head, then the lower row first. */
export function keepRows(scores: readonly ArrayLike<number>[], plan: Plan): Uint32Array[] {
  const kept = scores.map((rows) => Array.from(rows, (_, row) => isForced(row, rows.length, plan)));
  const least = plan.shared ? plan.shared.least : plan.keep;
  scores.forEach((rows, head) => {
    const forced = kept[head].filter(Boolean).length;
    for (const row of best(rows, (row) => !kept[head][row], least - forced)) kept[head][row] = true;
  });
  if (plan.shared) share(scores, kept, plan.keep * scores.length);
  return kept.map((rows) => Uint32Array.from(rows.flatMap((isKept, row) => (isKept ? [row] : []))));
}

const isForced = (row: number, rows: number, { first, last }: Plan): boolean => row < first || row >= rows - last;

/** The `count` highest of the rows that `asked` lets through. */
export function best(scores: ArrayLike<number>, asked: (row: number) => boolean, count: number): number[] {
  const rows = Array.from(scores, (_, row) => row).filter(asked);
  return rows.sort((a, b) => scores[b] - scores[a] || a - b).slice(0, Math.max(0, count));
}

/** Fills what is left of the layer's budget with the highest rows of all heads. */
function share(scores: readonly ArrayLike<number>[], kept: boolean[][], budget: number): void {
  const left = budget - kept.flat().filter(Boolean).length;
  const others = scores.flatMap((rows, head) =>
    Array.from(rows, (score, row) => ({ score, head, row })).filter(({ row }) => !kept[head][row]),
  );
  others.sort((a, b) => b.score - a.score || a.head - b.head || a.row - b.row);
  for (const { head, row } of others.slice(0, Math.max(0, left))) kept[head][row] = true;
}
