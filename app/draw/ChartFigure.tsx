import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { charts } from '../text/charts';
import type { TableSource } from './ChartTable';
import { ChartTable } from './ChartTable';
import './draw.css';
import './figure.css';
import type { CursorKeys } from './keyboard';
import { useKeyboardCursor } from './keyboard';
import { useMountedChart } from './mounted';
import { SaveChart } from './SaveChart';

interface Props {
  /** Accessible name. */
  name: string;
  className?: string;
  keys: Omit<CursorKeys, 'table'>;
  table: TableSource;
  /** Draws the SVG for the width at hand, px. */
  children: (width: number) => ReactNode;
}

/**
 * A small chart in SVG that a keyboard and a screen reader can use, as `ChartCanvas` is: one Tab stop, arrows move a cursor whose
 * value is spoken, `t` opens the numbers as a table. Drawn anew when its width changes, so that type keeps its size.
 */
export function ChartFigure({ name, className = '', keys, table, children }: Props) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [width, setWidth] = useState(0);
  const { spoken, onKeyDown } = useKeyboardCursor({ ...keys, table: () => setOpen(true) });
  useEffect(() => {
    const node = box.current as HTMLDivElement;
    const observer = new ResizeObserver(() => setWidth(Math.floor(node.clientWidth)));
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  const chart = useMountedChart(name, box, table);
  const close = () => {
    setOpen(false);
    box.current?.focus();
  };
  return (
    <div className={`chart figure ${className}`}>
      <div
        ref={box}
        role="application"
        aria-roledescription={charts.canvas.role}
        aria-label={name}
        aria-describedby={`${id}-keys`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the cursor of the chart
        tabIndex={0}
        onKeyDown={(event: KeyboardEvent) => onKeyDown(event)}
      >
        {width > 0 && children(width)}
      </div>
      <SaveChart chart={chart} />
      <span id={`${id}-keys`} className="unseen">
        {charts.canvas.keys}
      </span>
      <span className="unseen" aria-live="polite">
        {spoken}
      </span>
      <div className={open ? 'chart-table' : 'unseen'}>
        {open ? (
          <ChartTable name={name} source={table} onClose={close} />
        ) : (
          <button type="button" tabIndex={-1} onClick={() => setOpen(true)}>
            {charts.canvas.openTable(name)}
          </button>
        )}
      </div>
    </div>
  );
}
