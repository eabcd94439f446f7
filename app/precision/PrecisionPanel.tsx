import { useState } from 'react';
import { find } from '../../gpu/kv/catalog';
import type { MoveScope } from '../../gpu/kv/config';
import { Panel } from '../draw/Panel';
import { isMovable, play } from '../engine-run';
import { useStore } from '../store';
import { en } from '../text/en';
import { Advanced } from './Advanced';
import { ArmSwitch } from './arms/ArmSwitch';
import { ArmsEditor } from './arms/ArmsEditor';
import { armsOf } from './arms/arms';
import { bitsWanted, laneNow, PAIRS } from './bits';
import { setPair } from './change';
import { LayerStrip } from './LayerStrip';
import { notPossible } from './lane-words';
import { Ruler } from './Ruler';
import { SystemPicker } from './SystemPicker';
import { bitsOf } from './widths';

/** The first thing a visitor grabs: bits of keys and values. */
export function PrecisionPanel() {
  const text = en.precision;
  const lock = useStore((s) => s.lock);
  const sum = useStore((s) => bitsWanted(s).k + bitsWanted(s).v);
  const isBits = useStore((s) => bitsOf(laneNow(s), 'k').length > 0);
  const [more, setMore] = useState(false);
  const isTwo = useStore((s) => armsOf(s) === 'two');
  if (isTwo) {
    return (
      <Panel className="precision" title={text.title} note={text.note} side={<ArmSwitch />}>
        <ArmsEditor />
        <div className="opt">
          <Scope />
          <MoreButton more={more} onMore={setMore} />
        </div>
        <WholeCacheNote />
        {more && (
          <>
            <SystemPicker />
            <LayerStrip />
            <Advanced />
          </>
        )}
      </Panel>
    );
  }
  return (
    <Panel className="precision" title={text.title} note={text.note} side={<ArmSwitch />}>
      <SystemPicker />
      <Ruler side="k" />
      <Ruler side="v" />
      <Pairs />
      <LayerStrip />
      {isBits && (
        <div className="opt">
          <label title={text.lockTitle(sum)}>
            <input
              type="checkbox"
              checked={lock}
              onChange={(event) => useStore.setState({ lock: event.target.checked })}
            />
            {text.lock}
          </label>
          <Scope />
        </div>
      )}
      <div className="opt">
        <Summary />
        <MoreButton more={more} onMore={setMore} />
      </div>
      <WholeCacheNote />
      {more && <Advanced />}
    </Panel>
  );
}

function MoreButton({ more, onMore }: { more: boolean; onMore: (more: boolean) => void }) {
  return (
    <button type="button" className="word" aria-expanded={more} onClick={() => onMore(!more)}>
      {more ? en.precision.less : en.precision.more}
    </button>
  );
}

/** Pairs that the lane cannot have stay in sight and say why; a lane without numbers of bits has none. */
function Pairs() {
  const k = useStore((s) => bitsWanted(s).k);
  const v = useStore((s) => bitsWanted(s).v);
  const lane = useStore(laneNow);
  const all = { k: bitsOf(lane, 'k'), v: bitsOf(lane, 'v') };
  if (all.k.length === 0 || all.v.length === 0) return null;
  const why = (bitsK: number, bitsV: number) => {
    if (!all.k.includes(bitsK)) return notPossible(lane, 'k', bitsK);
    return all.v.includes(bitsV) ? undefined : notPossible(lane, 'v', bitsV);
  };
  return (
    <fieldset className="pairs" aria-label={en.precision.presets}>
      {PAIRS.map(([bitsK, bitsV]) => (
        <button
          key={`${bitsK}/${bitsV}`}
          type="button"
          aria-label={en.precision.preset(bitsK, bitsV)}
          aria-pressed={k === bitsK && v === bitsV}
          disabled={why(bitsK, bitsV) !== undefined}
          title={why(bitsK, bitsV)}
          onClick={() => setPair({ k: bitsK, v: bitsV })}
        >
          {bitsK}/{bitsV}
        </button>
      ))}
    </fieldset>
  );
}

function Scope() {
  const scope = useStore((s) => s.scope);
  return (
    <label>
      {en.precision.applies}&nbsp;
      <select
        className="quiet-select strong"
        value={scope}
        onChange={(event) => useStore.setState({ scope: event.target.value as MoveScope })}
      >
        <option value="all">{en.precision.scopes.all}</option>
        <option value="new">{en.precision.scopes.new}</option>
      </select>
    </label>
  );
}

function Summary() {
  const lane = useStore((s) => s.settings.lanes[s.lane - 1]);
  const text = en.precision;
  const sides = [lane.k, lane.v].filter((side) => side.bits < 16);
  const group = new Set(sides.map((side) => side.group)).size > 1 ? text.mixed : (sides[0]?.group ?? 32);
  const codec = find('codec', sides[0]?.codec ?? 'f16').title;
  const line =
    sides.length === 0
      ? text.allExact
      : text.summary(codec, group === 'head' ? text.head : String(group), lane.keep.sinks + lane.keep.window);
  return (
    <span className="cut" title={line}>
      {line}
    </span>
  );
}

/** After a whole-cache move: what it is not, and the run that it would be. */
function WholeCacheNote() {
  const isMoved = useStore(
    (s) => s.edits === s.runEdits && s.settings.moves.some((m) => m.scope === 'all' && m.step <= s.step + 1),
  );
  if (!isMoved) return null;
  const rerun = () => {
    useStore.getState().foldMoves();
    void play();
  };
  return (
    <div className="opt" title={en.precision.scopeNote}>
      <span>{en.precision.scopeShort}</span>
      <button
        type="button"
        className="word"
        disabled={!isMovable() && useStore.getState().phase !== 'finished'}
        onClick={rerun}
      >
        {en.precision.rerun}
      </button>
    </div>
  );
}
