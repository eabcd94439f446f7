import { useState } from 'react';
import type { TaskLine, TaskReport } from '../../../gpu/measure/task-report';
import { linesOf } from '../../../gpu/measure/task-report';
import { FP16, GROUP } from '../../../gpu/measure/task-row';
import type { TaskCell } from '../../../gpu/measure/task-table';
import { fixed, klText } from '../../draw/figures';
import { Panel } from '../../draw/Panel';
import { attentionDomain, magnitudeStep } from '../../draw/ramp';
import { tasks as text } from '../../text/en-tasks';
import { Segment } from '../../ui/Segment';
import { FigureTable } from './FigureTable';
import { pairName, percent } from './figures';
import { Share } from './LossTable';

type Metric = 'exact' | 'kept' | 'kl' | 'top' | 'rouge';
const ALL: readonly Metric[] = ['exact', 'kept', 'kl', 'top', 'rouge'];

/** Every task and length against every pair, one figure at a time. */
export function PairTable({ report }: { report: TaskReport | null }) {
  const [metric, setMetric] = useState<Metric>('exact');
  const lines = report ? linesOf(report) : [];
  const offered = ALL.filter((one) => one !== 'rouge' || report?.form === 'chat');
  const options = offered.map((one) => [one, text.all.metrics[one]] as const);
  const shown = offered.includes(metric) ? metric : 'exact';
  const { task, tokens, n, chance } = text.columns;
  const named = (report?.pairs ?? []).map(pairName);
  return (
    <Panel
      title={text.all.title}
      note={text.all.note[shown]}
      side={<Segment label={text.all.metric} options={options} value={shown} onChange={setMetric} />}
    >
      {report && lines.length > 0 ? (
        <FigureTable title={text.all.title} columns={[task, tokens, n, chance, 'FP16', ...named, text.all.time]}>
          {lines.map((line) => (
            <Row
              key={`${line.task} ${line.length}`}
              line={line}
              pairs={report.pairs}
              metric={shown}
              ms={timeOf(line, report)}
            />
          ))}
        </FigureTable>
      ) : (
        <p className="lab m">{text.all.empty}</p>
      )}
    </Panel>
  );
}

/** Milliseconds of all runs behind a line: FP16, and every group of lanes once. */
function timeOf({ task, length }: TaskLine, report: TaskReport & { parts?: TaskReport[] }): number {
  const { parts = [report] } = report;
  return parts.reduce((sum, { pairs, cells }) => {
    const firsts = [FP16, ...pairs.filter((_, i) => i % GROUP === 0)];
    const mine = cells.filter((cell) => cell.task === task && cell.length === length && firsts.includes(cell.lane));
    return sum + mine.reduce((all, { ms }) => all + ms, 0);
  }, 0);
}

interface RowProps {
  line: TaskLine;
  pairs: string[];
  metric: Metric;
  ms: number;
}

function Row({ line, pairs, metric, ms }: RowProps) {
  const { task, length, fp16, lanes, isSolved } = line;
  return (
    <tr>
      <th scope="row">{text.names[task] ?? task}</th>
      <td className="num">{length}</td>
      <td className="num">{fp16.n}</td>
      <td className="num">{percent(fp16.chance)}</td>
      <Figure cell={fp16} metric={metric} />
      {isSolved ? (
        pairs.map((pair) => <Figure key={pair} cell={lanes.get(pair)} metric={metric} />)
      ) : (
        <td colSpan={pairs.length} className="m">
          {text.notScored(percent(fp16.right / fp16.n))}
        </td>
      )}
      <td className="num">{fixed(ms / 1000, ms < 10_000 ? 1 : 0)}</td>
    </tr>
  );
}

function Figure({ cell, metric }: { cell: TaskCell | undefined; metric: Metric }) {
  if (!cell) return <td className="num m">{text.notRun}</td>;
  if (metric === 'exact')
    return (
      <td className="num">
        <Share cell={cell} />
      </td>
    );
  const value = { kept: cell.kept, kl: cell.kl, top: cell.sameTop, rouge: cell.rouge }[metric];
  if (value === null) return <td className="num m">{text.notRun}</td>;
  if (metric === 'kl') {
    const step = magnitudeStep(value, attentionDomain);
    return <td className={`num tint s${step}`}>{klText(value)}</td>;
  }
  return <td className="num">{metric === 'rouge' ? fixed(value, 3) : percent(value)}</td>;
}
