import { create } from 'zustand';
import type { PlainError } from '../../gpu/errors';
import { toPlain } from '../../gpu/errors';
import type { LabPlan } from '../../workers/protocol';
import { engine } from '../engine';
import { useStore } from '../store';
import type { KeptJob } from './kept';
import { forgetJob, readJob, writeJob } from './kept';

/** An experiment of this page: what it will do, what is done, and what it found. Rows stay when it is paused. */
export interface Job {
  state: 'planning' | 'ready' | 'running' | 'paused' | 'done' | 'failed';
  plan: LabPlan | null;
  rows: Record<string, object[]>;
  ms: Record<string, number>;
  /** The pass under way, and how far it is. */
  pass: string | null;
  share: number;
  error: PlainError | null;
  /** Adapter and date of the newest pass. */
  adapter: string;
  date: string;
}

const EMPTY: Job = {
  ...{ state: 'planning', plan: null, rows: {}, ms: {}, pass: null, share: 0 },
  ...{ error: null, adapter: '', date: '' },
};

/** Jobs by experiment: one of each at a time, the one that was opened last. */
export const useJobs = create<{ jobs: Record<string, Job> }>()(() => ({ jobs: {} }));

const job = (id: string): Job => useJobs.getState().jobs[id] ?? EMPTY;
const put = (id: string, patch: Partial<Job>): Job => {
  const next = { ...job(id), ...patch };
  useJobs.setState(({ jobs }) => ({ jobs: { ...jobs, [id]: next } }));
  return next;
};

const opened: Record<string, number> = {};
let running: { id: string; stop: AbortController } | null = null;
let listens = false;

/** Plans an experiment on the loaded model and brings back what an earlier visit has measured with the same settings. */
export async function openJob(id: string, settings: object): Promise<void> {
  if (running?.id === id) pauseJob();
  opened[id] = (opened[id] ?? 0) + 1;
  const mine = opened[id];
  put(id, { ...EMPTY });
  try {
    const plan = await engine().call('plan', { experiment: id, settings });
    const kept = await readJob(plan, sha());
    if (mine !== opened[id]) return;
    const done = kept ? plan.passes.every((pass) => kept.rows[pass.id]) : false;
    put(id, { plan, ...kept, state: done ? 'done' : kept ? 'paused' : 'ready' });
  } catch (error) {
    if (mine === opened[id]) put(id, { state: 'failed', error: toPlain(error) });
  }
}

/** Runs what is not done yet, pass after pass, and keeps each one; a reload loses at most the pass under way. */
export async function runJob(id: string): Promise<void> {
  const { plan } = job(id);
  if (!plan || running) return;
  listen();
  const stop = new AbortController();
  running = { id, stop };
  const mine = opened[id];
  put(id, { state: 'running', error: null });
  try {
    for (const pass of plan.passes) {
      const { rows } = job(id);
      if (rows[pass.id]) continue;
      put(id, { pass: pass.id, share: 0 });
      const given = Object.fromEntries((pass.after ?? []).map((other) => [other, rows[other]]));
      const done = await engine().call('pass', { plan, pass: pass.id, given }, stop.signal);
      if (mine !== opened[id]) return;
      const now = job(id);
      const adapter = useStore.getState().adapter?.name ?? '';
      put(id, {
        ...{ rows: { ...now.rows, [pass.id]: done.rows }, ms: { ...now.ms, [pass.id]: done.ms } },
        ...{ pass: null, share: 0, adapter, date: new Date().toISOString() },
      });
      await writeJob(plan, sha(), kept(job(id)));
    }
    put(id, { state: 'done' });
  } catch (error) {
    const plain = toPlain(error);
    const isPause = plain.code === 'cancelled';
    if (mine === opened[id])
      put(id, { ...(isPause ? { state: 'paused' } : { state: 'failed', error: plain }), pass: null });
  } finally {
    running = null;
  }
}

/** Stops within one step; the pass under way begins again later. */
export function pauseJob(): void {
  running?.stop.abort();
}

/** Throws away what was measured. */
export async function clearJob(id: string): Promise<void> {
  if (running?.id === id) pauseJob();
  const { plan } = job(id);
  if (!plan) return;
  await forgetJob(plan, sha());
  await openJob(id, plan.settings);
}

/** All rows so far in the order of the plan. */
export function rowsOf<R extends object>(one: Job | undefined): R[] {
  return (one?.plan?.passes ?? []).flatMap(({ id }) => (one?.rows[id] ?? []) as R[]);
}

export const doneCount = (one: Job): number => Object.keys(one.rows).length;

const kept = ({ rows, ms, adapter, date }: Job): KeptJob => ({ rows, ms, adapter, date });
const sha = () => useStore.getState().model?.sha256 ?? '';

function listen(): void {
  if (listens) return;
  listens = true;
  engine().on('lab', ({ experiment, pass, share }) => {
    if (job(experiment).pass === pass) put(experiment, { share });
  });
}
