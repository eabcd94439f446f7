import type { TableSource } from '../ChartTable';

/** Figures as the page prints them, in a form that other programs read: ASCII minus, no thin spaces between digits. */
const plain = (cell: string): string => cell.replaceAll('−', '-').replaceAll(/(?<=\d)[\u2009\u202f\u00a0](?=\d)/g, '');

const quoted = (cell: string): string => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A chart's table as CSV (RFC 4180). */
export function csvOf(source: TableSource): string {
  const rows = Array.from({ length: source.rows() }, (_, i) => source.row(i));
  return [source.columns(), ...rows].map((row) => row.map((cell) => quoted(plain(cell))).join(',')).join('\r\n');
}
