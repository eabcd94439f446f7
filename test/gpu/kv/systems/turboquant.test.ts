import { expect, test } from 'vitest';
import { layoutOf } from '../../../../gpu/kv/arena';
import { isChoice } from '../../../../gpu/kv/entry';
import { effectiveBits } from '../../../../gpu/kv/footprint';
import { formatLane, parseLane } from '../../../../gpu/kv/lane';
import { systemOf } from '../../../../gpu/kv/registry';

const lane = (words: string) => parseLane(`system=turboquant ${words}`);
const bits = (words: string, headDim: number) => {
  const { k, v } = lane(words);
  return [layoutOf(k, headDim).bits, layoutOf(v, headDim).bits];
};

test('bits per value with metadata, as published for heads of 64 and 128', () => {
  expect(bits('preset=vllm-k8v4', 64)).toEqual([8, 4.5]);
  expect(bits('preset=vllm-3bit_nc', 64)).toEqual([3.25, 3.5]);
  expect(bits('preset=vllm-4bit_nc', 128)).toEqual([4.125, 4.25]);
  expect(bits('preset=ort-q4', 64)).toEqual([4.5, 4.5]);
  expect(bits('preset=ort-q8', 128)).toEqual([8.25, 8.25]);
  expect(bits('preset=lmdeploy-42', 64)).toEqual([4.5, 2.25]);
  expect(['turbo4', 'turbo3', 'turbo2'].map((type) => bits(`preset=thetom-${type}`, 64)[0])).toEqual([8.5, 6.25, 4.25]);
  expect(['turbo4', 'turbo3', 'turbo2'].map((type) => bits(`preset=thetom-${type}`, 128)[0])).toEqual([
    4.25, 3.125, 2.125,
  ]);
});

/** SmolLM2-135M after 336 tokens, with bits of K and V of an independent implementation. */
test.each([
  ['preset=vllm-k8v4', 9.06667, 6.03333],
  ['preset=vllm-4bit_nc', 5.81667, 6.03333],
  ['preset=vllm-k3v4_nc', 4.95, 6.03333],
  ['preset=vllm-3bit_nc', 4.95, 5.16667],
  ['preset=tq-mse k=3 v=3', 3.25, 3.25],
  ['preset=tq-prod k=3 v=2', 3.5, 2.25],
  ['preset=ort-q8', 8.5, 8.5],
])('%s: K %d, V %d bits', (words, k, v) => {
  const bits = effectiveBits(lane(words), { layers: 30, heads: 9, kvHeads: 3, headDim: 64 }, 336, 168);
  expect(bits.k).toBeCloseTo(k, 4);
  expect(bits.v).toBeCloseTo(v, 4);
});

test('vllm presets leave two layers at each end and the prompt exact', () => {
  expect(lane('preset=vllm-4bit_nc')).toMatchObject({
    layers: { skipFirst: 2, skipLast: 2 },
    prefill: 'fp16',
    self: 'quant',
  });
  expect(lane('preset=tq-mse')).toMatchObject({ layers: { skipFirst: 0, skipLast: 0 }, prefill: 'quant' });
});

test('widths other than those of the preset', () => {
  expect(lane('preset=tq-mse k=3 v=2')).toMatchObject({ k: { bits: 3 }, v: { bits: 2 } });
  expect(lane('preset=vllm-4bit_nc v=8').v).toMatchObject({ codec: 'uniform', bits: 8 });
  expect(() => lane('preset=ort-q8 k=4')).toThrow('k=4 is not possible with preset=ort-q8');
  expect(() => lane('preset=tq-mse v=6')).toThrow('v=6');
});

test('every preset comes back from its lane string', () => {
  const [preset] = systemOf('turboquant').params;
  if (!isChoice(preset)) throw new Error('preset is a choice');
  for (const word of preset.choices) {
    const config = lane(`preset=${word}`);
    expect(parseLane(formatLane(config))).toEqual(config);
  }
});
