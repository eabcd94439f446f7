import type { TaskLine } from '../../../gpu/measure/task-report';
import { klText } from '../../draw/figures';
import { charts } from '../../text/charts';
import { emergent as text } from '../../text/en-emergent';
import { tasks } from '../../text/en-tasks';
import { percent } from '../tasks/figures';
import { Share } from '../tasks/LossTable';
import { ARMS, BITS, cellOf } from './arms';

/** The numbers of the charts, and KL beside them. */
export function AbilityTable({ lines, least }: { lines: TaskLine[]; least: number }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="task-scroll" aria-label={charts.canvas.tableOf(text.title)} tabIndex={0}>
      <table className="task-table">
        <thead>
          <tr>
            <th scope="col">{text.columns.probe}</th>
            <th scope="col" className="num">
              {text.columns.bits}
            </th>
            <th scope="col" className="num">
              {text.columns.n}
            </th>
            <th scope="col" className="num">
              {text.columns.chance}
            </th>
            {ARMS.map((arm) => (
              <th key={arm} scope="col" className="num">
                {text.arms[arm]}
              </th>
            ))}
            <th scope="col" className="num">
              {text.columns.kl}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) =>
            BITS.filter((bits) => bits === 16 || line.isSolved).map((bits) => (
              <Row key={`${line.task} ${bits}`} line={line} bits={bits} least={least} />
            )),
          )}
        </tbody>
      </table>
    </section>
  );
}

function Row({ line, bits, least }: { line: TaskLine; bits: number; least: number }) {
  const { task, fp16, isSolved } = line;
  const kl = cellOf(line, 'both', bits)?.kl;
  return (
    <tr>
      <th scope="row">{text.probes[task] ?? task}</th>
      <td className="num">{bits}</td>
      <td className="num">{fp16.n}</td>
      <td className="num">{percent(fp16.chance)}</td>
      {ARMS.map((arm) => {
        const cell = cellOf(line, arm, bits);
        return (
          <td key={arm} className="num">
            {cell ? <Share cell={cell} /> : <span className="m">{tasks.notRun}</span>}
          </td>
        );
      })}
      <td className="num">
        {isSolved ? typeof kl === 'number' && klText(kl) : text.notScored(percent(fp16.right / fp16.n), percent(least))}
      </td>
    </tr>
  );
}
