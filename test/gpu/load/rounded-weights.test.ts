import { expect, test } from 'vitest';
import { openGguf } from '../../../gpu/load/gguf';
import { roundedFile, roundRows } from '../../../gpu/load/rounded-weights';
import { bytesSource } from '../../../gpu/load/source';
import { readWeights } from '../../../gpu/reference/weights';
import { tinyGguf } from '../../fixtures/tiny-gguf';

test('two bits by hand: four levels from the least to the largest value of a group', () => {
  expect([...roundRows(Float32Array.of(0, 1, 1.4, 1.6, 3, -3, -1, 3), 5, 2).slice(0, 5)]).toEqual([0, 1, 1, 2, 3]);
  // A row ends a group: -3, -1, 3 have steps of 2 of their own, and 128 channels share one.
  const row = Float32Array.from({ length: 130 }, (_, i) => (i < 128 ? i : 500 + i));
  const rounded = roundRows(row.slice(), 130, 1);
  expect([rounded[0], rounded[63], rounded[64], rounded[127], ...rounded.slice(128)]).toEqual([
    0, 0, 127, 127, 628, 629,
  ]);
  expect(roundRows(Float32Array.of(2, 2, 2), 3, 4)).toEqual(Float32Array.of(2, 2, 2));
});

test.each(['F32', 'Q8_0'] as const)(
  'a %s file: linear weights lie within half a step, all others are untouched',
  async (types) => {
    const file = await openGguf(bytesSource(tinyGguf({ types })));
    const [exact, rounded] = [await readWeights(file), await readWeights(roundedFile(file, 4))];
    expect(rounded.embedding).toEqual(exact.embedding);
    expect(rounded.outputNorm).toEqual(exact.outputNorm);
    for (const [l, layer] of exact.layers.entries()) {
      expect(rounded.layers[l].attnNorm).toEqual(layer.attnNorm);
      for (const name of ['q', 'k', 'v', 'out', 'gate', 'up', 'down'] as const) {
        const { values, rows, cols } = layer[name];
        for (let row = 0; row < rows; row++) {
          const own = values.subarray(row * cols, (row + 1) * cols);
          const got = rounded.layers[l][name].values.subarray(row * cols, (row + 1) * cols);
          const step = (Math.max(...own) - Math.min(...own)) / 15;
          // Stored as f16: a 2,048th of the rounded value on top.
          expect(got.every((value, i) => Math.abs(value - own[i]) <= step / 2 + (Math.abs(own[i]) + step) / 1024)).toBe(
            true,
          );
          expect(new Set(got).size).toBeLessThanOrEqual(16);
        }
      }
    }
  },
);
