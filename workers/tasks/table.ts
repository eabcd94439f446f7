import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { KvError } from '../../gpu/errors';
import type { ReportHead, TaskReport } from '../../gpu/measure/task-report';
import { reportOf } from '../../gpu/measure/task-report';
import type { TaskRow } from '../../gpu/measure/task-row';

interface Found {
  head: ReportHead;
  /** By pass, so that shards that both asked FP16 count once. */
  passes: Map<string, TaskRow[]>;
}

/** One report by model, settings and adapter from files of JSON lines; files of the same head are shards of one. Errors: usage. */
export function tablesOf(paths: string[]): TaskReport[] {
  const all = new Map<string, Found>();
  for (const path of paths) {
    const [first, ...rest] = linesIn(path);
    const { experiment, ...head } = first as ReportHead & { experiment: string };
    if (experiment !== 'tasks') throw usage(path, 'holds no results of npm run tasks.');
    const date = statSync(path).mtime.toISOString().slice(0, 10);
    const key = JSON.stringify(first);
    const found = all.get(key) ?? { head: { ...head, date }, passes: new Map() };
    if (date > found.head.date) found.head.date = date;
    for (const { pass, rows } of rest as { pass: string; rows: TaskRow[] }[]) found.passes.set(pass, rows);
    all.set(key, found);
  }
  return [...all.values()].map(({ head, passes }) => {
    const { model, sha256, adapter, date, settings } = head;
    const rows = inOrder([...passes.values()].flat(), settings.tasks);
    return { ...reportOf({ model, sha256, adapter, date, settings }, rows), receipt: receiptOf(rows) };
  });
}

/** Whole lines of a file; the last one may be cut short. */
function linesIn(path: string): unknown[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
    return lines.flatMap((line, i) => (i === lines.length - 1 && !line.endsWith('}') ? [] : [JSON.parse(line)]));
  } catch (error) {
    throw usage(path, `cannot be read: ${(error as Error).message}`);
  }
}

/** Rows in the order of the plan, whatever the order of the shards. */
const inOrder = (rows: TaskRow[], tasks: string[]): TaskRow[] => {
  const place = ({ task, length, group, i }: TaskRow) => [tasks.indexOf(task), length, group, i];
  return rows.toSorted((a, b) => {
    const other = place(b);
    return (
      place(a)
        .map((at, i) => at - other[i])
        .find((difference) => difference !== 0) ?? 0
    );
  });
};

function receiptOf(rows: TaskRow[]): string {
  const lines = rows.map(({ ms: _, fed: __, ...row }) => JSON.stringify(row)).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16);
}

const usage = (path: string, what: string) => new KvError('usage', `${path} ${what}`);
