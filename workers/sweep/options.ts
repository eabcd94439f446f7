import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { KvError } from '../../gpu/errors';

export const USAGE =
  'npm run sweep -- EXPERIMENT [--model FILE] [--set NAME=VALUE ...] [--settings FILE.json] [--out FILE.jsonl] [--shard I/N] [--list]';

export interface SweepOptions {
  experiment: string;
  /** The bundled one where none is named. */
  model: string | null;
  settings: Record<string, unknown>;
  out: string | null;
  /** This process takes passes whose place modulo `of` is `index`. */
  shard: { index: number; of: number };
  list: boolean;
}

const usage = (message: string) => new KvError('usage', message, '', USAGE);

/** Errors: usage. A value is JSON where it reads as such, else a word; `@file` is the text of that file. */
export function readOptions(args: string[]): SweepOptions {
  const { values, positionals } = parse(args);
  if (positionals.length !== 1 && !values.list) throw usage('Name one experiment.');
  const settings: Record<string, unknown> = values.settings ? readJson(values.settings) : {};
  for (const pair of values.set ?? []) {
    const at = pair.indexOf('=');
    if (at < 1) throw usage(`--set ${pair} has no value.`);
    settings[pair.slice(0, at)] = parsed(pair.slice(at + 1));
  }
  return {
    experiment: positionals[0] ?? '',
    model: values.model ?? null,
    settings,
    out: values.out ?? null,
    shard: readShard(values.shard),
    list: values.list ?? false,
  };
}

function parse(args: string[]) {
  const options = {
    model: { type: 'string' },
    set: { type: 'string', multiple: true },
    settings: { type: 'string' },
    out: { type: 'string' },
    shard: { type: 'string' },
    list: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true });
  } catch (error) {
    throw usage((error as Error).message);
  }
}

function parsed(text: string): unknown {
  if (text.startsWith('@')) return read(text.slice(1));
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw usage(`${path} cannot be read: ${(error as Error).message}`);
  }
}

function readJson(path: string): Record<string, unknown> {
  try {
    return JSON.parse(read(path));
  } catch (error) {
    throw usage(`${path} is no JSON: ${(error as Error).message}`);
  }
}

function readShard(text = '0/1'): SweepOptions['shard'] {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (of === undefined || of < 1 || index >= of)
    throw usage(`--shard ${text}: 0/4, 1/4, 2/4 and 3/4 share work by four.`);
  return { index, of };
}
