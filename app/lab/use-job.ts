import { useEffect } from 'react';
import { useStore } from '../store';
import type { Job } from './jobs';
import { openJob, useJobs } from './jobs';

/** What each experiment was opened with: the model and the settings as JSON. */
const opened: Record<string, string> = {};

/**
 * The experiment with these settings on the loaded model. It is opened again when either changes, but not while it runs: what runs
 * is paused by the visitor alone. Coming back to a section finds it as it was left.
 */
export function useJob(id: string, settings: object): Job | undefined {
  const job = useJobs((s) => s.jobs[id]);
  const sha = useStore((s) => (s.engine === 'ready' && s.recording === null ? (s.model?.sha256 ?? '') : ''));
  const asked = sha === '' ? '' : JSON.stringify([sha, settings]);
  const isRunning = job?.state === 'running';
  useEffect(() => {
    if (asked === '' || isRunning || opened[id] === asked) return;
    opened[id] = asked;
    void openJob(id, JSON.parse(asked)[1]);
  }, [id, asked, isRunning]);
  return job;
}
