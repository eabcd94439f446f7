import { expect, test } from 'vitest';
import { openGguf } from '../../../gpu/load/gguf';
import { dequantize } from '../../../gpu/load/quant/dequantize';
import { bytesSource } from '../../../gpu/load/source';
import { unpermute } from '../../../gpu/load/unpermute';
import { tinyGguf } from '../../fixtures/tiny-gguf';

test('neighbours (2i, 2i + 1) become halves (i, i + D/2), head by head', () => {
  expect([...unpermute(1, 8)]).toEqual([0, 2, 4, 6, 1, 3, 5, 7]);
  expect([...unpermute(2, 4)]).toEqual([0, 2, 1, 3, 4, 6, 5, 7]);
});

test('a llama file and a qwen2 file of the same weights agree once undone', async () => {
  const rows = async (arch: 'llama' | 'qwen2') => {
    const file = await openGguf(bytesSource(tinyGguf({ arch, headDim: 64, qkvBias: false })));
    const t = file.tensors.get('blk.1.attn_q.weight')!;
    const bytes = await file.source.read(t.offset, t.bytes);
    return { t, values: dequantize(t.type, bytes, t.rows, t.cols) };
  };
  const llama = await rows('llama');
  const qwen = await rows('qwen2');
  const order = unpermute(2, 64);
  expect(llama.t.rows).toBe(128);
  for (let row = 0; row < 128; row++) {
    const from = order[row] * 64;
    expect(llama.values.slice(from, from + 64)).toEqual(qwen.values.slice(row * 64, row * 64 + 64));
  }
});
