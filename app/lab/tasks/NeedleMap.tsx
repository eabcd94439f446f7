import { useRef, useState } from 'react';
import type { TaskReport } from '../../../gpu/measure/task-report';
import { linesOf } from '../../../gpu/measure/task-report';
import { FP16 } from '../../../gpu/measure/task-row';
import type { DepthCell } from '../../../gpu/measure/task-table';
import { useMountedChart } from '../../draw/mounted';
import { Panel } from '../../draw/Panel';
import { magnitudeStep } from '../../draw/ramp';
import { SaveChart } from '../../draw/SaveChart';
import { tasks as text } from '../../text/en-tasks';
import { pairName, percent } from './figures';

/** A cell is blank where nothing was wrong. */
const WRONG = { floor: 0.01, top: 1, kind: 'linear' } as const;

/** Where in the text the needle is still found: FP16, and one pair beside it. */
export function NeedleMap({ report }: { report: TaskReport | null }) {
  const [chosen, setChosen] = useState('');
  const solved = report ? linesOf(report).filter(({ task, isSolved }) => task === 'needle' && isSolved) : [];
  const lengths = solved.map(({ length }) => length);
  const cells = (report?.depths ?? []).filter(({ length }) => lengths.includes(length));
  const pairs = (report?.pairs ?? []).filter((pair) => cells.some(({ lane }) => lane === pair));
  const pair = pairs.includes(chosen) ? chosen : (pairs.find((one) => one === 'k=2 v=4') ?? pairs[0]);
  return (
    <Panel
      title={text.needle.title}
      note={text.needle.note}
      side={
        pairs.length > 0 && (
          <label>
            {text.needle.pair}&nbsp;
            <select className="quiet-select strong" value={pair} onChange={(event) => setChosen(event.target.value)}>
              {pairs.map((one) => (
                <option key={one} value={one}>
                  {pairName(one)}
                </option>
              ))}
            </select>
          </label>
        )
      }
    >
      {report && cells.length > 0 ? (
        <div className="needle-maps">
          {[FP16, ...(pair ? [pair] : [])].map((lane) => (
            <DepthMap
              key={lane}
              name={pairName(lane)}
              bands={report.bands}
              cells={cells.filter((one) => one.lane === lane)}
            />
          ))}
        </div>
      ) : (
        <p className="lab m">{text.needle.empty}</p>
      )}
    </Panel>
  );
}

function DepthMap({ name, bands, cells }: { name: string; bands: number; cells: DepthCell[] }) {
  const lengths = [...new Set(cells.map(({ length }) => length))].sort((a, b) => a - b);
  const at = (length: number, band: number) => cells.find((one) => one.length === length && one.band === band);
  const table = useRef<HTMLTableElement>(null);
  const partOf = (band: number) =>
    text.needle.part(Math.round((100 * band) / bands), Math.round((100 * (band + 1)) / bands));
  const say = (cell: DepthCell | undefined) =>
    cell ? `${percent(cell.right / cell.n)} (${text.needle.count(cell.right, cell.n)})` : text.notRun;
  const chart = useMountedChart(text.needle.chart(name), table, {
    columns: () => [text.needle.depth, ...lengths.map(text.needle.tokens)],
    rows: () => bands,
    row: (band) => [partOf(band), ...lengths.map((length) => say(at(length, band)))],
  });
  return (
    <table ref={table} className="needle-map">
      <caption>
        {name} <SaveChart chart={chart} here />
      </caption>
      <thead>
        <tr>
          <th scope="col">{text.needle.depth}</th>
          {lengths.map((length) => (
            <th key={length} scope="col">
              {text.needle.tokens(length)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: bands }, (_, band) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part of the text is its place
          <tr key={band}>
            <th scope="row">{partOf(band)}</th>
            {lengths.map((length) => (
              <Cell key={length} cell={at(length, band)} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ cell }: { cell: DepthCell | undefined }) {
  if (!cell) return <td className="m">{text.notRun}</td>;
  const { right, n } = cell;
  return (
    <td className={`tint s${magnitudeStep(1 - right / n, WRONG)}`}>
      <b>{percent(right / n)}</b> <small>{text.needle.count(right, n)}</small>
    </td>
  );
}
