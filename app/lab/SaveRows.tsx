import { saveFile, slug } from '../page/download';
import { parts as text } from '../text/en-lab-parts';
import type { Job } from './jobs';
import { csvOf, jsonOf } from './rows-file';

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
      <button type="button" className="btn" onClick={() => saveFile(`${name}.json`, jsonOf(job, job.rows))}>
        {text.saveJson}
      </button>
    </span>
  );
}
