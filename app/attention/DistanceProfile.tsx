import type { ComponentType, CSSProperties } from 'react';
import { lazy, Suspense, useDeferredValue, useRef } from 'react';
import { fixed } from '../draw/figures';
import { useLiveAt } from '../draw/live';
import { useMountedChart } from '../draw/mounted';
import { Panel } from '../draw/Panel';
import { SaveChart } from '../draw/SaveChart';
import { useStore } from '../store';
import { charts } from '../text/charts';
import './attention.css';
import DistancePlain from './DistancePlain';
import { binEdges, farBin, firstTop } from './distanceBins';
import type { DistanceView } from './distanceSource';
import { distanceView } from './distanceSource';
import { shownRow } from './headSource';

/** Without the chunk (offline, blocked) the plain drawing stays. */
const DistanceBars = lazy<ComponentType<{ view: DistanceView }>>(() =>
  import('./DistanceBars').catch(() => ({ default: DistancePlain })),
);

/** Renders a second. At 2 instead of 5 a run with three series spends 2 ms less script in every frame. */
const PLAYING_HZ = 2;
const REST_HZ = 5;

/** Attention mass by distance from the query, the sink left out: does the lane still look far back? */
export function DistanceProfile() {
  useLiveAt(useStore(({ phase }) => phase === 'playing') ? PLAYING_HZ : REST_HZ);
  const state = useStore.getState();
  const view = distanceView(state);
  const shown = shownRow(state);
  const deferred = useDeferredValue(view);
  const body = useRef<HTMLDivElement>(null);
  const chart = useMountedChart(charts.distance.title, body, tableOf(view));
  return (
    <Panel
      className="distance"
      title={charts.distance.title}
      note={charts.distance.note(shown && `L${shown.head.layer} H${shown.head.head}`)}
      side={<Legend view={view} />}
    >
      <SaveChart chart={chart} />
      <div className="distance-body" ref={body}>
        {shown?.row ? (
          <Suspense fallback={<DistancePlain view={view} />}>
            <DistanceBars view={deferred} />
          </Suspense>
        ) : (
          <DistancePlain view={view} />
        )}
        {view.top > firstTop && <span className="distance-top">{charts.distance.top(view.top)}</span>}
        {view.far && view.bins > farBin && <FarBracket view={view} />}
        {shown && !shown.row && <p className="distance-none">{charts.distance.missing}</p>}
      </div>
    </Panel>
  );
}

const tableOf = ({ series, bins }: DistanceView) => ({
  columns: () => [charts.distance.from, ...series.map(({ name }) => name)],
  rows: () => bins,
  row: (bin: number) => [String(binEdges[bin]), ...series.map(({ mass }) => fixed(mass[bin], 4))],
});

function Legend({ view }: { view: DistanceView }) {
  return (
    <span className="distance-legend">
      {view.series.map((series) => (
        <b key={series.name} style={{ color: `var(--${series.tone})` }}>
          <i style={{ background: `var(--${series.tone})` }} />
          {series.name}
        </b>
      ))}
    </span>
  );
}

/** Over the bins 64 and beyond: how much of that mass is gone. */
function FarBracket({ view }: { view: DistanceView }) {
  return (
    <div className="distance-far" style={{ '--share': farBin / view.bins } as CSSProperties}>
      <span>{charts.distance.beyond}</span>
      <b>{view.far}</b>
    </div>
  );
}
