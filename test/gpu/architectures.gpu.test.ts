import { describe, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import { shadowConfig } from '../../gpu/kv/config';
import type { TinyOptions } from '../fixtures/tiny-gguf';
import { play, someTokens, spec, tinyEngine, worstOf } from './tiny-engine';

/**
 * Every feature of the three architectures, head size, ratio of heads and packed format, in few models: each is compiled anew,
 * which is most of the time here. Equal widths share kernels; the first model has no two widths alike.
 */
const MODELS: Record<string, TinyOptions> = {
  'llama, head 64, 4 queries a key, F16, scaled rotation': {
    heads: 4,
    headDim: 64,
    ropeFreqs: Array.from({ length: 32 }, (_, i) => 1 + i / 4),
  },
  'qwen2 with biases, head 32, no grouping, Q8_0 of an odd number of blocks, own head': {
    arch: 'qwen2',
    heads: 3,
    kvHeads: 3,
    hidden: 96,
    ffn: 96,
    vocab: 301,
    tied: false,
    types: 'Q8_0',
  },
  'qwen3 with QK-norm, head 128, Q4_K': {
    arch: 'qwen3',
    heads: 2,
    headDim: 128,
    hidden: 256,
    ffn: 256,
    types: 'Q4_K',
  },
  'llama, head 96, every kind of 4 and 5 bits, F16 gate beside Q4_1 up': {
    heads: 2,
    kvHeads: 2,
    headDim: 96,
    hidden: 192,
    ffn: 192,
    vocab: 333,
    types: { embed: 'Q4_0', q: 'Q4_0', k: 'Q8_0', v: 'Q5_0', o: 'Q4_1', gate: 'F16', up: 'Q4_1', down: 'Q5_1' },
  },
};

/**
 * These logits reach about 6. Sums in f32 and a key or value on a rounding border of FP16 move them by less than 1e-3; types
 * without a kernel of their own are rounded to FP16 (2^-12 of each weight), which the reference does not do.
 */
const TOLERANCE = 0.01;

describe.each(Object.entries(MODELS))('%s', (_, options) => {
  test('shadow logits are those of the reference, prompt and decode', async () => {
    const { engine, reference } = await tinyEngine(await openGpu(), options);
    const prompt = someTokens(21);
    const forced = someTokens(5, 200, 11);
    const { logits } = await play(engine, spec([], { prompt, forced }));
    const want = reference.forward([...prompt, ...forced], { config: shadowConfig(), promptTokens: 21, from: 20 });
    expect(logits).toHaveLength(5);
    const worst = logits.map(([row], s) => worstOf(row, want.logits[s]));
    expect(Math.max(...worst)).toBeLessThan(TOLERANCE);
  });
});
