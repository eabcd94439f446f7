import { Fragment } from 'react';
import type { PublishedLoss } from '../../../gpu/lab/published/losses';
import { LOSSES } from '../../../gpu/lab/published/losses';
import type { TaskLine } from '../../../gpu/measure/task-report';
import type { TaskCell } from '../../../gpu/measure/task-table';
import { charts } from '../../text/charts';
import { tasks as text } from '../../text/en-tasks';
import { interval, pairName, percent } from './figures';

/** Columns of the published table, and the lane that stands for each here. */
const PAIRS = [
  ['k8', 'k=8 v=8'],
  ['k4', 'k=4 v=4'],
  ['k2', 'k=2 v=4'],
] as const;

/** Published losses and what was measured here, side by side in columns of their own. `lines` null: nothing measured yet. */
export function LossTable({ lines }: { lines: TaskLine[] }) {
  const { columns } = text;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="task-scroll" aria-label={charts.canvas.tableOf(text.title)} tabIndex={0}>
      <table className="task-table loss">
        <thead>
          <tr>
            <td colSpan={6} />
            {PAIRS.map(([id, lane]) => (
              <th key={id} scope="colgroup" colSpan={2} className="pair">
                {pairName(lane)}
              </th>
            ))}
            <td />
          </tr>
          <tr>
            <th scope="col">{columns.task}</th>
            <th scope="col">{columns.tokens}</th>
            <th scope="col">{columns.nearest}</th>
            <th scope="col" className="num">
              {columns.n}
            </th>
            <th scope="col" className="num">
              {columns.chance}
            </th>
            <th scope="col" className="num">
              {columns.fp16}
            </th>
            {PAIRS.map(([id]) => (
              <Fragment key={id}>
                <th scope="col" className="pair">
                  {columns.published}
                </th>
                <th scope="col" className="num">
                  {columns.exact}
                </th>
              </Fragment>
            ))}
            <th scope="col" className="pair">
              {columns.looks}
            </th>
          </tr>
        </thead>
        <tbody>
          {LOSSES.map((loss) => (
            <LossRows key={loss.task} loss={loss} lines={lines.filter((line) => isNear(loss, line))} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const isNear = ({ near }: PublishedLoss, { task, length }: TaskLine): boolean =>
  near.tasks.includes(task) && length >= near.from && length <= near.to;

function LossRows({ loss, lines }: { loss: PublishedLoss; lines: TaskLine[] }) {
  const rows = lines.length === 0 ? [null] : lines;
  const span = rows.length;
  const nothing = loss.near.from > 1024 ? text.beyond : text.notRun;
  return rows.map((line, at) => (
    <tr key={line ? `${line.task} ${line.length}` : 'none'} className={at === 0 ? 'first' : ''}>
      {at === 0 && (
        <>
          <th scope="rowgroup" rowSpan={span}>
            {loss.task}
          </th>
          <td rowSpan={span}>{loss.tokens}</td>
        </>
      )}
      {line ? <Here line={line} /> : <td colSpan={4}>{nothing}</td>}
      {PAIRS.map(([id, lane], column) => (
        <Fragment key={id}>
          {at === 0 && (
            <td rowSpan={span} className="pair published">
              {loss[id]}
            </td>
          )}
          <LaneCell line={line} lane={lane} first={column === 0} />
        </Fragment>
      ))}
      {at === 0 && (
        <td rowSpan={span} className="pair published">
          {loss.looks}
        </td>
      )}
    </tr>
  ));
}

function Here({ line: { task, length, fp16 } }: { line: TaskLine }) {
  return (
    <>
      <td className="nowrap">
        {text.names[task] ?? task}, {length}
      </td>
      <td className="num">{fp16.n}</td>
      <td className="num">{percent(fp16.chance)}</td>
      <td className="num">
        <Share cell={fp16} />
      </td>
    </>
  );
}

function LaneCell({ line, lane, first }: { line: TaskLine | null; lane: string; first: boolean }) {
  const cell = line?.lanes.get(lane);
  if (line && !line.isSolved)
    return <td className="num m">{first ? text.notScored(percent(line.fp16.right / line.fp16.n)) : ''}</td>;
  return <td className="num">{cell ? <Share cell={cell} /> : <span className="m">{text.notRun}</span>}</td>;
}

/** Exact match in percent with its interval. */
export function Share({ cell }: { cell: Pick<TaskCell, 'right' | 'n'> }) {
  return (
    <>
      <b>{percent(cell.right / cell.n)}</b> <small>{interval(cell)}</small>
    </>
  );
}
