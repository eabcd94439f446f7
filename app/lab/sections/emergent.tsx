import type { ReactNode } from 'react';
import { useState } from 'react';
import { create } from 'zustand';
import { linesOf } from '../../../gpu/measure/task-report';
import { Panel } from '../../draw/Panel';
import { PanelEnd } from '../../draw/SaveChart';
import { saveFile } from '../../page/download';
import { emergent as text } from '../../text/en-emergent';
import { tasks } from '../../text/en-tasks';
import { NumberBox } from '../../ui/NumberBox';
import { AbilityChart } from '../emergent/AbilityChart';
import { AbilityTable } from '../emergent/AbilityTable';
import { ARMS } from '../emergent/arms';
import '../emergent/emergent.css';
import { JobBar } from '../JobBar';
import type { LabSection } from '../section';
import { csvOf, percent } from '../tasks/figures';
import '../tasks/tasks.css';
import { useHere } from '../tasks/use-reports';
import { useJob } from '../use-job';

const useForm = create<{ count: number }>()(() => ({ count: 30 }));

function EmergentPanel() {
  const { count } = useForm();
  const job = useJob('emergent', { count });
  const report = useHere(job);
  const lines = report ? linesOf(report) : [];
  const isPlain = lines.some(({ task }) => task === 'extract');
  const save = report && (
    <button type="button" className="word" onClick={() => saveFile('kvscope-abilities.csv', csvOf(report), 'text/csv')}>
      {tasks.csv}
    </button>
  );
  return (
    <Panel title={text.title} note={text.note} side={save}>
      <p className="lab m">
        {text.about} {text.weights}
      </p>
      <div className="task-row">
        <span className="lab m">{tasks.setup.count}</span>
        <NumberBox
          label={tasks.setup.count}
          value={count}
          min={1}
          max={1000}
          onCommit={(next) => job?.state !== 'running' && useForm.setState({ count: next })}
        />
      </div>
      <JobBar id="emergent" />
      {report ? (
        <>
          <p className="ability-key">
            {ARMS.map((arm) => (
              <span key={arm}>
                <svg viewBox="0 0 30 10" aria-hidden="true">
                  <g className={`arm ${arm}`}>
                    <path d="M0 5H30" />
                    <circle cx="15" cy="5" r="3" />
                  </g>
                </svg>{' '}
                {text.arms[arm]}
              </span>
            ))}
          </p>
          <div className="abilities">
            {lines.map((line) => {
              const name = text.probes[line.task] ?? line.task;
              const failed = text.notScored(percent(line.fp16.right / line.fp16.n), percent(report.least));
              return (
                <Probe key={line.task} name={name}>
                  {line.isSolved ? <AbilityChart line={line} name={name} /> : <p className="lab m">{failed}</p>}
                </Probe>
              );
            })}
          </div>
          <AbilityTable lines={lines} least={report.least} />
          {isPlain && <p className="lab m">{text.standIn}</p>}
        </>
      ) : (
        <p className="lab m">{text.empty}</p>
      )}
    </Panel>
  );
}

/** A chart with its own head. */
function Probe({ name, children }: { name: string; children: ReactNode }) {
  const [end, setEnd] = useState<HTMLElement | null>(null);
  return (
    <figure>
      <figcaption className="row">
        {name}
        <span className="panel-end" ref={setEnd} />
      </figcaption>
      <PanelEnd value={end}>{children}</PanelEnd>
    </figure>
  );
}

export default { id: 'emergent', order: 60, title: text.nav, Panel: EmergentPanel } satisfies LabSection;
