import { del, get, set } from 'idb-keyval';
import type { LabPlan } from '../../workers/protocol';

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

/** Storage may be blocked (private windows, policies); experiments then last as long as the page. */
export async function readJob(plan: LabPlan, sha256: string): Promise<KeptJob | null> {
  try {
    return (await get<KeptJob>(keyOf(plan, sha256))) ?? null;
  } catch {
    return null;
  }
}

export async function writeJob(plan: LabPlan, sha256: string, job: KeptJob): Promise<void> {
  try {
    await set(keyOf(plan, sha256), job);
  } catch {}
}

export async function forgetJob(plan: LabPlan, sha256: string): Promise<void> {
  try {
    await del(keyOf(plan, sha256));
  } catch {}
}
