import type { RefObject } from 'react';
import { useMemo, useRef } from 'react';
import type { TableSource } from './ChartTable';
import type { Paint } from './canvas';

/** A chart on the page, as what saves pictures needs it. */
export interface MountedChart {
  name: string;
  /** The canvas, the table, or what holds the SVG. */
  node: () => HTMLElement | null;
  /** Draws the canvas; null for charts that are SVG or a table already. */
  paint: (() => Paint) | null;
  table: TableSource;
}

/** Every chart that is on the page now, in the order in which they came. */
export const mountedCharts = new Set<MountedChart>();

/** The chart as it is when it is saved, not as it was when it came. */
export function useMountedChart(
  name: string,
  node: RefObject<HTMLElement | null>,
  table: TableSource,
  paint: Paint | null = null,
): MountedChart {
  const latest = useRef({ table, paint });
  latest.current = { table, paint };
  const isCanvas = paint !== null;
  return useMemo(
    () => ({
      name,
      node: () => node.current,
      paint: isCanvas ? () => latest.current.paint as Paint : null,
      table: {
        columns: () => latest.current.table.columns(),
        rows: () => latest.current.table.rows(),
        row: (index) => latest.current.table.row(index),
      },
    }),
    [name, node, isCanvas],
  );
}
