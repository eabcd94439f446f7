import { KvError } from '../errors';
import type { Task } from './task';

const found = import.meta.glob<Task>('./kinds/*.ts', { eager: true, import: 'default' });

/** Every task, in the order of the ids. */
export const tasks: Task[] = Object.values(found).sort((a, b) => (a.id < b.id ? -1 : 1));

export function taskOf(id: string): Task {
  const task = tasks.find((t) => t.id === id);
  if (!task) throw new KvError('bad-config', `There is no task called ${id}.`);
  return task;
}
