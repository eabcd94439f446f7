import type { ComponentType } from 'react';
import { lazy, Suspense, useDeferredValue } from 'react';
import { en } from '../text/en';
import type { Ranked } from './rank';
import { frontier } from './rank';

export interface FrontierPoint {
  bits: number;
  /** Never below the floor of the axis. */
  median: number;
  label: string;
  name: string;
  /** No smaller lane is as close. */
  best: boolean;
  lane: number;
}

const FLOOR = 1e-4;
/** Without the chunk (offline, blocked) the table beside it has the same numbers. */
const FrontierChart = lazy<ComponentType<{ points: FrontierPoint[] }>>(() =>
  import('./FrontierChart').catch(() => ({ default: () => null })),
);

/** Effective bits against KL: which lanes are worth their size. */
export function Frontier({ rows }: { rows: readonly Ranked[] }) {
  const text = en.compare.frontier;
  const best = frontier(rows.map(({ row }) => row));
  const points = rows.flatMap(({ row, rank, tie }): FrontierPoint[] => {
    const { kl, size, title, lane } = row;
    if (!kl || !size) return [];
    const label = rank === null || tie || !best.has(lane) ? '' : String(rank);
    return [{ bits: size.bits, median: Math.max(FLOOR, kl.median), label, name: title, best: best.has(lane), lane }];
  });
  // The best ones last, on top.
  points.sort((a, b) => Number(a.best) - Number(b.best));
  const deferred = useDeferredValue(points);
  return (
    <section className="frontier" aria-label={text.title}>
      <h3>
        {text.title} <span className="m">{text.note}</span>
      </h3>
      <div className="frontier-body">
        {points.length === 0 ? (
          <p className="lab m">{text.empty}</p>
        ) : (
          <Suspense fallback={null}>
            <FrontierChart points={deferred} />
          </Suspense>
        )}
      </div>
    </section>
  );
}
