import { KvError } from '../../errors';
import type { TaskRow } from '../../measure/task-row';
import { GROUP } from '../../measure/task-row';
import { range } from '../../tasks/random';
import type { Length } from '../../tasks/task';
import type { LabModel, Pass } from '../experiment';
import type { Form } from './question';
import { FORMAT, questionOf } from './question';

/** Prompt tokens of one pass, about: what a reload loses. */
const PASS_TOKENS = 4096;

/** What a plan is made of. */
export interface TaskSettings {
  tasks: string[];
  lengths: Length[];
  depths: number;
  count: number;
  pairs: string[];
  seed: number;
  form: 'auto' | Form;
  shots: number;
  least: number | null;
}

/** One pass: some questions of a task at a length, to FP16 alone (group -1) or to one group of pairs. */
export interface TaskPass extends Pass {
  task: string;
  length: Length;
  from: number;
  to: number;
  group: number;
}

export const formOf = ({ form }: Pick<TaskSettings, 'form'>, { tokenizer }: LabModel): Form =>
  form === 'auto' ? (tokenizer.hasChat ? 'chat' : 'plain') : form;

/**
 * FP16 first, then every group of pairs on the same questions, if FP16 can do the task. Lengths beyond the model's context are
 * left out, and so are requests for a form in the plain form. Errors: bad-config, context-overflow.
 */
export function taskPasses(settings: TaskSettings, model: LabModel): TaskPass[] {
  const form = formOf(settings, model);
  if (form === 'chat' && !model.tokenizer.hasChat)
    throw new KvError('bad-config', 'This model has no chat template.', '', 'Choose the plain form.');
  const able = settings.tasks.filter((task) => task !== FORMAT || form === 'chat');
  const planned = able.flatMap((task) =>
    settings.lengths
      .filter((length) => fits(task, length, settings, model))
      .flatMap((length) => passesOf(task, length, settings)),
  );
  if (planned.length > 0) return planned;
  throw able.length === 0
    ? new KvError('bad-config', 'Requests for a form need a model with a chat template.')
    : new KvError(
        'context-overflow',
        `The shortest of these texts is longer than the ${model.summary.context} tokens of this model.`,
      );
}

/** All passes of one task at one length: FP16, then each group of pairs after it. */
export function passesOf(
  task: string,
  length: Length,
  { count, pairs }: Pick<TaskSettings, 'count' | 'pairs'>,
): TaskPass[] {
  const chunk = Math.max(1, Math.floor(PASS_TOKENS / length));
  const starts = range(Math.ceil(count / chunk)).map((at) => at * chunk);
  const passes = (group: number, after: string[] | undefined): TaskPass[] =>
    starts.map((from) => {
      const to = Math.min(count, from + chunk);
      const name = group < 0 ? 'fp16' : `g${group}`;
      const who = group < 0 ? 'FP16' : `pairs ${group * GROUP + 1} to ${Math.min(pairs.length, (group + 1) * GROUP)}`;
      const title = `${task}, ${length} tokens, ${who}, questions ${from + 1} to ${to}`;
      return { id: `${task}-${length}-${name}-${from}`, title, ...(after && { after }), task, length, from, to, group };
    });
  const shadow = passes(-1, undefined);
  const ids = shadow.map(({ id }) => id);
  return [...shadow, ...range(Math.ceil(pairs.length / GROUP)).flatMap((group) => passes(group, ids))];
}

/** True where the first question and its answer have room; in the chat form with a tenth to spare, as its texts cannot be cut. */
function fits(task: string, length: Length, settings: TaskSettings, model: LabModel): boolean {
  const asked = { ...settings, task, length, form: formOf(settings, model) };
  const { prompt, limit } = questionOf(model, asked, 0);
  return (prompt.length + limit) * (asked.form === 'chat' ? 1.1 : 1) <= model.summary.context;
}

/** Share of the questions that FP16 has right. */
export const shareOf = (rows: readonly TaskRow[]): number => rows.reduce((sum, { ok }) => sum + ok[0], 0) / rows.length;
