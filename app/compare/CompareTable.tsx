import { Fragment, useState } from 'react';
import { grouped } from '../draw/figures';
import { useNarrow } from '../draw/narrow';
import { frames } from '../frames';
import { AboutSystem } from '../precision/AboutSystem';
import { useStore } from '../store';
import { en } from '../text/en';
import { megabytes } from '../ui/units';
import { CompareCells } from './CompareCells';
import { KlAxis } from './KlPlot';
import type { Order, Ranked } from './rank';

interface Props {
  rows: readonly Ranked[];
  steps: number;
  order: Order;
  onOrder: (order: Order) => void;
}

/** One row per lane, best first; FP16 stands above, unranked. */
export function CompareTable({ rows, steps, order, onOrder }: Props) {
  const [open, setOpen] = useState<number | null>(null);
  const narrow = useNarrow();
  const length = useStore((s) => s.length);
  const text = en.compare;
  const { columns } = text;
  const sort = (by: Order, name: string, className = '') => (
    <th
      scope="col"
      className={`sorts ${className}`}
      aria-sort={by === order ? (by === 'sameTop' ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" className="sort" onClick={() => onOrder(by)}>
        {name}
      </button>
    </th>
  );
  return (
    <table className="compare-table">
      <caption className="unseen">{text.table}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.rank}</th>
          <th scope="col" className="left">
            {columns.system}
          </th>
          {sort('bits', columns.bits, 'wide')}
          <th scope="col" className="wide">
            {columns.at(grouped(length))}
          </th>
          {sort('bytes', columns.bytes, 'wide')}
          <th scope="col" className="plot">
            {narrow ? columns.plotShort : columns.plot}
            <KlAxis narrow={narrow} />
          </th>
          {sort('median', columns.median, 'figure')}
          {sort('sameTop', columns.sameTop, 'wide')}
          <th scope="col" className="left wide">
            {columns.spark}
          </th>
          <th scope="col" className="left wide verdict-cell">
            {columns.verdict}
          </th>
          <th scope="col" className="left wide published">
            {columns.published}
          </th>
          <th scope="col" className="last">
            <span className="unseen">{columns.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        <Reference />
        {rows.map((entry) => {
          const { lane, entry: system } = entry.row;
          return (
            <Fragment key={lane}>
              <CompareCells
                ranked={entry}
                steps={steps}
                only={rows.length === 1}
                open={open === lane}
                onAbout={() => setOpen(open === lane ? null : lane)}
              />
              {open === lane && system && (
                <tr className="about-row">
                  <td colSpan={12}>
                    <AboutSystem entry={system} />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

/** The shadow: what every other lane is measured against. */
function Reference() {
  const narrow = useNarrow();
  const text = en.compare;
  const bytes = frames.last?.lanes[0]?.bytes.total;
  const has = frames.count > 0;
  return (
    <tr className="reference">
      <td />
      <th scope="row" className="left">
        <b>{text.reference}</b> {narrow ? '' : text.referenceText}
      </th>
      <td className="wide">
        <b>16.00</b>
      </td>
      <td className="wide">16.00</td>
      <td className="wide">{bytes === undefined ? '' : megabytes(bytes)}</td>
      <td className="plot" />
      <td>{has ? '0' : ''}</td>
      <td className="wide">{has ? '100 %' : ''}</td>
      <td className="wide" />
      <td className="left wide verdict-cell">{text.unranked}</td>
      <td className="left wide published" />
      <td />
    </tr>
  );
}
