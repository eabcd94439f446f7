import { expect, test } from 'vitest';
import { parseLane } from '../../../gpu/kv/lane';
import { openGguf } from '../../../gpu/load/gguf';
import { bytesSource } from '../../../gpu/load/source';
import { klDivergence } from '../../../gpu/measure/divergence';
import { createReference } from '../../../gpu/reference/model';
import type { TinyOptions } from '../../fixtures/tiny-gguf';
import { tinyGguf } from '../../fixtures/tiny-gguf';

const tokens = Array.from({ length: 40 }, (_, i) => (i * 31 + 7) % 200);

async function logits(options: TinyOptions, lane = 'k=4 v=3'): Promise<Float32Array[]> {
  const reference = await createReference(await openGguf(bytesSource(tinyGguf(options))));
  return reference.forward(tokens, { config: parseLane(lane), promptTokens: 20 }).logits;
}

test('llama files keep q and k rows permuted; the cache sees Hugging Face order all the same', async () => {
  const options: TinyOptions = { heads: 4, kvHeads: 2, headDim: 64, qkvBias: true, tied: false };
  const permuted = await logits({ ...options, arch: 'llama' });
  expect(permuted).toEqual(await logits({ ...options, arch: 'qwen2' }));
});

test.each(['llama', 'qwen2', 'qwen3'] as const)('%s: a K16V16 lane is the shadow, a K2V2 lane is not', async (arch) => {
  const exact = await logits({ arch }, 'k=16 v=16');
  expect(exact).toEqual(await logits({ arch }, 'k=16 v=16 prefill=fp16 self=fp16'));
  expect(klDivergence(exact[39], (await logits({ arch }, 'k=2 v=2'))[39])).toBeGreaterThan(1e-7);
});

test('norms, biases, the frequency table and the output head all take part', async () => {
  const base = await logits({ arch: 'llama', headDim: 64 });
  const others: TinyOptions[] = [
    { arch: 'qwen3', headDim: 64 },
    { arch: 'qwen2', headDim: 64 },
    { arch: 'llama', headDim: 64, tied: false },
    { arch: 'llama', headDim: 64, ropeFreqs: Array.from({ length: 32 }, (_, i) => 1 + i / 8) },
  ];
  for (const options of others) expect(await logits(options)).not.toEqual(base);
});
