import { parseArgs } from 'node:util';
import { KvError, toPlain } from '../../gpu/errors';
import type { CacheConfig } from '../../gpu/kv/config';
import { parseLane } from '../../gpu/kv/lane';
import { readConfig } from '../../gpu/kv/schema';
import { checkRule } from '../../gpu/model/sample';
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
  isolate: boolean;
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
  isolate: { type: 'boolean' },
  logits: { type: 'string' },
  list: { type: 'boolean' },
  json: { type: 'boolean' },
  jsonl: { type: 'boolean' },
} as const;

const DECODE = ['temperature', 'top-k', 'top-p', 'min-p', 'seed'] as const;

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
  if (mode === 'free-running' && given.isolate) throw usage('--isolate goes with --mode same-prefix.');
  if (given.json && given.jsonl) throw usage('Give one of --json and --jsonl.');
  if (given['prompt-tokens'] !== undefined && given.prompt !== undefined) {
    throw usage('--prompt-tokens goes with --text or --tokens.');
  }
  const rule = DECODE.find((name) => given[name] !== undefined);
  if (rule && given.prompt === undefined) throw usage(`--${rule} goes with --prompt.`);
  const decode: DecodeRule = {
    temperature: real('temperature', given.temperature, 0),
    topK: whole('top-k', given['top-k'], 0) ?? 0,
    topP: real('top-p', given['top-p'], 1),
    minP: real('min-p', given['min-p'], 0),
    seed: whole('seed', given.seed, 0) ?? 0,
  };
  checkRule(decode);
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
    decode,
    top: whole('top', given.top, 0) ?? 0,
    heads: given.heads ?? given.isolate ?? false,
    isolate: given.isolate ?? false,
    logits: given.logits ?? null,
    list: given.list ?? false,
    jsonl: given.jsonl ?? false,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // What follows an unknown option there is about file names that look like options.
    const message = (error as Error).message.replace(/\s+/g, ' ').replace(/^(Unknown option [^ ]+)\. .*/, '$1');
    throw usage(message.replace(/\.?$/, '.'));
  }
}

function readLanes(strings: string[], readFile: (path: string) => string): CacheConfig[] {
  if (strings.length === 1 && strings[0].trim() === 'none') return [];
  if (strings.some((s) => s.trim() === 'none')) throw usage('--lane none stands alone.');
  if (strings.length > 7) throw usage(`${strings.length} lanes are too many; 7 fit beside the shadow.`);
  return strings.map((lane) => {
    try {
      return lane.startsWith('@') ? readConfig(readJson(lane.slice(1), readFile)) : parseLane(lane);
    } catch (error) {
      const { code, message, why, next } = toPlain(error);
      throw new KvError(code, `--lane "${lane}": ${message}`, why, next);
    }
  });
}

function readJson(path: string, readFile: (path: string) => string): unknown {
  try {
    return JSON.parse(readFile(path));
  } catch (error) {
    throw usage(`the file cannot be read: ${(error as Error).message}.`);
  }
}

function whole(name: string, text: string | undefined, least: number): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || !Number.isSafeInteger(value)) {
    throw usage(`--${name} is a whole number from ${least} up, not "${text}".`);
  }
  return value;
}

function real(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (text.trim() === '' || !Number.isFinite(Number(text))) throw usage(`--${name} is a number, not "${text}".`);
  return Number(text);
}
