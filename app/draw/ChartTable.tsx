import { useEffect, useRef, useState } from 'react';
import { charts } from '../text/charts';

/** A chart's numbers as rows, asked for page by page. The first cell of a row is its head. */
export interface TableSource {
  columns: () => string[];
  rows: () => number;
  row: (index: number) => string[];
}

const pageRows = 25;

/** Lies over its chart while open; opens on the newest page. */
export function ChartTable({ name, source, onClose }: { name: string; source: TableSource; onClose: () => void }) {
  const total = source.rows();
  const pages = Math.max(1, Math.ceil(total / pageRows));
  const [page, setPage] = useState(pages - 1);
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);

  const first = page * pageRows;
  const count = Math.max(0, Math.min(pageRows, total - first));
  return (
    <section
      ref={box}
      aria-label={charts.canvas.tableOf(name)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="chart-table-bar">
        <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>
          {charts.canvas.earlier}
        </button>
        <span>{total === 0 ? charts.canvas.noRows : charts.canvas.page(first + 1, first + count, total)}</span>
        <button type="button" disabled={page >= pages - 1} onClick={() => setPage(page + 1)}>
          {charts.canvas.later}
        </button>
        <button type="button" onClick={onClose}>
          {charts.canvas.closeTable}
        </button>
      </div>
      <table>
        <thead>
          <tr>
            {source.columns().map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: count }, (_, i) => {
            const [head, ...cells] = source.row(first + i);
            return (
              <tr key={head}>
                <th scope="row">{head}</th>
                {cells.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells of a row have no identity but their column
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
