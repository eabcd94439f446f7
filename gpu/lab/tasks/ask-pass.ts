import type { TaskRow } from '../../measure/task-row';
import { GROUP, leastShare } from '../../measure/task-row';
import { range } from '../../tasks/random';
import type { LabHost } from '../experiment';
import { askLanes, askShadow } from './ask';
import type { TaskPass, TaskSettings } from './plan';
import { formOf, shareOf } from './plan';
import { questionOf } from './question';

export type AskSettings = Omit<TaskSettings, 'tasks' | 'lengths' | 'count'>;

/** True where FP16 has enough of these questions right for lanes to be asked; `shadow` = its rows. */
export function isAsked(
  shadow: readonly TaskRow[],
  { least }: Pick<AskSettings, 'least'>,
  { model }: LabHost,
): boolean {
  return shareOf(shadow) >= (least ?? leastShare(model.summary.name));
}

/** The questions of one pass: `ask` answers each; the rows carry where they stand. */
export async function askEach(
  pass: TaskPass,
  settings: AskSettings,
  host: LabHost,
  ask: (question: ReturnType<typeof questionOf>) => ReturnType<typeof askShadow>,
): Promise<TaskRow[]> {
  const { task, length, from, to, group } = pass;
  const asked = { ...settings, task, length, form: formOf(settings, host.model) };
  const rows: TaskRow[] = [];
  host.progress(0);
  for (const i of range(to - from).map((at) => from + at)) {
    const question = questionOf(host.model, asked, i);
    const { band, chance } = question;
    rows.push({ task, length, i, band, chance, group, ...(await ask(question)) });
    host.progress(rows.length / (to - from));
  }
  return rows;
}

/** FP16 alone, or a group of pairs on what FP16 can do. `shadow` = rows of FP16 on all questions of this task and length. */
export async function askPass(
  pass: TaskPass,
  settings: AskSettings,
  host: LabHost,
  shadow: readonly TaskRow[],
): Promise<TaskRow[]> {
  const { group } = pass;
  if (group < 0) return askEach(pass, settings, host, (question) => askShadow(host, question));
  if (!isAsked(shadow, settings, host)) return [];
  const pairs = settings.pairs.slice(group * GROUP, (group + 1) * GROUP);
  const written = new Map(shadow.map(({ i, fed = [] }) => [i, fed]));
  return askEach(pass, settings, host, (question) => askLanes(host, question, pairs, written.get(question.i) ?? []));
}
