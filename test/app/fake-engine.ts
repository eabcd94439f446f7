import { KvError } from '../../gpu/errors';
import type { CacheConfig, Move } from '../../gpu/kv/config';
import { shadowConfig } from '../../gpu/kv/config';
import type { AdapterSummary, ModelSummary, RunSpec } from '../../gpu/run-types';
import type { RunState, StoredModel } from '../../workers/protocol';
import type { Endpoint, Handlers, Server } from '../../workers/rpc';
import { serve } from '../../workers/rpc';
import type { FakeRun } from './fake-frames';
import { bytesOf, DIMS, fakeFrame } from './fake-frames';
import { fakePass, fakePlan } from './fake-lab';

export interface FakeOptions {
  /** The adapter is refused with this code. */
  refuse?: 'no-webgpu' | 'no-adapter';
  stored?: boolean;
  /** Milliseconds per step. */
  pace?: number;
  /** Milliseconds of a download. */
  download?: number;
}

const ADAPTER: AdapterSummary = {
  ...{ name: 'Invented adapter', vendor: 'none', architecture: 'fake', features: ['subgroups'], software: true },
  ...{ subgroupMin: 4, subgroupMax: 4, maxBufferBytes: 2 ** 30, maxBindingBytes: 2 ** 30 },
};
const MODEL: ModelSummary = {
  ...{ name: 'SmolLM2-135M-Instruct', sha256: 'b179c9523d0e'.padEnd(64, '0'), fileBytes: 98_362_432, arch: 'llama' },
  ...{ ...DIMS, hidden: 576, ffn: 1536, vocab: 49152, context: 8192, hasChat: true },
  ...{ qkvBias: false, qkNorm: false, weightBytes: 101e6, loadMs: 900 },
};
const STORED: StoredModel = {
  id: 's1',
  name: 'SmolLM2-135M-Instruct.Q4_1.gguf',
  bytes: MODEL.fileBytes,
  sha256: MODEL.sha256,
  lastUsed: 1,
  learned: 0,
};
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Speaks the protocol with invented numbers. */
export function fakeEngine(
  port: Endpoint,
  { refuse, stored = true, pace = 5, download = 0 }: FakeOptions = {},
): Server {
  let kept = stored ? [STORED] : [];
  let spec: RunSpec | null = null;
  let run: FakeRun | null = null;
  let moves: Move[] = [];
  let step = 0;
  let playing = false;
  let head = { layer: 0, head: 0 };

  const now = (): CacheConfig[] => {
    const configs = [shadowConfig(), ...(spec?.lanes ?? [])].map((config) => structuredClone(config));
    for (const move of moves) if (move.step <= step) configs[move.lane][move.field].bits = move.value;
    return configs;
  };
  const emit = () =>
    run && spec && server.emit('frame', fakeFrame({ ...run, configs: now(), head }, step, step === spec.steps));
  const state = (s: RunState['state'], reason: RunState['reason'] = null) =>
    run && server.emit('state', { run: run.run, state: s, step, reason });
  const advance = () => {
    step++;
    emit();
    if (spec && step >= spec.steps) state('finished', 'steps');
  };
  const handlers: Handlers = {
    hello: () => {
      if (refuse === 'no-webgpu')
        throw new KvError('no-webgpu', 'This browser has no WebGPU.', 'navigator.gpu is missing.', '');
      if (refuse)
        throw new KvError(
          'no-adapter',
          'No adapter.',
          'requestAdapter() returned nothing.',
          'Update the graphics driver.',
        );
      return { adapter: ADAPTER, storage: { opfs: true, persisted: true, usage: 0, quota: 2 ** 33 } };
    },
    inspect: ({ lanes, cap }) => {
      const laneBytes = [shadowConfig(), ...lanes].map((config) => bytesOf(config, cap, cap).reserved);
      const sum = MODEL.weightBytes + laneBytes.reduce((a, b) => a + b, 0) + 30e6;
      return { ...MODEL, laneBytes, scratchBytes: 30e6, totalBytes: sum, fits: true, why: '' };
    },
    load: async (_, signal) => {
      for (let i = 0; i <= 20 && download > 0; i++) {
        if (signal.aborted) throw signal.reason;
        server.emit('progress', { phase: 'download', done: (MODEL.fileBytes * i) / 20, total: MODEL.fileBytes });
        await wait(download / 20);
      }
      kept = [STORED];
      return { model: MODEL, kept: true, keptWhy: '' };
    },
    stored: () => kept,
    unlearn: () => {},
    forget: (id) => {
      kept = kept.filter((model) => model.id !== id);
    },
    tokenize: ({ text }) => {
      const pieces = text.match(/\s*\S+|\s+/g) ?? [];
      return { ids: pieces.map((_, i) => 100 + ((i * 7) % 600)), pieces };
    },
    start: async (asked) => {
      if (asked.prompt.length === 0) throw new KvError('bad-prompt', 'The prompt is empty.');
      playing = false;
      spec = asked;
      moves = [...asked.moves];
      step = 0;
      const cap = asked.prompt.length + asked.steps;
      run = { run: (run?.run ?? 0) + 1, prompt: asked.prompt.length, cap, configs: now(), head };
      emit();
      return {
        run: run.run,
        promptTokens: run.prompt,
        cap,
        configs: now(),
        bytes: now().map((c) => bytesOf(c, run?.prompt ?? 1, cap)),
        gpuBytes: 171e6,
        prefillMs: 812,
        decode: asked.decode,
      };
    },
    play: async ({ until }) => {
      playing = true;
      state('playing');
      while (playing && spec && step < (until ?? spec.steps)) {
        await wait(pace);
        if (playing) advance();
      }
      playing = false;
      return { step };
    },
    pause: () => {
      playing = false;
      state('paused');
      return { step };
    },
    step: () => {
      if (spec && step < spec.steps) advance();
      if (spec && step < spec.steps) state('paused');
      return { step };
    },
    rewind: () => {
      playing = false;
      step = 0;
      state('ready');
      return { step };
    },
    stop: () => {
      playing = false;
      run = null;
    },
    move: (asked) => {
      const move = { ...asked, step: step + 1 };
      moves.push(move);
      return move;
    },
    select: (asked) => {
      head = asked;
      if (run && !playing) emit();
    },
    row: () => null,
    decisions: () => null,
    plan: fakePlan,
    pass: (args) => fakePass(args, pace),
    report: () => ({ version: 1, tokens: [], promptTokens: run?.prompt ?? 0 }),
  };
  const server = serve(port, handlers);
  return server;
}
