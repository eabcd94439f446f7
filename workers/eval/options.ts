import { parseArgs } from 'node:util';
import { KvError } from '../../gpu/errors';
import type { CacheConfig } from '../../gpu/kv/config';
import { parseLane } from '../../gpu/kv/lane';
import { readConfig } from '../../gpu/kv/schema';
import type { DecodeRule } from '../../gpu/run-types';

/** The command line of `npm run eval`, checked; see the eval contract in the README. */
export interface EvalOptions {
  model: string | null;
  input: { text: string } | { tokens: string } | { prompt: string; chat: boolean } | null;
  promptTokens: number | null;
  maxTokens: number | null;
  lanes: CacheConfig[];
  mode: 'same-prefix' | 'free-running';
  decode: DecodeRule;
  top: number;
  heads: boolean;
  logits: string | null;
  list: boolean;
  jsonl: boolean;
}

const OPTIONS = {
  model: { type: 'string' },
  text: { type: 'string' },
  tokens: { type: 'string' },
  prompt: { type: 'string' },
  chat: { type: 'boolean' },
  'prompt-tokens': { type: 'string' },
  'max-tokens': { type: 'string' },
  lane: { type: 'string', multiple: true },
  mode: { type: 'string' },
  temperature: { type: 'string' },
  'top-k': { type: 'string' },
  'top-p': { type: 'string' },
  'min-p': { type: 'string' },
  seed: { type: 'string' },
  top: { type: 'string' },
  heads: { type: 'boolean' },
  logits: { type: 'string' },
  list: { type: 'boolean' },
  json: { type: 'boolean' },
  jsonl: { type: 'boolean' },
} as const;

const usage = (message: string) => new KvError('usage', message, '', 'The options are listed in the README.');

/** Errors: usage for anything that cannot be meant; bad-config for a lane that cannot be. `readFile` reads `@file.json` lanes. */
export function readOptions(args: string[], readFile: (path: string) => string): EvalOptions {
  const given = parse(args);
  const inputs = [given.text, given.tokens, given.prompt].filter((v) => v !== undefined);
  if (inputs.length > 1) throw usage('Give one of --text, --tokens and --prompt.');
  if (given.chat && given.prompt === undefined) throw usage('--chat goes with --prompt.');
  const mode = given.mode ?? 'same-prefix';
  if (mode !== 'same-prefix' && mode !== 'free-running')
    throw usage(`--mode is same-prefix or free-running, not ${mode}.`);
  if (mode === 'free-running' && given.prompt === undefined) throw usage('--mode free-running goes with --prompt.');
  if (given.json && given.jsonl) throw usage('Give one of --json and --jsonl.');
  if (given['prompt-tokens'] !== undefined && given.prompt !== undefined) {
    throw usage('--prompt-tokens goes with --text or --tokens.');
  }
  return {
    model: given.model ?? null,
    input:
      given.text !== undefined
        ? { text: given.text }
        : given.tokens !== undefined
          ? { tokens: given.tokens }
          : given.prompt !== undefined
            ? { prompt: given.prompt, chat: given.chat ?? false }
            : null,
    promptTokens: whole('prompt-tokens', given['prompt-tokens'], 1),
    maxTokens: whole('max-tokens', given['max-tokens'], 1),
    lanes: readLanes(given.lane ?? ['k=4 v=4'], readFile),
    mode,
    decode: {
      temperature: real('temperature', given.temperature, 0, 0, 100),
      topK: whole('top-k', given['top-k'], 0) ?? 0,
      topP: real('top-p', given['top-p'], 1, 0, 1),
      minP: real('min-p', given['min-p'], 0, 0, 1),
      seed: whole('seed', given.seed, 0) ?? 0,
    },
    top: whole('top', given.top, 0) ?? 0,
    heads: given.heads ?? false,
    logits: given.logits ?? null,
    list: given.list ?? false,
    jsonl: given.jsonl ?? false,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw usage((error as Error).message.split('. ')[0]);
  }
}

function readLanes(strings: string[], readFile: (path: string) => string): CacheConfig[] {
  if (strings.length === 1 && strings[0].trim() === 'none') return [];
  if (strings.some((s) => s.trim() === 'none')) throw usage('--lane none stands alone.');
  if (strings.length > 7) throw usage(`${strings.length} lanes are too many; 7 fit beside the shadow.`);
  return strings.map((lane) => {
    if (!lane.startsWith('@')) return parseLane(lane);
    let data: unknown;
    try {
      data = JSON.parse(readFile(lane.slice(1)));
    } catch (error) {
      throw usage(`The lane file ${lane.slice(1)} cannot be read: ${(error as Error).message}`);
    }
    return readConfig(data);
  });
}

function whole(name: string, text: string | undefined, least: number): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || !Number.isSafeInteger(value)) {
    throw usage(`--${name} is a whole number from ${least} up, not "${text}".`);
  }
  return value;
}

function real(name: string, text: string | undefined, fallback: number, least: number, most: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most)) {
    throw usage(`--${name} is a number from ${least} to ${most}, not "${text}".`);
  }
  return value;
}
