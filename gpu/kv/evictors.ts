import { KvError } from '../errors';
import type { Evictor, Scorer } from './evict';
import { evictorFrom } from './evict';

const modules = import.meta.glob<Scorer | Evictor>('./evict/*.ts', { eager: true, import: 'default' });
const entries = Object.values(modules).sort((a, b) => (a.id < b.id ? -1 : 1));

/** Every evictor there is, by id: adding one is adding a file. */
export const evictors: readonly Evictor[] = entries.map(evictorFrom);

/** Those that score rows one by one. */
export const scorers: readonly Scorer[] = entries.filter((entry): entry is Scorer => 'score' in entry);

export function evictorOf(id: string): Evictor {
  const evictor = evictors.find((candidate) => candidate.id === id);
  if (evictor) return evictor;
  const known = evictors.map((candidate) => candidate.id).join(', ');
  throw new KvError('bad-config', `There is no eviction called ${id}; known: ${known}.`);
}
