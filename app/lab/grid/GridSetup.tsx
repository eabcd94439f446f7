import { useMemo } from 'react';
import { catalogue, find } from '../../../gpu/kv/catalog';
import { formatLane } from '../../../gpu/kv/lane';
import { laneName } from '../../lane-name';
import { bitsAt } from '../../settings';
import { useStore } from '../../store';
import { grid as text } from '../../text/en-grid';
import { NumberBox } from '../../ui/NumberBox';
import '../lab-setup.css';
import { PromptLine } from '../PromptLine';
import { axesOf } from './gridData';
import { editGrid, FEWEST_STEPS, MOST_STEPS } from './gridForm';
import type { Grid } from './useGrid';

/** With fewer widths there is nothing to choose between. */
const FEWEST_WIDTHS = 3;

const hasGrid = (words: string): boolean => {
  const axes = axesOf(words);
  return axes !== null && Math.min(axes.ks.length, axes.vs.length) >= FEWEST_WIDTHS;
};

/** Which lane is put to all widths, on which prompt, for how many steps. */
export function GridSetup({ form, prompt, job }: Grid) {
  const isRunning = job?.state === 'running';
  const room = useStore((s) => (s.model ? Math.max(FEWEST_STEPS, Math.min(MOST_STEPS, s.model.context)) : MOST_STEPS));
  return (
    <div className="lab-setup">
      <span className="lab m">
        {text.lane} <LaneSelect lane={form.lane} disabled={isRunning} />
      </span>
      <span className="lab m">
        <NumberBox
          label={text.stepsLabel}
          value={form.steps}
          min={FEWEST_STEPS}
          max={room}
          onCommit={(steps) => !isRunning && editGrid({ steps })}
        />{' '}
        {text.steps}
      </span>
      <PromptLine prompt={prompt} isRunning={isRunning} />
    </div>
  );
}

function LaneSelect({ lane, disabled }: { lane: string; disabled: boolean }) {
  const present = useStore((s) => s.settings.lanes[s.lane - 1]);
  const name = useStore((s) => laneName(present, bitsAt(s.settings, s.lane, -1)));
  const systems = useMemo(() => catalogue.system.filter(({ id }) => hasGrid(`system=${id}`)), []);
  const codecs = useMemo(() => catalogue.codec.filter(({ id }) => id !== 'uniform' && hasGrid(`codec=${id}`)), []);
  const own = formatLane(present);
  const known = ['', own, ...systems.map(({ id }) => `system=${id}`), ...codecs.map(({ id }) => `codec=${id}`)];
  return (
    <select
      className="quiet-select strong"
      aria-label={text.lane}
      value={lane}
      disabled={disabled}
      onChange={(event) => editGrid({ lane: event.target.value })}
    >
      <option value="">{text.plain}</option>
      {hasGrid(own) && <option value={own}>{text.present(name)}</option>}
      {!known.includes(lane) && <option value={lane}>{lane}</option>}
      <optgroup label={text.systems}>
        {systems.map(({ id }) => (
          <option key={id} value={`system=${id}`}>
            {find('system', id).title}
          </option>
        ))}
      </optgroup>
      <optgroup label={text.codecs}>
        {codecs.map(({ id, title }) => (
          <option key={id} value={`codec=${id}`}>
            {title}
          </option>
        ))}
      </optgroup>
    </select>
  );
}
