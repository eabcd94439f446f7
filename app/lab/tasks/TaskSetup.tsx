import { useStore } from '../../store';
import { tasks as text } from '../../text/en-tasks';
import { NumberBox } from '../../ui/NumberBox';
import { Segment } from '../../ui/Segment';
import type { TaskForm } from './form';
import { editTasks, LENGTHS, TASKS, toggled, useTaskForm } from './form';

const PAIRS = [
  ['few', text.setup.few],
  ['all', text.setup.all],
] as const;
const FORMS = ['auto', 'plain', 'chat'] as const;

/** Which questions, how many, and which pairs of widths answer them. */
export function TaskSetup() {
  const { tasks, lengths, pairs, count, form } = useTaskForm();
  const model = useStore((s) => s.model);
  const noChat = model !== null && !model.hasChat;
  return (
    <div className="task-setup">
      <Choices
        label={text.setup.tasks}
        all={TASKS}
        on={tasks}
        name={(task) => text.names[task]}
        onChange={(next) => editTasks({ tasks: next })}
      />
      <Choices
        label={text.setup.lengths}
        all={LENGTHS}
        on={lengths}
        name={String}
        onChange={(next) => editTasks({ lengths: next })}
      />
      <div className="task-row">
        <span className="lab m">{text.setup.pairs}</span>
        <Segment
          label={text.setup.pairs}
          options={PAIRS}
          value={pairs}
          onChange={(next) => editTasks({ pairs: next })}
        />
        <span className="lab m">{text.setup.count}</span>
        <NumberBox
          label={text.setup.count}
          value={count}
          min={1}
          max={1000}
          onCommit={(next) => editTasks({ count: next })}
        />
        <label className="lab m">
          {text.setup.form}&nbsp;
          <select
            className="quiet-select strong"
            value={form}
            onChange={(event) => editTasks({ form: event.target.value as TaskForm['form'] })}
          >
            {FORMS.map((one) => (
              <option key={one} value={one}>
                {text.setup[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {noChat && tasks.includes('format') && <p className="lab m">{text.setup.noChat}</p>}
    </div>
  );
}

interface ChoicesProps<T> {
  label: string;
  all: readonly T[];
  on: readonly T[];
  name: (one: T) => string;
  onChange: (next: T[]) => void;
}

function Choices<T extends string | number>({ label, all, on, name, onChange }: ChoicesProps<T>) {
  return (
    <fieldset className="task-row" aria-label={label}>
      <span className="lab m">{label}</span>
      {all.map((one) => (
        <label key={one}>
          <input type="checkbox" checked={on.includes(one)} onChange={() => onChange(toggled(on, one, all))} />
          {name(one)}
        </label>
      ))}
    </fieldset>
  );
}
