import { useMemo } from 'react';
import type { Job } from '../jobs';
import { rowsOf } from '../jobs';
import type { LabPrompt } from '../lab-prompt';
import { useLabPrompt } from '../lab-prompt';
import { useJob } from '../use-job';
import type { Axes, GridRow } from './gridData';
import { axesOf, pairRows } from './gridData';
import type { GridForm } from './gridForm';
import { useGridForm } from './gridForm';

export interface Grid {
  form: GridForm;
  prompt: LabPrompt;
  job: Job | undefined;
  axes: Axes | null;
  rows: GridRow[];
}

/** The grid of the visitor's prompt. */
export function useGrid(): Grid {
  const form = useGridForm();
  const prompt = useLabPrompt('grid');
  const job = useJob('grid', { lane: form.lane, text: prompt.text, chat: prompt.chat, steps: form.steps });
  const axes = useMemo(() => axesOf(form.lane), [form.lane]);
  const rows = useMemo(() => pairRows(rowsOf(job)), [job]);
  return { form, prompt, job, axes, rows };
}
