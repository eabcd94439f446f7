import type { TaskRow } from './task-row';
import { FP16, GROUP } from './task-row';

/** One task at one length in one lane, over all its questions. */
export interface TaskCell {
  task: string;
  length: number;
  /** A lane string, or `fp16`. */
  lane: string;
  n: number;
  right: number;
  /** Questions that FP16 had right and this lane has not, and the other way round. */
  lost: number;
  won: number;
  /** Mean share of the answer that is right. */
  kept: number;
  /** Mean probability that a blind guess is right. */
  chance: number;
  /** Per token of the answers; null where no answer was compared. */
  kl: number | null;
  sameTop: number | null;
  /** Chat form: mean ROUGE-L to FP16's own text. */
  rouge: number | null;
  /** Mean tokens of a prompt. */
  prompt: number;
  /** Time of the runs that measured it, seven lanes at once. */
  ms: number;
}

/** The same for one part of the text. */
export interface DepthCell {
  length: number;
  lane: string;
  band: number;
  n: number;
  right: number;
}

/** Every cell, in the order in which its first row came. `pairs` are the lanes of the groups. */
export function taskCells(rows: readonly TaskRow[], pairs: readonly string[]): TaskCell[] {
  const shadow = new Map<string, number>();
  for (const row of rows) if (row.group < 0) shadow.set(nameOf(row), row.ok[0]);
  return grouped(rows, pairs, ({ task, length }, lane) => `${task} ${length} ${lane}`).map(({ lane, all }) => {
    const { task, length } = all[0].row;
    const mean = (of: (one: OneLane) => number) => all.reduce((sum, one) => sum + of(one), 0) / all.length;
    const count = (test: (one: OneLane) => boolean) => all.filter(test).length;
    const tokens = all.reduce((sum, { row }) => sum + row.tokens, 0);
    const perToken = (of: (one: OneLane) => number) => (tokens === 0 ? null : (mean(of) * all.length) / tokens);
    const was = ({ row }: OneLane) => shadow.get(nameOf(row));
    return {
      ...{ task, length, lane, n: all.length, right: count(({ row, at }) => row.ok[at] === 1) },
      lost: count((one) => was(one) === 1 && one.row.ok[one.at] === 0),
      won: count((one) => was(one) === 0 && one.row.ok[one.at] === 1),
      kept: mean(({ row, at }) => row.kept[at]),
      chance: mean(({ row }) => row.chance),
      kl: perToken(({ row, at }) => row.kl[at]),
      sameTop: perToken(({ row, at }) => row.top[at]),
      rouge: all.every(({ row }) => row.rouge) ? mean(({ row, at }) => row.rouge?.[at] ?? 0) : null,
      prompt: mean(({ row }) => row.prompt),
      ms: all.reduce((sum, { row }) => sum + row.ms, 0),
    };
  });
}

/** Exact match by depth of the needle. */
export function depthCells(rows: readonly TaskRow[], pairs: readonly string[], task = 'needle'): DepthCell[] {
  const deep = rows.filter((row) => row.task === task && row.band !== null);
  return grouped(deep, pairs, ({ length, band }, lane) => `${length} ${band} ${lane}`).map(({ lane, all }) => ({
    length: all[0].row.length,
    lane,
    band: all[0].row.band ?? 0,
    n: all.length,
    right: all.filter(({ row, at }) => row.ok[at] === 1).length,
  }));
}

/** Task and length that FP16 does not solve: its lanes are not scored. */
export const isSolved = (cell: TaskCell, least: number): boolean => cell.n > 0 && cell.right / cell.n >= least;

interface OneLane {
  row: TaskRow;
  at: number;
}

const nameOf = ({ task, length, i }: TaskRow): string => `${task} ${length} ${i}`;

function grouped(rows: readonly TaskRow[], pairs: readonly string[], keyOf: (row: TaskRow, lane: string) => string) {
  const groups = new Map<string, { lane: string; all: OneLane[] }>();
  for (const row of rows) {
    for (let at = 0; at < row.ok.length; at++) {
      const lane = row.lanes?.[at] ?? (row.group < 0 ? FP16 : pairs[row.group * GROUP + at]);
      const key = keyOf(row, lane);
      const group = groups.get(key) ?? { lane, all: [] };
      group.all.push({ row, at });
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}
