import { create } from 'zustand';

/** What the visitor asks for; the experiment's other settings keep their defaults. */
export interface TaskForm {
  tasks: string[];
  lengths: number[];
  pairs: 'few' | 'all';
  count: number;
  form: 'auto' | 'plain' | 'chat';
  /**
   * Which shipped table is shown (see `reportKey`); empty: what this browser measured; null: that, or before there is any, the table
   * that ships for the loaded model.
   */
  shown: string | null;
}

export const TASKS = ['qa', 'arithmetic', 'extract', 'needle', 'copy', 'code', 'story', 'format'];
export const LENGTHS = [64, 128, 256, 512, 1024];
/** The pairs of the published table, and the one of equal size to the last. */
export const FEW = ['k=8 v=8', 'k=4 v=4', 'k=4 v=2', 'k=2 v=4'];

export const useTaskForm = create<TaskForm>()(() => ({
  tasks: ['qa', 'arithmetic', 'extract', 'needle'],
  lengths: [64, 128],
  pairs: 'few',
  count: 20,
  form: 'auto',
  shown: null,
}));

export const editTasks = (patch: Partial<TaskForm>): void => useTaskForm.setState(patch);

/** The settings of the experiment; what is left out has the experiment's own default. */
export const settingsOf = ({ tasks, lengths, pairs, count, form }: TaskForm): object => ({
  ...{ tasks, lengths, count, form },
  ...(pairs === 'few' && { pairs: FEW }),
});

/** The list with one more or one less, in the order of `all`; the last one stays. */
export function toggled<T>(list: readonly T[], one: T, all: readonly T[]): T[] {
  const next = list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
  return next.length === 0 ? [...list] : all.filter((other) => next.includes(other));
}
