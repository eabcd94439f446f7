import type { TaskReport } from './task-report';
import { linesOf } from './task-report';
import { isSolved } from './task-table';

/** Reports on the same questions to the same model, as one. */
export interface JoinedReport extends TaskReport {
  /** What it is made of; times hold only inside a part. */
  parts: TaskReport[];
}

/** Tables that ship apart (other tasks, other pairs of widths) side by side where they asked the same of the same model. */
export function joinReports(tables: readonly TaskReport[]): JoinedReport[] {
  const joined: JoinedReport[] = [];
  for (const table of tables.map(withoutCommon)) {
    const at = joined.findIndex((one) => belong(one, table));
    if (at < 0) joined.push({ ...table, parts: [table] });
    else joined[at] = join(joined[at], table);
  }
  return joined;
}

/** The words that all pairs share, such as `group=head`, said once: tables of one such kind are named alike and compared with plain ones. */
function withoutCommon(table: TaskReport): TaskReport {
  const [first = [], ...others] = table.pairs.map((pair) => pair.split(' '));
  const shared = first.filter((word) => !/^[kv]=/.test(word) && others.every((words) => words.includes(word)));
  if (shared.length === 0) return table;
  const short = (lane: string) =>
    lane
      .split(' ')
      .filter((word) => !shared.includes(word))
      .join(' ');
  const named = <T extends { lane: string }>(rows: T[]) => rows.map((row) => ({ ...row, lane: short(row.lane) }));
  const { pairs, cells, depths } = table;
  return { ...table, pairs: pairs.map(short), common: shared.join(' '), cells: named(cells), depths: named(depths) };
}

/** Same model, same series of questions, a rule that both keep; and what both asked has the same answers. */
function belong(a: TaskReport, b: TaskReport): boolean {
  const keys = ['sha256', 'adapter', 'form', 'shots', 'seed', 'bands', 'common'] as const;
  if (keys.some((key) => a[key] !== b[key])) return false;
  if (a.least !== b.least && ![a, b].every((one) => meets(one, Math.max(a.least, b.least)))) return false;
  return a.cells.every((cell) => {
    const other = b.cells.find((one) => nameOf(one) === nameOf(cell));
    return !other || (other.n === cell.n && other.right === cell.right);
  });
}

/** True where FP16 solves by this rule too whatever lanes were asked. */
const meets = (table: TaskReport, least: number): boolean =>
  linesOf(table).every(({ fp16, lanes }) => lanes.size === 0 || isSolved(fp16, least));

function join(a: JoinedReport, b: TaskReport): JoinedReport {
  const known = new Set(a.cells.map(nameOf));
  const depths = new Set(a.depths.map(placeOf));
  return {
    ...a,
    date: [a.date, b.date].sort()[1],
    least: Math.max(a.least, b.least),
    pairs: [...new Set([...a.pairs, ...b.pairs])].sort(byWidth),
    cells: byTask([...a.cells, ...b.cells.filter((cell) => !known.has(nameOf(cell)))]),
    depths: [...a.depths, ...b.depths.filter((cell) => !depths.has(placeOf(cell)))],
    ...(a.receipt && b.receipt ? { receipt: `${a.receipt}, ${b.receipt}` } : {}),
    parts: [...a.parts, b],
  };
}

/** Tasks in the order in which they came, each from its shortest length on. */
function byTask<T extends { task: string; length: number }>(cells: T[]): T[] {
  const order = [...new Set(cells.map(({ task }) => task))];
  return cells.sort((a, b) => order.indexOf(a.task) - order.indexOf(b.task) || a.length - b.length);
}

const nameOf = ({ task, length, lane }: { task: string; length: number; lane: string }): string =>
  `${task} ${length} ${lane}`;
const placeOf = ({ length, lane, band }: { length: number; lane: string; band: number }): string =>
  `${length} ${lane} ${band}`;

/** Most bits first, keys before values; what is no plain pair stays behind. */
function byWidth(a: string, b: string): number {
  const [x, y] = [a, b].map((pair) => /^k=(\d+) v=(\d+)$/.exec(pair));
  if (!x || !y) return Number(!x) - Number(!y);
  return Number(y[1]) - Number(x[1]) || Number(y[2]) - Number(x[2]);
}
