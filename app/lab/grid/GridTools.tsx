import { useState } from 'react';
import { saveFile, slug } from '../../page/download';
import { grid as text } from '../../text/en-grid';
import type { Job } from '../jobs';
import { jsonOf } from '../rows-file';
import type { GridRow } from './gridData';
import { pairsCsv } from './gridData';

/** The rows as a table for other programs. */
export function GridTools({ rows, job }: { rows: readonly GridRow[]; job: Job }) {
  const [said, say] = useState('');
  const name = `kvscope-grid-${slug()}`;
  const copy = () =>
    navigator.clipboard.writeText(pairsCsv(rows)).then(
      () => say(text.copied),
      () => say(text.notCopied),
    );
  return (
    <span className="row">
      <button type="button" className="btn" onClick={() => void copy()}>
        {text.copy}
      </button>
      <button
        type="button"
        className="btn"
        aria-label={text.saveCsv}
        onClick={() => saveFile(`${name}.csv`, pairsCsv(rows), 'text/csv')}
      >
        {text.csv}
      </button>
      <button
        type="button"
        className="btn"
        aria-label={text.saveJson}
        onClick={() => saveFile(`${name}.json`, jsonOf(job, rows))}
      >
        {text.json}
      </button>
      <span className="lab m" role="status">
        {said}
      </span>
    </span>
  );
}
