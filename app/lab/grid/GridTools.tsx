import { useState } from 'react';
import { saveFile, slug } from '../../page/download';
import { useStore } from '../../store';
import { grid as text } from '../../text/en-grid';
import type { Job } from '../jobs';
import type { GridRow } from './gridData';
import { csvOf } from './gridData';

/** The rows as a table for other programs. */
export function GridTools({ rows, job }: { rows: readonly GridRow[]; job: Job }) {
  const [said, say] = useState('');
  const name = `kvscope-grid-${slug()}`;
  const copy = () =>
    navigator.clipboard.writeText(csvOf(rows)).then(
      () => say(text.copied),
      () => say(text.notCopied),
    );
  return (
    <span className="row">
      <span className="lab m" role="status">
        {said}
      </span>
      <button type="button" className="btn" onClick={() => void copy()}>
        {text.copy}
      </button>
      <button
        type="button"
        className="btn"
        aria-label={text.saveCsv}
        onClick={() => saveFile(`${name}.csv`, csvOf(rows), 'text/csv')}
      >
        {text.csv}
      </button>
      <button
        type="button"
        className="btn"
        aria-label={text.saveJson}
        onClick={() => saveFile(`${name}.json`, jsonOf(rows, job))}
      >
        {text.json}
      </button>
    </span>
  );
}

function jsonOf(rows: readonly GridRow[], { plan, adapter, date }: Job): string {
  const { model, modelRef } = useStore.getState();
  const head = { version: 1, experiment: plan?.experiment, settings: plan?.settings, model: modelRef || model?.name };
  return JSON.stringify({ ...head, sha256: model?.sha256, adapter, date, rows }, null, 1);
}
