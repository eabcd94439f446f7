import { linesOf } from '../../../gpu/measure/task-report';
import { Panel } from '../../draw/Panel';
import { saveFile } from '../../page/download';
import { emergent as text } from '../../text/en-emergent';
import { tasks } from '../../text/en-tasks';
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

const DEFAULTS = {};

function EmergentPanel() {
  const report = useHere(useJob('emergent', DEFAULTS));
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
                <figure key={line.task}>
                  <figcaption>{name}</figcaption>
                  {line.isSolved ? <AbilityChart line={line} name={name} /> : <p className="lab m">{failed}</p>}
                </figure>
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

export default { id: 'emergent', order: 60, title: text.nav, Panel: EmergentPanel } satisfies LabSection;
