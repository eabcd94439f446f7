import type { LabWork } from '../../../workers/lab/lab';
import { planLab, runPass } from '../../../workers/lab/lab';

/** Every pass of an experiment in order: rows by pass. */
export async function runAll<R extends object>(
  id: string,
  settings: object,
  work: LabWork,
): Promise<Record<string, R[]>> {
  const plan = planLab(id, settings, work.model);
  const rows: Record<string, R[]> = {};
  for (const pass of plan.passes) rows[pass.id] = (await runPass(plan, pass.id, rows, work)) as R[];
  return rows;
}
