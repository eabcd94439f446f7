import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { openGguf } from '../../../gpu/load/gguf';
import { pathSource } from '../../../gpu/load/node-source';
import { dequantize } from '../../../gpu/load/quant/dequantize';
import { frobenius, spectral } from '../../../gpu/measure/norm';
import { hasShared, shared } from '../../setup/env';

test('by hand', () => {
  expect(frobenius([3, 0, 0, 4])).toBe(5);
  expect(spectral([3, 0, 0, 4], 2, 2)).toBeCloseTo(4, 6);
  // [[1, 1], [0, 1]]: the golden ratio.
  expect(spectral([1, 1, 0, 1], 2, 2)).toBeCloseTo((1 + Math.sqrt(5)) / 2, 6);
  expect(spectral([1, 2, 2], 1, 3)).toBeCloseTo(3, 12);
  expect(spectral([1, 2, 2], 3, 1)).toBeCloseTo(3, 12);
  expect(spectral([0, 0, 0, 0], 2, 2)).toBe(0);
});

const MODEL = 'models/SmolLM2-135M-Instruct.Q4_1.gguf';
const GOLDEN = 'golden/systems_small.json';

describe.skipIf(!hasShared(MODEL) || !hasShared(GOLDEN))('key and value weights of SmolLM2', () => {
  const golden = hasShared(GOLDEN)
    ? JSON.parse(readFileSync(shared(GOLDEN), 'utf8')).allocators.smollm2_q4_1_norms
    : {};
  const found = { fro_k: [], spec_k: [], fro_v: [], spec_v: [] } as Record<string, number[]>;

  beforeAll(async () => {
    const source = await pathSource(shared(MODEL));
    const file = await openGguf(source);
    for (let layer = 0; layer < file.config.layers; layer++) {
      for (const side of ['k', 'v']) {
        const { type, rows, cols, offset, bytes } = file.tensors.get(`blk.${layer}.attn_${side}.weight`)!;
        const values = dequantize(type, await source.read(offset, bytes), rows, cols);
        found[`fro_${side}`].push(frobenius(values));
        found[`spec_${side}`].push(spectral(values, rows, cols));
      }
    }
    await source.close();
  }, 60_000);

  test.each(['fro_k', 'fro_v'])('%s', (name) => {
    const worst = Math.max(...found[name].map((norm, layer) => Math.abs(norm / golden[name][layer] - 1)));
    expect(worst).toBeLessThan(1e-6);
  });

  test.each(['spec_k', 'spec_v'])('%s', (name) => {
    const worst = Math.max(...found[name].map((norm, layer) => Math.abs(norm / golden[name][layer] - 1)));
    expect(worst).toBeLessThan(1e-5);
  });
});
