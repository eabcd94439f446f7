import type { CompareRow } from './compareData';

export const ORDERS = ['median', 'p99', 'sameTop', 'bits', 'bytes'] as const;
export type Order = (typeof ORDERS)[number];

/** Less is better; what is not there yet comes last. */
function measure(row: CompareRow, by: Order): number {
  const { kl, size } = row;
  if (by === 'bits') return size?.bits ?? Number.POSITIVE_INFINITY;
  if (by === 'bytes') return size?.bytes ?? Number.POSITIVE_INFINITY;
  if (!kl) return Number.POSITIVE_INFINITY;
  return by === 'sameTop' ? -kl.sameTop : kl[by];
}

/** Twice the largest standard deviation that noise alone gave the mean KL of one lane (8 %). */
const NOISE = 0.16;
const KL_ORDERS: readonly Order[] = ['median', 'p99'];

export interface Ranked {
  row: CompareRow;
  /** From 1; null before there is anything to rank by. */
  rank: number | null;
  /** Too near to the first of its rank to be called worse. */
  tie: boolean;
}

/** Best first. In the order of KL, a lane whose figure lies within the noise of the first of a rank shares that rank. */
export function ranked(rows: readonly CompareRow[], by: Order): Ranked[] {
  const noise = KL_ORDERS.includes(by) ? NOISE : 0;
  const sorted = [...rows].sort((a, b) => compare(measure(a, by), measure(b, by)) || a.lane - b.lane);
  let first = Number.NaN;
  let rank = 0;
  return sorted.map((row, i) => {
    const value = measure(row, by);
    if (!Number.isFinite(value)) return { row, rank: null, tie: false };
    const tie = value <= first * (1 + noise) && (noise > 0 || value === first);
    if (!tie) {
      first = value;
      rank = i + 1;
    }
    return { row, rank, tie };
  });
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

/** Lanes that no smaller lane beats: neither fewer bits with as little KL, nor less KL at as few bits. */
export function frontier(rows: readonly CompareRow[]): Set<number> {
  const points = rows.flatMap(({ lane, size, kl }) =>
    size && kl ? [{ lane, bits: size.bits, median: kl.median }] : [],
  );
  const beats = (p: (typeof points)[number], q: (typeof points)[number]) =>
    p.bits <= q.bits && p.median <= q.median && (p.bits < q.bits || p.median < q.median);
  return new Set(points.filter((q) => !points.some((p) => beats(p, q))).map(({ lane }) => lane));
}
