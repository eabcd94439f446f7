import { detectors, falseAlarmsOf } from '../../gpu/measure/detector-registry';
import type { Level } from '../../gpu/measure/verdict';
import type { Finding, Watch } from '../../gpu/measure/watch';
import { comparesArms, laneTone } from '../draw/lanes';
import { frames } from '../frames';
import { useStore } from '../store';
import { breaks as text } from '../text/en-verdict';
import { Glyph } from './Glyph';
import { goThere } from './goThere';
import { SPARK, sparkPath, topOf, yOf } from './sparkPath';

interface Props {
  row: Finding;
  lane: number;
  watch: Watch | undefined;
  /** Of the lane: colours the rows that fired. */
  level: Level;
}

export function BreakRow({ row, lane, watch, level }: Props) {
  const one = detectors.find(({ id }) => id === row.id);
  if (!one) return null;
  const { firstStep, absent, steps } = row;
  const alarms = falseAlarmsOf(row.id);
  const known = alarms ? ` ${text.falseAlarms(alarms.alarms, alarms.runs, alarms.lane)}` : '';
  const why = absent ? text.absentWhy[absent] : `${text.threshold(one.threshold)}${known}`;
  const parted = watch?.run.mode === 'free-running' && Number.isNaN(frames.lanes[lane]?.kl[watch.count - 1]);
  const waiting = !watch ? '–' : parted ? text.parted : text.waiting[row.id];
  const quiet = absent ? text.absent[absent] : steps === 0 ? waiting : text.never;
  return (
    <li className={firstStep === null ? '' : level} title={`${one.text} ${why}`}>
      <Glyph level={firstStep === null ? null : level} size={14} />
      <span>{one.title}</span>
      {absent || steps === 0 ? (
        <span className="q wide">{quiet}</span>
      ) : (
        <>
          {firstStep === null ? <span className="q">{quiet}</span> : <b>{text.step(firstStep)}</b>}
          <Spark row={row} lane={lane} watch={watch} threshold={one.threshold} />
          {firstStep === null ? (
            <span className="q end">{text.steps(steps)}</span>
          ) : (
            <button
              type="button"
              className="word end"
              aria-label={text.goTo(one.title, firstStep)}
              onClick={() => goThere(row.id, firstStep)}
            >
              {text.goThere}
            </button>
          )}
        </>
      )}
    </li>
  );
}

/** Values since the last move, dashed threshold, tick at the first failing step. */
function Spark({ row, lane, watch, threshold }: Omit<Props, 'level'> & { threshold: number }) {
  const { width, height } = SPARK;
  if (!watch) return <span />;
  const from = watch.since[lane];
  const top = topOf(threshold);
  const y = yOf(threshold, top);
  const span = Math.max(1, watch.count - 1 - from);
  const at = row.firstStep === null ? null : ((row.firstStep - from) / span) * (width - 1);
  const state = useStore.getState();
  const tone = comparesArms(state) ? laneTone(state, lane) : 'a';
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" className="break-spark">
      <path d={`M0 ${y}H${width}`} stroke="var(--line-strong)" strokeDasharray="2 2" />
      <path
        d={sparkPath(watch.values(row.id, lane), from, watch.count, top)}
        stroke={`var(--${tone})`}
        strokeWidth="1.25"
        fill="none"
      />
      {at !== null && <path d={`M${at.toFixed(1)} 1V${height}`} stroke="var(--ink)" />}
    </svg>
  );
}
