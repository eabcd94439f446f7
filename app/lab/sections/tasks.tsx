import { useMemo } from 'react';
import { LOSSES } from '../../../gpu/lab/published/losses';
import type { TaskReport } from '../../../gpu/measure/task-report';
import { linesOf } from '../../../gpu/measure/task-report';
import { Panel } from '../../draw/Panel';
import { saveFile } from '../../page/download';
import { useStore } from '../../store';
import { tasks as text } from '../../text/en-tasks';
import { JobBar } from '../JobBar';
import type { LabSection } from '../section';
import { Claims, Sources } from '../tasks/Claims';
import { csvOf, percent } from '../tasks/figures';
import { editTasks, settingsOf, useTaskForm } from '../tasks/form';
import { LossTable } from '../tasks/LossTable';
import { NeedleMap } from '../tasks/NeedleMap';
import { PairTable } from '../tasks/PairTable';
import { TaskSetup } from '../tasks/TaskSetup';
import '../tasks/tasks.css';
import { reportKey, useHere, useShipped } from '../tasks/use-reports';
import { useJob } from '../use-job';

const SOURCE_IDS = [...new Set(LOSSES.flatMap(({ sources }) => sources))];

function TasksPanel() {
  const form = useTaskForm();
  const settings = useMemo(() => settingsOf(form), [form]);
  const here = useHere(useJob('tasks', settings));
  const shipped = useShipped();
  const sha = useStore((s) => s.model?.sha256);
  const usual = here ?? shipped.find(({ sha256 }) => sha256 === sha) ?? shipped[0] ?? null;
  const report =
    form.shown === null
      ? usual
      : form.shown === ''
        ? here
        : (shipped.find((one) => reportKey(one) === form.shown) ?? null);
  const lines = useMemo(() => (report ? linesOf(report) : []), [report]);
  return (
    <>
      <Panel title={text.title} note={text.note} side={report && <Exports report={report} />}>
        <TaskSetup />
        <JobBar id="tasks" />
        <Shown shipped={shipped} report={report} isHere={report === here} />
        <LossTable lines={lines} />
        <p className="lab m">
          {text.publishedBy} <Sources ids={SOURCE_IDS} />. {text.small}
        </p>
      </Panel>
      <PairTable report={report} />
      <NeedleMap report={report} />
      <Claims />
    </>
  );
}

interface ShownProps {
  shipped: TaskReport[];
  report: TaskReport | null;
  isHere: boolean;
}

/** Whose measurements the tables show, and how they were made. */
function Shown({ shipped, report, isHere }: ShownProps) {
  return (
    <div className="task-row">
      <label className="lab m">
        {text.source}&nbsp;
        <select
          className="quiet-select strong"
          value={isHere || !report ? '' : reportKey(report)}
          onChange={(event) => editTasks({ shown: event.target.value })}
        >
          <option value="">{text.here}</option>
          {shipped.map((one) => (
            <option key={reportKey(one)} value={reportKey(one)}>
              {text.shipped(one.model, text.setup[one.form], one.common)}
            </option>
          ))}
        </select>
      </label>
      {shipped.length === 0 && <span className="lab m">{text.noShipped}</span>}
      {report && (
        <span className="lab m">
          {text.from(report.model, report.adapter, report.date)}
          {report.receipt && `, ${text.receipt(report.receipt)}`}. {text.forms[report.form]}{' '}
          {text.least(percent(report.least))}
        </span>
      )}
    </div>
  );
}

function Exports({ report }: { report: TaskReport }) {
  const name = `kvscope-tasks-${report.model.replaceAll(/[^\w.-]+/g, '-')}`;
  return (
    <>
      <button type="button" className="word" onClick={() => saveFile(`${name}.csv`, csvOf(report), 'text/csv')}>
        {text.csv}
      </button>{' '}
      <button type="button" className="word" onClick={() => saveFile(`${name}.json`, JSON.stringify(report, null, 1))}>
        {text.json}
      </button>
    </>
  );
}

export default { id: 'tasks', order: 20, title: text.nav, Panel: TasksPanel } satisfies LabSection;
