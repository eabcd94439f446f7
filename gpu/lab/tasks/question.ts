import { seeded } from '../../tasks/random';
import { taskOf, tasks } from '../../tasks/registry';
import type { Instance, Length } from '../../tasks/task';
import { sizeFor } from '../../tasks/task';
import type { LabModel } from '../experiment';
import { chatForm } from './chat-form';
import { formatProbe } from './format';
import { heldOut } from './held-out';
import { mapping } from './mapping';

/** Checkable requests for a form: only a model that takes instructions can be asked. */
export const FORMAT = 'format';
/** A rule shown by examples, asked as plain text of any model. */
export const MAPPING = 'mapping';
export const TASK_IDS = [...tasks.map(({ id }) => id), FORMAT];

/** How a model is asked: a plain text that it continues, or a message in its chat template. */
export type Form = 'plain' | 'chat';

/** One instance as token ids. */
export interface Question {
  i: number;
  /** Part of the text with the needed fact, null where depth is not looked at. */
  band: number | null;
  chance: number;
  prompt: number[];
  /** Plain form: ids of the right answer. Chat form: none, there are many right ones. */
  answer: number[] | null;
  /** Chat form: most tokens of an answer. */
  limit: number;
  /** Share of the expected facts in an answer's text, 0..1. */
  judge(text: string): number;
}

export interface Asked {
  task: string;
  length: Length;
  form: Form;
  /** Parts of the text that the needle's fact goes through. */
  depths: number;
  seed: number;
  /** Solved instances put before a plain question. */
  shots: number;
}

/** Instance `i` of a task at a length, ready for the model. */
export function questionOf({ tokenizer, summary }: LabModel, asked: Asked, i: number): Question {
  const { task, length, form, depths, seed } = asked;
  if (task === FORMAT) {
    const { text, check } = formatProbe(seeded(seed + i), sizeFor('needle', length), i);
    const rest = { i, band: null, chance: 0, answer: null, limit: 64 };
    return { ...rest, prompt: inChat(tokenizer, text), judge: (answer) => Number(check(answer)) };
  }
  if (task === MAPPING) {
    const { prompt, answer, chance } = mapping(seeded(seed + i), i);
    const ids = { prompt: tokenizer.encode(prompt), answer: tokenizer.encode(answer, { addBos: false }) };
    return { i, band: null, chance, ...ids, limit: ids.answer.length, judge: () => 0 };
  }
  const answerOf = (one: Instance) => tokenizer.encode(one.answer, { addBos: false, special: false });
  const promptOf = (one: Instance) => tokenizer.encode(`${shotsOf(asked, i)}${one.prompt}`, { special: false });
  const hasRoom = (one: Instance) => promptOf(one).length + answerOf(one).length <= summary.context;
  const one = heldOut(task, length, i, depths, seed, form === 'plain' ? hasRoom : undefined);
  const { band, chance } = one;
  const answer = answerOf(one);
  if (form === 'chat') {
    const { message, judge } = chatForm(task, one);
    const limit = Math.ceil(answer.length * 1.5) + 16;
    return { i, band, chance, prompt: inChat(tokenizer, message), answer: null, limit, judge };
  }
  return { i, band, chance, prompt: promptOf(one), answer, limit: answer.length, judge: () => 0 };
}

const inChat = (tokenizer: LabModel['tokenizer'], content: string): number[] =>
  tokenizer.encode(tokenizer.chat([{ role: 'user', content }]), { addBos: false });

/** Solved instances of the same task, from seeds below the held-out ones. */
function shotsOf({ task, length, seed, shots }: Asked, i: number): string {
  let text = '';
  for (let shot = 0; shot < shots; shot++) {
    const random = seeded(seed - 1 - i * shots - shot);
    const { prompt, answer } = taskOf(task).make(random, sizeFor(task, length));
    text += `${prompt}${answer}\n\n`;
  }
  return text;
}
