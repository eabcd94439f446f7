import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { openEngine } from '../../gpu/engine';
import { KvError } from '../../gpu/errors';
import { openGguf } from '../../gpu/load/gguf';
import { pathSource } from '../../gpu/load/node-source';
import { sha256Of } from '../../gpu/load/sha256';
import { openTokenizer } from '../../gpu/load/tokenizer';
import type { Tokenizer } from '../../gpu/load/types';
import type { RunSpec } from '../../gpu/run-types';
import { openNodeGpu } from '../node-gpu';
import { tokenizePrompt } from '../tokenize';
import { bestOf } from './best';
import { evaluate } from './evaluate';
import type { EvalOptions } from './options';
import { result, stepOf } from './result';

const DEFAULT_STEPS = 64;

/** Loads, runs and writes the result. Errors as KvError; see `headless.ts` for what they become. */
export async function runEval(options: EvalOptions, write: (value: object) => void): Promise<void> {
  if (!options.model) throw new KvError('usage', 'no model given', '', 'Name a GGUF file with --model.');
  if (!options.input) throw new KvError('usage', 'Nothing to run.', '', 'Give --text, --tokens or --prompt.');
  const source = await pathSource(options.model);
  const file = await openGguf(source);
  const tokenizer = openTokenizer(file.metadata);
  const spec = readSpec(options, tokenizer);
  const gpu = await openNodeGpu();
  process.stderr.write(`adapter: ${gpu.adapter.name}\n`);
  const [loadStart, cpuStart] = [performance.now(), process.cpuUsage()];
  const engine = await openEngine(gpu, file);
  const cpuLoad = process.cpuUsage(cpuStart);
  const loadMs = performance.now() - loadStart;
  const sha256 = await sha256Of(source);

  const logits = options.logits ? openSync(options.logits, 'w') : null;
  const wanted = options.top > 0 || logits !== null;
  const top: [number, number][][][] = wanted && options.top > 0 ? [[], ...spec.lanes.map(() => [])] : [];
  const done = await evaluate(engine, spec, wanted, async (frame, run) => {
    if (wanted) {
      const rows = await run.logits();
      const { vocab } = file.config;
      if (logits !== null) writeSync(logits, new Uint8Array(rows.buffer, 0, vocab * 4));
      for (const [lane, list] of top.entries())
        list.push(bestOf(rows.subarray(lane * vocab, (lane + 1) * vocab), options.top));
    }
    if (options.jsonl) write({ step: frame.step, lanes: frame.lanes.map((_, lane) => stepOf(frame, lane)) });
  });
  if (logits !== null) closeSync(logits);

  const sorted = [...done.stepMs].sort((a, b) => a - b);
  const median = sorted.length ? sorted[sorted.length >> 1] : 0;
  const ms = (n: number) => Math.round(n * 1000) / 1000;
  const generates = spec.forced === undefined;
  write(
    result({
      model: { ...file.config, sha256 },
      adapter: gpu.adapter,
      spec,
      configs: done.run.configs,
      frames: done.frames,
      heads: done.heads,
      top,
      texts: generates
        ? [0, ...spec.lanes.map((_, i) => i + 1)].map((lane) => textOf(tokenizer, done.frames, lane))
        : null,
      timing: {
        loadMs: ms(loadMs),
        prefillMs: ms(done.prefillMs),
        prefillTokensPerS: ms((spec.prompt.length * 1000) / done.prefillMs),
        decodeMsMedian: ms(median),
        tokensPerS: median > 0 ? ms(1000 / median) : 0,
        lanes: spec.lanes.length + 1,
        gpuBytes: done.run.gpuBytes,
        cpuMs: {
          load: ms((cpuLoad.user + cpuLoad.system) / 1000),
          prefill: ms(done.cpu.prefill),
          decodePerToken: ms(done.cpu.decode / Math.max(1, done.stepMs.length)),
        },
      },
    }),
  );
}

const textOf = (tokenizer: Tokenizer, frames: { lanes: { token: number }[] }[], lane: number): string => {
  const ids = frames.map((f) => f.lanes[lane].token).filter((id) => id >= 0);
  return ids.length ? tokenizer.decode(ids) : '';
};

function readSpec(options: EvalOptions, tokenizer: Tokenizer): RunSpec {
  const shared = {
    lanes: options.lanes,
    mode: options.mode,
    decode: options.decode,
    moves: [],
    live: false,
    heads: options.heads,
  };
  const input = options.input as NonNullable<EvalOptions['input']>;
  if ('prompt' in input) {
    if (input.prompt === '') throw new KvError('bad-prompt', 'The prompt is empty.');
    if (input.chat && !tokenizer.hasChat)
      throw new KvError('bad-prompt', 'This model has no chat template; leave --chat out.');
    const prompt = tokenizePrompt(tokenizer, { text: input.prompt, chat: input.chat }).ids;
    return { ...shared, prompt, steps: options.maxTokens ?? DEFAULT_STEPS, stops: tokenizer.stops };
  }
  const all = 'tokens' in input ? readTokens(input.tokens) : tokenizer.encode(readText(input.text));
  if (all.length < 2) throw new KvError('bad-prompt', 'The text has fewer than two tokens; there is nothing to score.');
  const P = options.promptTokens ?? Math.floor(all.length / 2);
  if (P >= all.length)
    throw new KvError('usage', `--prompt-tokens ${P} leaves nothing to score of ${all.length} tokens.`);
  const forced = all.slice(P, options.maxTokens === null ? undefined : P + options.maxTokens);
  return { ...shared, prompt: all.slice(0, P), forced, steps: forced.length, stops: [] };
}

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    throw new KvError('usage', `${path} cannot be read as UTF-8 text.`, (error as Error).message);
  }
}

function readTokens(path: string): number[] {
  let data: unknown;
  try {
    data = JSON.parse(readText(path));
  } catch (error) {
    throw new KvError('usage', `${path} is no JSON array of token ids.`, (error as Error).message);
  }
  if (!Array.isArray(data) || !data.every((id) => Number.isInteger(id) && id >= 0)) {
    throw new KvError('usage', `${path} is no JSON array of token ids.`);
  }
  return data;
}
