import { del, get, set } from 'idb-keyval';
import type { LabPlan } from '../../workers/protocol';
import { quiet } from '../saved';

/** What this browser keeps of an experiment: one entry by model and settings. */
export interface KeptJob {
  rows: Record<string, object[]>;
  ms: Record<string, number>;
  adapter: string;
  date: string;
}

/** Grows when rows of earlier releases can no longer be read. */
const VERSION = 1;

const keyOf = ({ experiment, settings }: LabPlan, sha256: string): string =>
  `lab:${VERSION}:${sha256.slice(0, 12)}:${experiment}:${JSON.stringify(settings)}`;

/** Where storage is blocked, experiments last as long as the page. */
export const readJob = async (plan: LabPlan, sha256: string): Promise<KeptJob | null> =>
  (await quiet(() => get<KeptJob>(keyOf(plan, sha256)))) ?? null;

export const writeJob = (plan: LabPlan, sha256: string, job: KeptJob): Promise<void> =>
  quiet(() => set(keyOf(plan, sha256), job));

export const forgetJob = (plan: LabPlan, sha256: string): Promise<void> => quiet(() => del(keyOf(plan, sha256)));
