import type { CSSProperties } from 'react';
import { useRef } from 'react';
import type { HeadMeasure } from '../../gpu/run-types';
import { comparesArms, laneLabel } from '../draw/lanes';
import { putText, useLive } from '../draw/live';
import { useNarrow } from '../draw/narrow';
import { Panel } from '../draw/Panel';
import { shownHead, useStore } from '../store';
import { charts } from '../text/charts';
import './attention.css';
import { HeadMapCanvas } from './HeadMapCanvas';
import { hasParted, mapShape, mapValues } from './headSource';
import { MetricLegend } from './MetricLegend';
import { metricById, metricIds } from './metrics';
import { metricText } from './metricText';

/** The map of all heads at the cursor: where in the model the cache error shows. Two arms stand side by side. */
export function HeadMap() {
  const arms = useStore(comparesArms);
  const lane = useStore((state) => state.lane);
  const metric = useStore((state) => state.metric);
  const layers = useStore((state) => mapShape(state).layers);
  const heads = useStore((state) => mapShape(state).heads);
  const narrow = useNarrow();

  return (
    <Panel
      className="head-map"
      title={charts.heads.title}
      note={<MetricMenu />}
      side={<HeadFigure lane={arms ? 0 : lane} />}
    >
      <div className="head-map-box">
        <div
          className={arms ? 'head-map-maps two' : 'head-map-maps'}
          style={{ '--layers': layers, '--heads': heads } as CSSProperties}
        >
          {arms ? (
            <>
              <ArmMap lane={1} parts={firstArm} />
              <ArmMap lane={2} parts={secondArm} />
            </>
          ) : (
            <HeadMapCanvas lane={lane} parts={narrow ? firstArm : whole} />
          )}
        </div>
      </div>
      <MetricLegend metric={metricById(metric)} width={narrow ? 320 : 270} />
    </Panel>
  );
}

const whole = { bars: true, numbers: true };
const firstArm = { bars: false, numbers: true };
const secondArm = { bars: false, numbers: false };

function ArmMap({ lane, parts }: { lane: number; parts: typeof whole }) {
  const label = useStore((state) => laneLabel(state, lane));
  return (
    <div className="head-map-arm">
      <span className={parts.numbers ? 'numbered' : ''}>
        <b className={lane === 1 ? 'tone-a' : 'tone-b'}>{label}</b> <HeadFigure lane={lane} bare />
      </span>
      <HeadMapCanvas lane={lane} parts={parts} />
    </div>
  );
}

/** `L7 H4 0.213`; lane 0 = the head alone (each arm has its own figure then). */
function HeadFigure({ lane, bare = false }: { lane: number; bare?: boolean }) {
  const name = useRef<HTMLSpanElement>(null);
  const value = useRef<HTMLElement>(null);
  useLive(() => {
    const state = useStore.getState();
    const metric = metricById(state.metric);
    const { layer, head } = shownHead(state);
    const values = mapValues(state, metric, Math.max(1, lane));
    putText(name.current, bare ? '' : values ? `L${layer} H${head} ` : charts.heads.none);
    const says = values && lane > 0 && !hasParted(state, lane);
    putText(value.current, says ? metricText(metric, values[layer * mapShape(state).heads + head]) : '');
  });
  return (
    <>
      <span ref={name} />
      <b ref={value} className={bare ? 'plain' : ''} />
    </>
  );
}

function MetricMenu() {
  const metric = useStore((state) => state.metric);
  const setMetric = useStore((state) => state.setMetric);
  return (
    <select
      className="quiet-select"
      aria-label={charts.heads.metric}
      title={charts.metrics[metricById(metric).id].what}
      value={metricById(metric).id}
      onChange={(event) => setMetric(event.target.value as HeadMeasure)}
    >
      {metricIds.map((id) => (
        <option key={id} value={id}>
          {charts.metrics[id].name}
        </option>
      ))}
    </select>
  );
}
