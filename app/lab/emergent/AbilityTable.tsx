import type { TaskLine } from '../../../gpu/measure/task-report';
import { klText } from '../../draw/figures';
import { emergent as text } from '../../text/en-emergent';
import { tasks } from '../../text/en-tasks';
import { FigureTable } from '../tasks/FigureTable';
import { percent } from '../tasks/figures';
import { Share } from '../tasks/LossTable';
import { ARMS, BITS, cellOf } from './arms';

/** The numbers of the charts, and KL beside them. */
export function AbilityTable({ lines, least }: { lines: TaskLine[]; least: number }) {
  const { probe, bits: width, n, chance, kl } = text.columns;
  return (
    <FigureTable title={text.title} columns={[probe, width, n, chance, ...ARMS.map((arm) => text.arms[arm]), kl]}>
      {lines.map((line) =>
        BITS.filter((bits) => bits === 16 || line.isSolved).map((bits) => (
          <Row key={`${line.task} ${bits}`} line={line} bits={bits} least={least} />
        )),
      )}
    </FigureTable>
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
