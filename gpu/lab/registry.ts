import * as v from 'valibot';
import { KvError } from '../errors';
import type { Experiment } from './experiment';

const found = import.meta.glob<Experiment>('./experiments/*.ts', { eager: true, import: 'default' });

/** Every experiment, in the order of the ids. */
export const experiments: Experiment[] = Object.values(found).sort((a, b) => (a.id < b.id ? -1 : 1));

export function experimentOf(id: string): Experiment {
  const one = experiments.find((e) => e.id === id);
  if (one) return one;
  const known = experiments.map((e) => e.id).join(', ');
  throw new KvError('bad-config', `There is no experiment called ${id}; known: ${known}.`);
}

/** Settings with defaults filled in. Errors: bad-config that names the setting. */
export function readSettings(one: Experiment, given: unknown): object {
  const { success, output, issues } = v.safeParse(one.schema, given);
  if (success) return output;
  const { path, message } = issues[0];
  const name = path?.map(({ key }) => String(key)).join('.') ?? '';
  throw new KvError('bad-config', `${one.title}: ${name ? `${name} ` : ''}${message}.`.replace('..', '.'));
}
