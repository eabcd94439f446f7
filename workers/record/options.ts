import { parseArgs } from 'node:util';
import { KvError, toPlain } from '../../gpu/errors';
import type { CacheConfig, Move } from '../../gpu/kv/config';
import { parseLane } from '../../gpu/kv/lane';
import { parseMoves } from '../../gpu/kv/moves';
import type { RunSpec } from '../../gpu/run-types';

/** The command line of `npm run record`, checked. */
export interface RecordOptions {
  model: string;
  out: string;
  /** How links name the model: `owner/repo/file.gguf`, else its file name. */
  ref: string | null;
  prompt: string;
  chat: boolean;
  steps: number;
  mode: RunSpec['mode'];
  lanes: CacheConfig[];
  moves: Move[];
  /** Heads whose attention rows are kept at every step; the first is shown first. */
  heads: { layer: number; head: number }[];
}

const OPTIONS = {
  model: { type: 'string' },
  out: { type: 'string' },
  ref: { type: 'string' },
  prompt: { type: 'string' },
  chat: { type: 'boolean', default: false },
  steps: { type: 'string', default: '128' },
  mode: { type: 'string', default: 'same-prefix' },
  lane: { type: 'string', multiple: true },
  move: { type: 'string', multiple: true },
  head: { type: 'string', multiple: true },
} as const;

const usage = (message: string) => new KvError('usage', message, '', 'The options are listed in CONTRIBUTING.md.');

/** Errors: usage; bad-config for a lane or a move that cannot be. */
export function readOptions(args: string[]): RecordOptions {
  const given = parse(args);
  const { model, out, prompt, mode, steps, chat } = given;
  if (!model || !out || !prompt) throw usage('Give --model, --out and --prompt.');
  if (!out.endsWith('.kvrec')) throw usage(`--out names a file that ends in .kvrec, not "${out}".`);
  if (!/^[1-9]\d{0,4}$/.test(steps)) throw usage(`--steps is a whole number from 1 up, not "${steps}".`);
  if (mode !== 'same-prefix' && mode !== 'free-running')
    throw usage(`--mode is same-prefix or free-running, not ${mode}.`);
  const lanes = named('lane', given.lane ?? ['k=4 v=2'], parseLane);
  if (lanes.length > 7) throw usage(`${lanes.length} lanes are too many; 7 fit beside the shadow.`);
  const moves = named('move', given.move ?? [], (text) => parseMoves(text)[0]).sort((a, b) => a.step - b.step);
  if (moves.some(({ lane }) => lane > lanes.length)) throw usage('A --move names a lane that is not there.');
  const heads = named('head', given.head ?? ['0.0'], readHead);
  return { model, out, ref: given.ref ?? null, prompt, chat, steps: Number(steps), mode, lanes, moves, heads };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw usage((error as Error).message.split('. ')[0]);
  }
}

function named<T>(option: string, values: string[], read: (text: string) => T): T[] {
  return values.map((text) => {
    try {
      return read(text);
    } catch (error) {
      const { code, message, why, next } = toPlain(error);
      throw new KvError(code, `--${option} "${text}": ${message}`, why, next);
    }
  });
}

function readHead(text: string): { layer: number; head: number } {
  const match = /^(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) throw usage('A head is layer.head, such as 7.4.');
  return { layer: Number(match[1]), head: Number(match[2]) };
}
