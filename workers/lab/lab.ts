import { KvError } from '../../gpu/errors';
import type { LabModel, Pass } from '../../gpu/lab/experiment';
import { experimentOf, readSettings } from '../../gpu/lab/registry';
import type { Maker } from '../session/maker';
import { Host } from './host';

/** An experiment as it will be carried out: every setting resolved, and its passes in order. */
export interface LabPlan {
  experiment: string;
  settings: object;
  passes: Pass[];
}

export function planLab(id: string, given: object, model: LabModel): LabPlan {
  const one = experimentOf(id);
  const settings = readSettings(one, given);
  return { experiment: id, settings, passes: one.passes(settings, model) };
}

export interface LabWork {
  maker: Maker;
  model: LabModel;
  progress: (share: number) => void;
  signal?: AbortSignal;
}

/** Rows of one pass of a plan; `given` holds the rows of the passes it comes after. */
export async function runPass(
  { experiment, settings, passes }: LabPlan,
  id: string,
  given: Record<string, object[]>,
  { maker, model, progress, signal }: LabWork,
): Promise<object[]> {
  const pass = passes.find((one) => one.id === id);
  if (!pass) throw new KvError('internal', `The plan has no pass ${id}.`);
  const host = new Host(maker, model, progress, signal);
  return experimentOf(experiment).run(settings, pass, host, (other) => {
    if (!given[other]) throw new KvError('internal', `Pass ${id} needs the rows of ${other}.`);
    return given[other];
  });
}
