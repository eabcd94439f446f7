import type { PointerEvent } from 'react';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { charts } from '../text/charts';
import type { TableSource } from './ChartTable';
import { ChartTable } from './ChartTable';
import type { Paint } from './canvas';
import { useCanvas } from './canvas';
import './draw.css';
import { pointIn } from './hit';
import type { CursorKeys } from './keyboard';
import { useKeyboardCursor } from './keyboard';
import { useMountedChart } from './mounted';
import { SaveChart } from './SaveChart';

export type PointerPhase = 'hover' | 'press' | 'drag' | 'leave';

interface Props {
  /** Accessible name. */
  name: string;
  className?: string;
  paint: Paint;
  keys: Omit<CursorKeys, 'table'>;
  table: TableSource;
  /** Registers for whatever makes the picture stale and returns the undo. Keep its identity stable. */
  subscribe: (request: () => void) => () => void;
  onPoint?: (phase: PointerPhase, x: number, y: number, touch: boolean) => void;
  /** A one-dimensional cursor is announced as a slider. */
  slider?: { min: number; max: number; now: number };
  cursor?: string;
}

/**
 * A canvas a keyboard and a screen reader can use: named, one Tab stop, arrows move a cursor whose value is spoken,
 * and a table with the same numbers (key `t`, or the button a screen reader finds) that is built only when opened.
 */
export function ChartCanvas({ name, className = '', paint, keys, table, subscribe, onPoint, slider, cursor }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [attach, request] = useCanvas(paint);
  const node = useRef<HTMLCanvasElement | null>(null);
  const { spoken, onKeyDown } = useKeyboardCursor({ ...keys, table: () => setOpen(true) });

  const ref = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      node.current = canvas;
      attach(canvas);
    },
    [attach],
  );
  useEffect(() => subscribe(request), [subscribe, request]);
  const chart = useMountedChart(name, node, table, paint);

  const point = (phase: PointerPhase) => (event: PointerEvent<HTMLCanvasElement>) => {
    if (!onPoint) return;
    const dragging = phase === 'hover' && event.buttons === 1 && event.currentTarget.hasPointerCapture(event.pointerId);
    if (phase === 'press') event.currentTarget.setPointerCapture(event.pointerId);
    const { x, y } = pointIn(event.currentTarget, event);
    onPoint(dragging ? 'drag' : phase, x, y, event.pointerType === 'touch');
  };

  const close = () => {
    setOpen(false);
    node.current?.focus();
  };

  const range = slider && {
    'aria-valuemin': slider.min,
    'aria-valuemax': slider.max,
    'aria-valuenow': slider.now,
    'aria-valuetext': keys.describe(),
  };
  return (
    <div className={`chart ${className}`}>
      <canvas
        ref={ref}
        role={slider ? 'slider' : 'application'}
        aria-roledescription={slider ? undefined : charts.canvas.role}
        aria-label={name}
        aria-describedby={`${id}-keys`}
        aria-details={`${id}-table`}
        {...range}
        tabIndex={0}
        style={{ cursor }}
        onKeyDown={onKeyDown}
        onPointerDown={point('press')}
        onPointerMove={point('hover')}
        onPointerLeave={point('leave')}
      />
      <SaveChart chart={chart} />
      <span id={`${id}-keys`} className="unseen">
        {charts.canvas.keys}
      </span>
      {!slider && (
        <span className="unseen" aria-live="polite">
          {spoken}
        </span>
      )}
      <div id={`${id}-table`} className={open ? 'chart-table' : 'unseen'}>
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
