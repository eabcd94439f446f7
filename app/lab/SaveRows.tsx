import { saveFile, slug } from '../page/download';
import { useStore } from '../store';
import { parts as text } from '../text/en-lab-parts';
import type { Job } from './jobs';

/** The rows of an experiment as files for other programs. `tables`: one CSV file for each kind of row. */
export function SaveRows({ job, tables }: { job: Job; tables: Record<string, readonly object[]> }) {
  const name = `kvscope-${job.plan?.experiment ?? 'lab'}-${slug()}`;
  const filled = Object.entries(tables).filter(([, rows]) => rows.length > 0);
  if (filled.length === 0) return null;
  return (
    <span className="row">
      {filled.map(([kind, rows]) => (
        <button
          key={kind}
          type="button"
          className="btn"
          onClick={() => saveFile(`${name}-${kind}.csv`, csvOf(rows), 'text/csv')}
        >
          {text.saveCsv(kind)}
        </button>
      ))}
      <button type="button" className="btn" onClick={() => saveFile(`${name}.json`, jsonOf(job))}>
        {text.saveJson}
      </button>
    </span>
  );
}

/** A line for each row, a column for each key of the first; lists are parted by spaces. */
export function csvOf(rows: readonly object[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const cell = (value: unknown): string => {
    const said = Array.isArray(value) ? value.join(' ') : String(value ?? '');
    return /[",\n]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said;
  };
  const lines = rows.map((row) => columns.map((key) => cell((row as Record<string, unknown>)[key])).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

function jsonOf({ plan, adapter, date, rows }: Job): string {
  const { model, modelRef } = useStore.getState();
  const head = { version: 1, experiment: plan?.experiment, settings: plan?.settings, model: modelRef || model?.name };
  return JSON.stringify({ ...head, sha256: model?.sha256, adapter, date, rows }, null, 1);
}
