import { useState } from 'react';
import { grouped } from '../draw/figures';
import { useLiveAt } from '../draw/live';
import { useNarrow } from '../draw/narrow';
import { runMode } from '../draw/runMode';
import { frames } from '../frames';
import { SceneMenu } from '../setup/PromptBox';
import { RunState, StepCount } from '../setup/RunPanel';
import { Scrub } from '../setup/Scrub';
import { RunButton, StepButton } from '../setup/Transport';
import { useStore } from '../store';
import { en } from '../text/en';
import { Segment } from '../ui/Segment';
import { CompareTable } from './CompareTable';
import './compare.css';
import './compare-narrow.css';
import './marks.css';
import { comparedFrom, compareRows } from './compareData';
import { Frontier } from './Frontier';
import { LanePicker } from './LanePicker';
import type { Order } from './rank';
import { ORDERS, ranked } from './rank';

/** Below this a verdict has too few steps, and so has a ranking. */
const ENOUGH = 64;

/** All lanes of the run in one table, ranked, live while it runs. */
export function Compare({ transport = true }: { transport?: boolean }) {
  useLiveAt(3);
  const [order, setOrder] = useState<Order>('median');
  const state = useStore.getState();
  const text = en.compare;
  const rows = ranked(compareRows(state), order);
  const from = comparedFrom(state);
  const steps = frames.count - from;
  const isFree = runMode(state) === 'free-running';
  return (
    <section className="panel compare" aria-label={en.page.sections.compare}>
      <div className="compare-head">
        <div className="compare-title">
          <h2>{text.title(rows.length)}</h2>
          <p className="m">
            {text.note(rows.length, steps)} {from > 0 && text.since(from)} {isFree && text.free}
          </p>
        </div>
        <div className="row compare-order">
          <Orders order={order} onChange={setOrder} />
        </div>
      </div>
      <div className="compare-run">
        <span className="lab m">
          {en.run.prompt}&nbsp;
          <SceneMenu />
        </span>
        {transport && (
          <>
            <RunButton />
            <StepButton />
            <Scrub />
            <StepCount />
          </>
        )}
        <RunState />
        <span className="gap" />
        <LanePicker />
      </div>
      <CompareTable rows={rows} steps={state.settings.steps + 1} order={order} onOrder={setOrder} />
      <div className="compare-foot">
        <Frontier rows={rows} />
        <Notes steps={steps} />
      </div>
    </section>
  );
}

function Orders({ order, onChange }: { order: Order; onChange: (order: Order) => void }) {
  const narrow = useNarrow();
  const text = en.compare;
  if (narrow) {
    return (
      <label>
        {text.rankBy}&nbsp;
        <select
          className="quiet-select strong"
          value={order}
          onChange={(event) => onChange(event.target.value as Order)}
        >
          {ORDERS.map((by) => (
            <option key={by} value={by}>
              {text.by[by]}
            </option>
          ))}
        </select>
      </label>
    );
  }
  const options = ORDERS.map((by) => [by, text.by[by]] as const);
  return (
    <>
      <span className="lab m">{text.rankBy}</span>
      <Segment label={text.rankBy} value={order} options={options} onChange={onChange} />
    </>
  );
}

/** How to read the table, and below which difference not to. */
function Notes({ steps }: { steps: number }) {
  const text = en.compare;
  const length = useStore((s) => s.length);
  const tokens = frames.last ? frames.last.position + 1 : null;
  return (
    <div className="compare-notes">
      {steps > 0 && steps < ENOUGH && <p role="status">{text.few(steps)}</p>}
      <p>
        <b>{text.spread.title}</b> {text.spread.text} {text.spread.source}
      </p>
      <p>
        <b>{text.tags.title}</b>: {text.tags.text} <b>{text.tags.title2}</b>: {text.tags.text2}
      </p>
      <p>
        <b>{text.bars.title}</b>: {text.bars.text(tokens === null ? '–' : grouped(tokens), grouped(length))}
      </p>
      <p>
        <b>{text.notTested.title}</b>: {text.notTested.text}
      </p>
    </div>
  );
}
