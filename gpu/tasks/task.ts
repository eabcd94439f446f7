import type { Random } from './random';
import words from './words.json';

/** One question to a model. */
export interface Instance {
  prompt: string;
  /** What follows the prompt, to the last character, its leading space included. */
  answer: string;
  /** Character ranges [from, to) of the prompt where the needed facts stand. */
  keys: [number, number][];
  /** Probability that a blind guess among the values of the text is right. */
  chance: number;
}

/** A kind of question with exactly one right answer. A file in kinds/ whose default export is a Task is found by itself. */
export interface Task {
  /** Also the file's name. */
  id: string;
  title: string;
  text: string;
  /** `size` counts the task's own units (facts, items, steps); `sizeFor` says how many fill a length. */
  make(random: Random, size: number): Instance;
}

/** Lengths that the sizes are known for: prompt and answer in tokens of the bundled model, at most. */
export const LENGTHS = [64, 128, 256, 512, 1024] as const;
export type Length = (typeof LENGTHS)[number];

/** Units that fill a prompt and its answer to about `length` tokens. */
export function sizeFor(id: string, length: Length): number {
  const sizes: Record<string, Record<string, number>> = words.sizes;
  return sizes[id][length];
}

/** Each slot in order: a fixed word, or one picked from the list of that name. */
export function fill(template: string, random: Random, fixed: Record<string, string> = {}): string {
  const lists: Record<string, unknown> = words;
  return template.replace(/\{(\w+)\}/g, (_, name) => fixed[name] ?? random.pick(lists[name] as string[]));
}

/** Sentences with a space between them, and the character ranges of the wanted ones. */
export function joined(sentences: string[], wanted: number[], separator = ' ') {
  const starts = [0];
  for (const sentence of sentences) starts.push(starts[starts.length - 1] + sentence.length + 1);
  const ranges = wanted.map((i): [number, number] => [starts[i], starts[i + 1] - 1]);
  return { text: sentences.join(separator), ranges };
}
