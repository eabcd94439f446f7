import { useEffect, useMemo, useState } from 'react';
import type { JoinedReport } from '../../../gpu/measure/join-reports';
import { joinReports } from '../../../gpu/measure/join-reports';
import type { ReportHead, TaskReport, TaskReports } from '../../../gpu/measure/task-report';
import { reportOf } from '../../../gpu/measure/task-report';
import type { TaskRow } from '../../../gpu/measure/task-row';
import { useStore } from '../../store';
import type { Job } from '../jobs';
import { rowsOf } from '../jobs';

/** Settings that an experiment with fewer of them leaves out. */
const UNSAID = { tasks: [], depths: 1, shots: 0 };

/** What this browser has measured on the loaded model; null before the first pass. */
export function useHere(job: Job | undefined): TaskReport | null {
  const model = useStore((s) => s.model);
  return useMemo(() => {
    const rows = rowsOf<TaskRow>(job);
    if (!job?.plan || !model || rows.length === 0) return null;
    const { adapter, date, plan } = job;
    const settings = { ...UNSAID, ...(plan.settings as ReportHead['settings']) };
    return reportOf({ model: model.name, sha256: model.sha256, adapter, date: date.slice(0, 10), settings }, rows);
  }, [job, model]);
}

/** Tables that ship with the page, asked for when the section opens; none where the file is missing or cannot be read. */
export function useShipped(): JoinedReport[] {
  const [tables, setTables] = useState<JoinedReport[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    readShipped(stop.signal).then(setTables, () => {});
    return () => stop.abort();
  }, []);
  return tables;
}

/** Tells tables apart, also those of one model. */
export const reportKey = ({ sha256, form, shots, common = '', receipt = '' }: TaskReport): string =>
  `${sha256} ${form} ${shots} ${common} ${receipt}`;

async function readShipped(signal: AbortSignal): Promise<JoinedReport[]> {
  const answer = await fetch(new URL('lab/tasks.json', document.baseURI), { signal });
  const { version, tables } = (await answer.json()) as TaskReports;
  return version === 1 && Array.isArray(tables) ? joinReports(tables) : [];
}
