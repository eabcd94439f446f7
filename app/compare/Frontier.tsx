import type { ComponentType } from 'react';
import { lazy, Suspense, useDeferredValue, useRef } from 'react';
import { fixed, klText } from '../draw/figures';
import { useMountedChart } from '../draw/mounted';
import { SaveChart } from '../draw/SaveChart';
import { en } from '../text/en';
import type { Ranked } from './rank';
import { frontier } from './rank';

export interface FrontierPoint {
  bits: number;
  /** As measured. */
  kl: number;
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
    return [
      {
        bits: size.bits,
        kl: kl.median,
        median: Math.max(FLOOR, kl.median),
        label,
        name: title,
        best: best.has(lane),
        lane,
      },
    ];
  });
  // The best ones last, on top.
  points.sort((a, b) => Number(a.best) - Number(b.best));
  const deferred = useDeferredValue(points);
  const body = useRef<HTMLDivElement>(null);
  const chart = useMountedChart(text.title, body, {
    columns: () => text.columns,
    rows: () => points.length,
    row: (i) => {
      const { name, bits, kl, best: isBest } = points[i];
      return [name, fixed(bits), klText(kl), isBest ? text.yes : text.no];
    },
  });
  return (
    <section className="frontier" aria-label={text.title}>
      <div className="row">
        <h3>
          {text.title} <span className="m">{text.note}</span>
        </h3>
        {points.length > 0 && <SaveChart chart={chart} here />}
      </div>
      <div className="frontier-body" ref={body}>
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
