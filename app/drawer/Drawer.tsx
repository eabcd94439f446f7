import type { ReactNode } from 'react';
import { useState, useSyncExternalStore } from 'react';
import { useLiveAt } from '../draw/live';
import { Panel } from '../draw/Panel';
import { runMode } from '../draw/runMode';
import { pairRows } from '../lab/grid/gridData';
import { useGridForm } from '../lab/grid/gridForm';
import { rowsOf, useJobs } from '../lab/jobs';
import { useLabText } from '../lab/lab-prompt';
import { KlByPosition } from '../lab/length/KlByPosition';
import { shownPositions } from '../lab/length/positions';
import { hasStrip } from '../page/Strips';
import { useStore } from '../store';
import { drawer as text } from '../text/en-drawer';
import { grid } from '../text/en-grid';
import { length } from '../text/en-length';
import './drawer.css';
import { KlHistogram } from './KlHistogram';
import { LengthTable } from './LengthTable';
import { SmallFrontier } from './SmallFrontier';

/** Below this the drawer starts folded, so that the panels keep their room. */
const ROOM = '(min-height: 820px) and (min-width: 1100px)';
const HEIGHT = 88;

function useRoom(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(ROOM);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(ROOM).matches,
  );
}

/** Figures of the whole run below the panels; one row when folded. */
export default function Drawer() {
  const hasRoom = useRoom();
  const isQuiet = useStore((s) => s.error === null && !hasStrip(s));
  const [wish, setWish] = useState<boolean | null>(null);
  const isOpen = wish ?? (hasRoom && isQuiet);
  const toggle = (
    <button type="button" className="word" aria-expanded={isOpen} onClick={() => setWish(!isOpen)}>
      {isOpen ? text.fold : text.open}
    </button>
  );
  return (
    <section className="drawer" aria-label={text.label}>
      {isOpen ? (
        <Parts toggle={toggle} />
      ) : (
        <div className="drawer-bar">
          <b>{text.label}</b>
          <span className="m">{text.parts}</span>
          <span className="gap" />
          {toggle}
        </div>
      )}
    </section>
  );
}

function Parts({ toggle }: { toggle: ReactNode }) {
  useLiveAt(2);
  const state = useStore.getState();
  const lanes = shownPositions(state).filter(({ at }) => at.length > 0);
  const isFree = runMode(state) === 'free-running';
  const { position, histogram, memory } = text;
  const why = isFree ? histogram.free : lanes.length === 0 ? position.empty : null;
  return (
    <div className="drawer-parts">
      <Panel title={length.position.title} note={position.note}>
        {why ? (
          <p className="lab m">{why}</p>
        ) : (
          <KlByPosition lanes={lanes} context={state.model?.context ?? 0} height={HEIGHT} isSmall />
        )}
      </Panel>
      <Panel title={histogram.title} note={histogram.note}>
        {why ? <p className="lab m">{why}</p> : <KlHistogram lanes={lanes} height={HEIGHT} />}
      </Panel>
      <Panel title={memory.title} note={memory.note}>
        <LengthTable />
      </Panel>
      <FrontierPart toggle={toggle} />
    </div>
  );
}

/** The grid of this prompt, when this visit has it. */
function FrontierPart({ toggle }: { toggle: ReactNode }) {
  const job = useJobs((s) => s.jobs.grid);
  const by = useGridForm((s) => s.by);
  const measured = useLabText('grid');
  const isSame = useStore((s) => s.settings.text === measured);
  const rows = isSame ? pairRows(rowsOf(job)) : [];
  return (
    <Panel title={text.frontier.title} note={text.frontier.note(grid.byLong[by])} side={toggle}>
      {rows.length > 0 ? (
        <SmallFrontier rows={rows} by={by} height={HEIGHT} />
      ) : (
        <p className="lab m">
          {text.frontier.none}{' '}
          <button type="button" className="word" onClick={() => useStore.setState({ view: 'lab', section: 'grid' })}>
            {text.frontier.go}
          </button>
        </p>
      )}
    </Panel>
  );
}
