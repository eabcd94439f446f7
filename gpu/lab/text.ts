import * as v from 'valibot';
import { KvError } from '../errors';
import { encodePrompt } from '../load/encode-prompt';
import type { RunSpec } from '../run-types';
import { greedy } from '../run-types';
import type { LabHost, LabModel } from './experiment';

/** The text that an experiment scores: a prompt that FP16 goes on with, or a whole text whose tail is fed token by token. */
export const textFields = {
  /** Plain text, or the prompt. */
  text: v.optional(v.string('must be a text'), ''),
  /** Token ids instead of a text. */
  tokens: v.optional(v.nullable(v.array(v.pipe(v.number(), v.integer(), v.minValue(0)))), null),
  chat: v.optional(v.boolean('must be true or false'), false),
  /** Tokens of a whole text that are prefilled, the rest is scored; null: the text is a prompt. */
  promptTokens: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1, 'must be 1 or more'))), null),
  /** Most tokens scored. */
  steps: v.optional(v.pipe(v.number('must be a number'), v.integer(), v.minValue(1), v.maxValue(2048)), 128),
};

export interface TextSettings {
  text: string;
  tokens: number[] | null;
  chat: boolean;
  promptTokens: number | null;
  steps: number;
}

/** Ids of the prompt, and what follows where that is known already. Errors: bad-prompt, context-overflow. */
export function readText(settings: TextSettings, model: LabModel): { prompt: number[]; forced: number[] | null } {
  const { tokenizer, summary } = model;
  const ids = settings.tokens ?? encodePrompt(tokenizer, settings);
  if (ids.length === 0) throw new KvError('bad-prompt', 'There is no text to run.', '', 'Type a prompt first.');
  const { promptTokens, steps } = settings;
  const prompt = promptTokens === null ? ids : ids.slice(0, promptTokens);
  const forced = promptTokens === null ? null : ids.slice(promptTokens, promptTokens + steps);
  if (forced?.length === 0)
    throw new KvError('bad-prompt', `The text has ${ids.length} tokens; nothing is left to score.`);
  if (prompt.length + (forced?.length ?? steps) > summary.context) {
    const sum = `${prompt.length} + ${forced?.length ?? steps}`;
    throw new KvError('context-overflow', `${sum} tokens are more than the ${summary.context} of this model.`);
  }
  return { prompt, forced };
}

/** What FP16 writes after the prompt, greedily, its stop token left out: the text that every lane of an experiment is fed. */
export async function writtenByShadow(host: LabHost, prompt: number[], steps: number): Promise<number[]> {
  const { stops } = host.model.tokenizer;
  const { fed } = await host.run({ ...plainSpec(prompt), steps, stops });
  const end = fed[0].findIndex((id) => id < 0 || stops.includes(id));
  return end < 0 ? fed[0] : fed[0].slice(0, end);
}

/** A run without lanes, moves or measures of heads; spread the rest over it. */
export const plainSpec = (prompt: number[]): RunSpec => ({
  prompt,
  lanes: [],
  mode: 'same-prefix',
  steps: 1,
  decode: greedy,
  stops: [],
  moves: [],
  live: false,
  heads: false,
});
