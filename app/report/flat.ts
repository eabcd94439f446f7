import type { ReportTable } from './html';

type Flat = Map<string, string>;

/** A row's fields under dotted names; numbers in full, lists of plain values joined by spaces, lists of records field by field. */
function flat(value: unknown, name: string, out: Flat): Flat {
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null)) {
    out.set(name, value.map(printed).join(' '));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) flat(inner, name === '' ? key : `${name}.${key}`, out);
  } else out.set(name, printed(value));
  return out;
}

const printed = (value: unknown): string => (value === null || value === undefined ? '–' : String(value));

/** More columns than this are hard to read side by side. */
const WIDE = 12;

/** A wide table of few rows stands on its side: fields below each other, a column for each row. */
function upright({ title, columns, rows }: ReportTable): ReportTable {
  if (columns.length <= WIDE || rows.length >= columns.length) return { title, columns, rows };
  const turned = columns.map((column, i) => [column, ...rows.map((row) => row[i])]);
  return { title, columns: turned[0], rows: turned.slice(1) };
}

/** At least half of the columns of the longer one are in both. */
function isLike(one: Flat, other: Flat): boolean {
  const shared = [...one.keys()].filter((name) => other.has(name)).length;
  return 2 * shared >= Math.max(one.size, other.size);
}

/** Rows of an experiment as tables: one for each kind, or set of columns, so that different rows do not leave each other empty. */
export function rowTables(title: string, rows: readonly object[]): ReportTable[] {
  const groups: { kind: string; found: Flat[] }[] = [];
  for (const row of rows) {
    const one = flat(row, '', new Map());
    const kind = 'kind' in row ? String(row.kind) : '';
    const group = groups.find((other) => other.kind === kind && (kind !== '' || isLike(one, other.found[0])));
    if (group) group.found.push(one);
    else groups.push({ kind, found: [one] });
  }
  return groups.map(({ kind, found }) => {
    const columns = [...new Set(found.flatMap((one) => [...one.keys()]))];
    const name = kind === '' ? title : `${title}: ${kind}`;
    const lines = found.map((one) => columns.map((column) => one.get(column) ?? ''));
    return upright({ title: name, columns, rows: lines });
  });
}
