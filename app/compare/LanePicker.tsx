import { defaultConfig } from '../../gpu/kv/config';
import { presetConfig } from '../../gpu/kv/lane-system';
import { dropRun } from '../engine-run';
import { SystemOptions } from '../precision/SystemOptions';
import { MOST_LANES } from '../settings';
import { useStore } from '../store';
import { en } from '../text/en';
import { usualLanes } from './usual';

/** Plain lanes to hold systems against. */
const UNIFORM = [
  [8, 8],
  [4, 4],
  [4, 2],
  [2, 2],
] as const;

/** Adds a lane, or fills all of them with systems at their defaults. */
export function LanePicker() {
  const isFull = useStore((s) => s.settings.lanes.length >= MOST_LANES);
  const { addLane, putLanes } = useStore.getState();
  const text = en.compare;
  const add = (choice: string) => {
    const pair = /^(\d+)\/(\d+)$/.exec(choice);
    addLane(pair ? defaultConfig(Number(pair[1]), Number(pair[2])) : presetConfig(choice));
  };
  return (
    <div className="row lane-picker">
      <label>
        {text.add}&nbsp;
        <select
          className="quiet-select strong"
          value=""
          disabled={isFull}
          title={isFull ? text.full : undefined}
          onChange={(event) => add(event.target.value)}
        >
          <option value="" disabled>
            {isFull ? text.full : text.addWhich}
          </option>
          <SystemOptions />
          {UNIFORM.map(([k, v]) => (
            <option key={`${k}/${v}`} value={`${k}/${v}`}>
              {text.uniform(k, v)}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="btn"
        title={text.fillTitle}
        onClick={() => {
          dropRun();
          putLanes(usualLanes());
        }}
      >
        {text.fill}
      </button>
    </div>
  );
}
