import { useLayoutEffect, useRef } from 'react';
import { useStore } from '../store';
import { en } from '../text/en';
import { report } from '../text/report';
import { timeText } from '../ui/units';
import type { Job } from './jobs';
import { clearJob, doneCount, pauseJob, runJob, useJobs } from './jobs';

interface Props {
  id: string;
  /** What the visitor types has not reached the plan yet. */
  isWaiting?: boolean;
}

/** Start, pause, resume and discard of an experiment, how far it is, and where its numbers come from. */
export function JobBar({ id, isWaiting = false }: Props) {
  const job = useJobs((s) => s.jobs[id]);
  const isBusy = useJobs((s) =>
    Object.entries(s.jobs).some(([other, { state }]) => other !== id && state === 'running'),
  );
  const isReady = useStore((s) => s.engine === 'ready' && s.model !== null && s.recording === null);
  const text = en.lab;
  const bar = useRef<HTMLDivElement>(null);
  const hasFocus = useRef(false);
  const isDone = job?.state === 'done';
  // The button goes with the last pass; whoever works by keys stays where it was.
  useLayoutEffect(() => {
    if (isDone && hasFocus.current) bar.current?.focus();
    hasFocus.current = false;
  }, [isDone]);
  if (!job) return null;
  const done = doneCount(job);
  const total = job.plan?.passes.length ?? 0;
  const isRunning = job.state === 'running';
  const watched = {
    onFocus: () => {
      hasFocus.current = true;
    },
    onBlur: () => {
      hasFocus.current = false;
    },
  };
  return (
    <div className="job-bar" ref={bar} tabIndex={-1}>
      {isRunning ? (
        <button type="button" className="btn" onClick={pauseJob} {...watched}>
          {text.pause}
        </button>
      ) : (
        !isDone && (
          <button
            type="button"
            className="btn prime"
            {...watched}
            disabled={!isReady || isBusy || isWaiting || !job.plan}
            onClick={() => void runJob(id)}
          >
            {done > 0 ? text.resume : text.start}
          </button>
        )
      )}
      {done > 0 && (
        <button type="button" className="btn ghost" onClick={() => void clearJob(id)}>
          {text.clear}
        </button>
      )}
      {done > 0 && (
        <button type="button" className="btn ghost" title={report.saveTitle} onClick={() => void saveReport(id, job)}>
          {report.save}
        </button>
      )}
      {total > 0 && (
        <progress max={total} value={done + (isRunning ? job.share : 0)} aria-label={text.progress(done, total)} />
      )}
      <span className="m" role="status">
        {job.state === 'planning' ? text.planning : text.progress(done, total)}
        {isRunning && done > 0 && ` · ${text.left(timeText(leftOf(job, total)))}`}
      </span>
      {isBusy && !isDone && <span className="m">{text.busy}</span>}
      {done > 0 && <span className="m">{text.measuredOn(job.adapter, job.date.slice(0, 10))}</span>}
      {job.error && (
        <p role="alert">
          {job.error.message} {job.error.why} {job.error.next}
        </p>
      )}
    </div>
  );
}

async function saveReport(id: string, job: Job): Promise<void> {
  const { saveJobReport } = await import('../report/save-job');
  saveJobReport(id, sectionTitle() || id, job);
}

/** As the list of the lab calls what is open. */
const sectionTitle = (): string => document.querySelector('.lab-nav [aria-current]')?.textContent ?? '';

/** Seconds that the open passes will take at the pace of those done. */
function leftOf({ ms, share }: Job, total: number): number {
  const times = Object.values(ms);
  const mean = times.reduce((sum, one) => sum + one, 0) / Math.max(1, times.length);
  return (mean / 1000) * Math.max(0, total - times.length - share);
}
