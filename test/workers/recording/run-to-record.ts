import type { CacheConfig } from '../../../gpu/kv/config';
import { shadowConfig } from '../../../gpu/kv/config';
import { parseLane } from '../../../gpu/kv/lane';
import { greedy } from '../../../gpu/run-types';
import type { RunToRecord } from '../../../workers/recording/recording';
import { bytesOf, DIMS, fakeFrame } from '../../app/fake-frames';

export const PROMPT = [5, 9, 4000, 70_000, 12];

/** A run with invented numbers: two lanes, one of them FP16, a move, and rows of a second head at some steps. */
export function runToRecord(steps: number): RunToRecord {
  const lanes: CacheConfig[] = [parseLane('k=4 v=2'), parseLane('k=16 v=16')];
  const configs = [shadowConfig(), ...lanes];
  const cap = PROMPT.length + steps;
  const base = { run: 7, prompt: PROMPT.length, cap, configs };
  const frameOf = (step: number, layer: number) =>
    fakeFrame({ ...base, head: { layer, head: 4 } }, step, step === steps - 1);
  const frames = Array.from({ length: steps }, (_, step) => frameOf(step, 7));
  Object.assign(frames[0], { heads: new Float32Array(0), row: null });
  return {
    settings: {
      ...{ text: 'Why is the sky blue? Π', chat: true, steps, mode: 'same-prefix', decode: greedy, lanes },
      moves: [{ lane: 1, step: 3, field: 'k', value: 2, scope: 'all' }],
    },
    model: {
      ...{ name: 'lamp', sha256: 'ab'.repeat(32), fileBytes: 98e6, arch: 'llama', ...DIMS, hidden: 576, ffn: 1536 },
      ...{ vocab: 49152, context: 8192, hasChat: true, qkvBias: false, qkNorm: false },
      ...{ weightBytes: 101e6, loadMs: 900 },
    },
    modelRef: 'owner/repo/lamp.gguf',
    adapter: { name: 'Invented adapter', software: true },
    prompt: { ids: PROMPT, pieces: ['Why', ' is', ' the', ' sky', ' blue'] },
    info: {
      ...{ run: 7, promptTokens: PROMPT.length, cap, configs, gpuBytes: 171e6, prefillMs: 812.5, decode: greedy },
      bytes: configs.map((config) => bytesOf(config, PROMPT.length, cap)),
    },
    reason: 'steps',
    head: { layer: 7, head: 4 },
    frames,
    rows: frames.map(({ step, row }) => {
      const other = row && step % 2 === 0 ? frameOf(step, 3).row : null;
      return other ? [other] : [];
    }),
  };
}
