import { useStore } from '../store';
import type { Job } from './jobs';

/** A line for each row, a column for each key of the first after those of `first`; lists are parted by spaces. */
export function csvOf(rows: readonly object[], first: readonly string[] = []): string {
  if (rows.length === 0) return '';
  const columns = [...first, ...Object.keys(rows[0]).filter((key) => !first.includes(key))];
  const lines = rows.map((row) => columns.map((key) => quoted((row as Record<string, unknown>)[key])).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

/** One cell as RFC 4180 wants it; nothing where there is no value. */
export function quoted(value: unknown): string {
  const said = Array.isArray(value) ? value.join(' ') : String(value ?? '');
  return /[",\n]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said;
}

/** Rows with what they were measured on. */
export function jsonOf({ plan, adapter, date }: Job, rows: unknown): string {
  const { model, modelRef } = useStore.getState();
  const head = { version: 1, experiment: plan?.experiment, settings: plan?.settings, model: modelRef || model?.name };
  return JSON.stringify({ ...head, sha256: model?.sha256, adapter, date, rows }, null, 1);
}
