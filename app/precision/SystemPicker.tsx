import { useState } from 'react';
import { find } from '../../gpu/kv/catalog';
import type { Entry } from '../../gpu/kv/entry';
import { overrides, ownParams } from '../../gpu/kv/lane-system';
import { laneName } from '../lane-name';
import { bitsAt } from '../settings';
import { useStore } from '../store';
import { en } from '../text/en';
import { AboutSystem } from './AboutSystem';
import { laneNow } from './bits';
import { LearnedLine } from './LearnedLine';
import type { Refusal } from './lane-edit';
import { backToSystem, chooseSystem } from './lane-edit';
import { SystemForm } from './SystemForm';
import { SystemOptions } from './SystemOptions';
import './systems.css';
import { widthsOf } from './widths';

/** Which published system the lane is, what makes it custom, and the way back. */
export function SystemPicker() {
  const id = useStore((s) => laneNow(s).system ?? '');
  const [about, setAbout] = useState(false);
  const [form, setForm] = useState(isAllForm);
  const [refusal, setRefusal] = useState<Refusal>(null);
  const text = en.systems;
  const entry = id === '' ? null : find('system', id);
  const choose = (next: string) => {
    setRefusal(chooseSystem(next));
    setForm(isAllForm());
  };
  return (
    <div className="system">
      <LaneChoice />
      <div className="opt">
        <label>
          {text.pick}&nbsp;
          <select className="quiet-select strong" value={id} onChange={(event) => choose(event.target.value)}>
            <option value="">{text.none}</option>
            <SystemOptions />
          </select>
        </label>
        {entry && (
          <span className="row">
            {hasForm(entry) && (
              <button
                type="button"
                className="word"
                aria-expanded={form}
                aria-label={text.own(entry.title)}
                onClick={() => setForm(!form)}
              >
                {text.settings}
              </button>
            )}
            <button
              type="button"
              className="word"
              aria-expanded={about}
              aria-label={text.about(entry.title)}
              onClick={() => setAbout(!about)}
            >
              {text.aboutShort}
            </button>
          </span>
        )}
      </div>
      {refusal && <p role="alert">{refusal}</p>}
      {entry && <CustomLine title={entry.title} />}
      <LearnedLine />
      {entry && about && <AboutSystem entry={entry} />}
      {entry && form && <SystemForm id={entry.id} />}
    </div>
  );
}

/** Where no ruler moves, the settings are all there is to set. */
function isAllForm(): boolean {
  const lane = laneNow(useStore.getState());
  return lane.system !== undefined && widthsOf(lane, 'k').kind === 'fixed';
}

const hasForm = ({ id, facts }: Entry) => ownParams(id).length > 0 || facts?.scaled !== undefined;

/** Says that the lane has left its preset, by which words, and offers the way back. */
function CustomLine({ title }: { title: string }) {
  const lane = useStore(laneNow);
  const words = overrides(lane);
  const text = en.systems;
  if (words.length === 0) return null;
  return (
    <div className="custom" role="status">
      <b>{text.custom(title)}</b>{' '}
      <span className="mono" title={text.customWhat}>
        {words.join(' ')}
      </span>
      <button type="button" className="word" onClick={backToSystem}>
        {text.back(title)}
      </button>
    </div>
  );
}

/** With several lanes: which one the panels show and the rulers move. */
export function LaneChoice() {
  const lanes = useStore((s) => s.settings.lanes);
  const lane = useStore((s) => s.lane);
  const settings = useStore((s) => s.settings);
  const text = en.systems;
  if (lanes.length < 2) return null;
  return (
    <div className="opt">
      <label>
        {text.laneOf(lane, lanes.length)}&nbsp;
        <select
          className="quiet-select strong"
          aria-label={text.lane}
          value={lane}
          onChange={(event) => useStore.setState({ lane: Number(event.target.value), pending: {} })}
        >
          {lanes.map((config, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place in the run
            <option key={i} value={i + 1}>
              {laneName(config, bitsAt(settings, i + 1, -1))}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
