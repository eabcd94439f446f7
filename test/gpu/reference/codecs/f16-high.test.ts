import { expect, test } from 'vitest';
import { uniformSide } from '../../../../gpu/kv/config';
import f16High from '../../../../gpu/reference/codecs/f16-high';

test('two bits of fraction, towards zero', () => {
  const rows = Float32Array.of(1, 1.24, 1.25, 1.99, -1.99, 0, 2 ** -24, 65504);
  const side = { ...uniformSide(8), codec: 'f16-high' };
  const back = f16High.through(rows, { heads: 1, headDim: 8 }, side);
  expect([...back]).toEqual([1, 1, 1.25, 1.75, -1.75, 0, 0, 57344]);
});
