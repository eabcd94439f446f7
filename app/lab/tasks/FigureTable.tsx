import type { ReactNode } from 'react';
import { charts } from '../../text/charts';

interface Props {
  /** What the table is about. */
  title: string;
  /** Heads of the columns: the first names, the others hold figures. */
  columns: readonly string[];
  children: ReactNode;
}

/** A table of figures that scrolls sideways by itself. */
export function FigureTable({ title, columns, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="task-scroll" aria-label={charts.canvas.tableOf(title)} tabIndex={0}>
      <table className="task-table">
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={column} scope="col" className={i === 0 ? undefined : 'num'}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
