import { readFileSync } from 'node:fs';
import { KvError } from '../../gpu/errors';
import type { Tokenizer } from '../../gpu/load/types';
import type { RunSpec } from '../../gpu/run-types';
import { withCalibration } from '../calibration';
import { tokenizePrompt } from '../tokenize';
import type { EvalOptions } from './options';

/** Tokens that continue a prompt where no number is given. */
const DEFAULT_STEPS = 64;

/** The run that the options ask for: a prompt to continue, or a text cut into prompt and scored tokens. Errors: usage, bad-prompt. */
export const readSpec = (options: EvalOptions, tokenizer: Tokenizer): RunSpec =>
  withCalibration(specOf(options, tokenizer), tokenizer);

function specOf(options: EvalOptions, tokenizer: Tokenizer): RunSpec {
  const { input, lanes, mode, decode, heads, isolate, maxTokens } = options;
  if (!input) throw new KvError('usage', 'Nothing to run.', '', 'Give --text, --tokens or --prompt.');
  const shared = { lanes, mode, decode, heads, isolate, moves: [], live: false };
  if ('prompt' in input) {
    if (input.prompt === '') throw new KvError('bad-prompt', 'The prompt is empty.');
    if (input.chat && !tokenizer.hasChat)
      throw new KvError('bad-prompt', 'This model has no chat template; leave --chat out.');
    const prompt = tokenizePrompt(tokenizer, { text: input.prompt, chat: input.chat }).ids;
    return { ...shared, prompt, steps: maxTokens ?? DEFAULT_STEPS, stops: tokenizer.stops };
  }
  const all = 'tokens' in input ? readTokens(input.tokens) : tokenizer.encode(readText(input.text));
  if (all.length < 2) throw new KvError('bad-prompt', 'The text has fewer than two tokens; there is nothing to score.');
  const P = options.promptTokens ?? Math.floor(all.length / 2);
  if (P >= all.length)
    throw new KvError('usage', `--prompt-tokens ${P} leaves nothing to score of ${all.length} tokens.`);
  const forced = all.slice(P, maxTokens === null ? undefined : P + maxTokens);
  return { ...shared, prompt: all.slice(0, P), forced, steps: forced.length, stops: [] };
}

function readText(path: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new KvError('usage', `${path} cannot be read.`, (error as Error).message);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new KvError('usage', `${path} is not UTF-8 text.`);
  }
}

function readTokens(path: string): number[] {
  const text = readText(path);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new KvError('usage', `${path} is no JSON array of token ids.`, (error as Error).message);
  }
  if (!Array.isArray(data) || !data.every((id) => Number.isInteger(id) && id >= 0)) {
    throw new KvError('usage', `${path} is no JSON array of token ids.`);
  }
  return data;
}
