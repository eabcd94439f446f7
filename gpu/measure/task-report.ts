import type { TaskRow } from './task-row';
import { FP16, leastShare } from './task-row';
import type { DepthCell, TaskCell } from './task-table';
import { depthCells, isSolved, taskCells } from './task-table';

/** Everything that one task experiment found, as the page shows it and `public/lab/tasks.json` keeps it. */
export interface TaskReport {
  /** The model's file name without its ending, and the file's hash. */
  model: string;
  sha256: string;
  adapter: string;
  /** Day of the newest pass, ISO. */
  date: string;
  form: 'plain' | 'chat';
  shots: number;
  seed: number;
  /** Questions by task and length that were asked for. */
  count: number;
  /** Parts of the text in `depths`. */
  bands: number;
  /** Share that FP16 must reach. */
  least: number;
  pairs: string[];
  /** Words that every pair has beside its widths, where the pairs leave them out. */
  common?: string;
  cells: TaskCell[];
  depths: DepthCell[];
  /** Digest of all rows but their times: another run of the same on the same adapter gives the same. */
  receipt?: string;
}

/** `public/lab/tasks.json`: tables that ship with the page. */
export interface TaskReports {
  version: 1;
  tables: TaskReport[];
}

export interface ReportHead extends Pick<TaskReport, 'model' | 'sha256' | 'adapter' | 'date'> {
  settings: {
    tasks: string[];
    pairs: string[];
    depths: number;
    count: number;
    seed: number;
    shots: number;
    least: number | null;
  };
}

export function reportOf({ settings, ...head }: ReportHead, rows: readonly TaskRow[]): TaskReport {
  const { pairs, depths, count, seed, shots } = settings;
  return {
    ...head,
    form: rows.some((row) => row.rouge) ? 'chat' : 'plain',
    ...{ shots, seed, count, bands: depths, least: settings.least ?? leastShare(head.model), pairs },
    cells: taskCells(rows, pairs),
    depths: depthCells(rows, pairs),
  };
}

/** One task at one length: FP16, and its lanes where FP16 can do it. */
export interface TaskLine {
  task: string;
  length: number;
  fp16: TaskCell;
  /** False: FP16 itself fails too often, and nothing is scored. */
  isSolved: boolean;
  lanes: Map<string, TaskCell>;
}

/** The lines of a report, in its order. */
export function linesOf({ cells, least }: Pick<TaskReport, 'cells' | 'least'>): TaskLine[] {
  const lines = new Map<string, TaskLine>();
  for (const cell of cells.filter(({ lane }) => lane === FP16)) {
    const { task, length } = cell;
    lines.set(`${task} ${length}`, { task, length, fp16: cell, isSolved: isSolved(cell, least), lanes: new Map() });
  }
  for (const cell of cells) {
    const line = lines.get(`${cell.task} ${cell.length}`);
    if (cell.lane !== FP16 && line?.isSolved) line.lanes.set(cell.lane, cell);
  }
  return [...lines.values()];
}
