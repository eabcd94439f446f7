import { useEffect, useMemo } from 'react';
import { useStore } from '../../store';
import type { Job } from '../jobs';
import { doneCount, rowsOf } from '../jobs';
import { useJob } from '../use-job';
import type { Axes, GridRow } from './gridData';
import { axesOf, pairRows } from './gridData';
import type { GridForm } from './gridForm';
import { useGridForm } from './gridForm';

export interface Grid {
  form: GridForm;
  job: Job | undefined;
  axes: Axes | null;
  rows: GridRow[];
  /** The prompt in Run is another one than that of the results. */
  isOther: boolean;
}

/** The grid of the visitor's prompt. Results keep their prompt until the visitor takes the present one. */
export function useGrid(): Grid {
  const form = useGridForm();
  const text = useStore((s) => s.settings.text);
  const chat = useStore((s) => s.settings.chat);
  const job = useJob('grid', { lane: form.lane, text: form.text, chat: form.chat, steps: form.steps });
  const hasResults = job !== undefined && (doneCount(job) > 0 || job.state === 'running');
  const isOther = form.text !== text || form.chat !== chat;
  useEffect(() => {
    if (isOther && !hasResults) useGridForm.setState({ text, chat });
  }, [isOther, hasResults, text, chat]);
  const axes = useMemo(() => axesOf(form.lane), [form.lane]);
  const rows = useMemo(() => pairRows(rowsOf(job)), [job]);
  return { form, job, axes, rows, isOther: isOther && hasResults };
}
