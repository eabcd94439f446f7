import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../../gpu/device';
import { Matmul } from '../../../gpu/kernels/matmul';
import type { TensorType } from '../../../gpu/load/types';
import { normalArray } from '../../fixtures/random';
import { MULTIPLY_PATHS } from '../multiply-paths';
import { Bench, untouched } from './bench';
import { product, randomMatrix, SHARE } from './matrix';

const SPARE = 32;
const silu = (x: number) => x / (1 + Math.exp(-x));

describe.each(MULTIPLY_PATHS)('%o', (options) => {
  let bench: Bench;
  let matmul: Matmul;

  beforeAll(async () => {
    bench = new Bench(await openGpu(options));
    matmul = new Matmul(bench.kernels, bench.buffers, bench.step);
  });

  async function check(type: TensorType, N: number, K: number, M: number, most = N) {
    const { matrix, values } = randomMatrix(bench, type, N, K, most);
    const x = normalArray(K, 'x', M * K, 1);
    const y = bench.put(new Float32Array(M * N), SPARE);
    await bench.run(matmul.decode(matrix, bench.put(x), y, M), { streams: M });
    const got = await bench.floats(y);
    const wrong = Array.from({ length: M * N }, (_, i) => {
      const { sum, size } = product(values, x, K, i % N, Math.floor(i / N));
      return Math.abs(got[i] - sum) / size;
    });
    expect(Math.max(...wrong)).toBeLessThan(SHARE);
    expect(untouched(got, M * N)).toBe(true);
  }

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('%i rows', (M) => check('Q4_1', 37, 96, M));

  test.each([
    ['Q4_0', 32],
    ['Q4_1', 1056],
    ['Q4_K', 256],
    ['Q8_0', 96],
    ['F16', 32],
    ['F16', 576],
  ] as const)('%s with %i columns: fewer, as many and more rows than a tile', async (type, K) => {
    for (const N of [1, 3, 4, 64, 133, 1030]) await check(type, N, K, 2);
  });

  test('a matrix in parts', () => check('Q4_1', 37, 96, 3, 10));

  test('bias, and adding to the residual stream', async () => {
    const [N, K, M] = [19, 96, 2];
    const { matrix, values } = randomMatrix(bench, 'Q4_1', N, K, 8);
    const [x, bias, before] = [
      normalArray(1, 'x', M * K, 1),
      normalArray(1, 'bias', N, 1),
      normalArray(1, 'y', M * N, 1),
    ];
    const y = bench.put(before, SPARE);
    const z = bench.put(new Float32Array(M * N), SPARE);
    await bench.run(matmul.decode(matrix, bench.put(x), y, M, 'add'), { streams: M });
    await bench.run(matmul.decode({ ...matrix, bias: bench.put(bias) }, bench.put(x), z, M), { streams: M });
    const [added, biased] = [await bench.floats(y), await bench.floats(z)];
    for (let i = 0; i < M * N; i++) {
      const { sum, size } = product(values, x, K, i % N, Math.floor(i / N));
      expect(Math.abs(added[i] - before[i] - sum)).toBeLessThan(SHARE * (size + 1));
      expect(Math.abs(biased[i] - bias[i % N] - sum)).toBeLessThan(SHARE * (size + 1));
    }
    expect(untouched(added, M * N) && untouched(biased, M * N)).toBe(true);
  });

  test.each(['Q4_1', 'Q8_0'] as const)('%s: gate rows above up rows', async (type) => {
    const [K, M] = [96, 3];
    for (const N of [1, 5, 130]) {
      const { matrix, values } = randomMatrix(bench, type, 2 * N, K);
      const x = normalArray(2, 'x', M * K, 0.2);
      const y = bench.put(new Float32Array(M * N), SPARE);
      await bench.run(matmul.decode(matrix, bench.put(x), y, M, 'gated'), { streams: M });
      const got = await bench.floats(y);
      const wrong = Array.from({ length: M * N }, (_, i) => {
        const [gate, up] = [i % N, (i % N) + N].map((row) => product(values, x, K, row, Math.floor(i / N)));
        return Math.abs(got[i] - silu(gate.sum) * up.sum) / (gate.size * up.size);
      });
      expect(Math.max(...wrong)).toBeLessThan(SHARE);
      expect(untouched(got, M * N)).toBe(true);
    }
  });

  // Two blocks: a loop so short that a compiler could unroll it for few rows and then add in another order.
  test.each(['Q4_1', 'Q8_0', 'F16'] as const)(
    '%s: a row has the same bits whatever rows stand beside it',
    async (type) => {
      const [N, K] = [40, 64];
      const { matrix } = randomMatrix(bench, type, 2 * N, K);
      const x = bench.put(normalArray(1, 'x', 8 * K, 1));
      for (const epilogue of ['plain', 'add', 'gated'] as const) {
        const first = async (M: number) => {
          const y = bench.put(normalArray(1, 'y', 16 * N, 1));
          await bench.run(matmul.decode(matrix, x, y, M, epilogue), { streams: M });
          return (await bench.words(y)).slice(0, epilogue === 'gated' ? N : 2 * N);
        };
        const alone = await first(1);
        for (const M of [2, 5]) expect(await first(M), `${epilogue} ${M}`).toEqual(alone);
      }
    },
  );
});
