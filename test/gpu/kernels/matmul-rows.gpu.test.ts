import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../../gpu/device';
import { Matmul } from '../../../gpu/kernels/matmul';
import type { TensorType } from '../../../gpu/load/types';
import { normalArray } from '../../fixtures/random';
import { MULTIPLY_PATHS } from '../multiply-paths';
import { Bench, untouched } from './bench';
import { product, randomMatrix, SHARE } from './matrix';

const SPARE = 32;
describe.each(MULTIPLY_PATHS)('%o', (options) => {
  let bench: Bench;
  let matmul: Matmul;

  beforeAll(async () => {
    bench = new Bench(await openGpu(options));
    matmul = new Matmul(bench.kernels, bench.buffers, bench.step);
  });

  /** Rows of a prefill piece: fewer, as many and more than a register tile, likewise weight rows. */
  async function check(type: TensorType, K: number, N: number, rows: number, most = N) {
    const { matrix, values } = randomMatrix(bench, type, N, K, most);
    const x = normalArray(rows, 'x', rows * K, 1);
    const y = bench.put(new Float32Array(rows * N), SPARE);
    await bench.run(matmul.rows(matrix, bench.put(x), y), { n: rows, rowStride: rows });
    const got = await bench.floats(y);
    const wrong = Array.from({ length: rows * N }, (_, i) => {
      const { sum, size } = product(values, x, K, i % N, Math.floor(i / N));
      return Math.abs(got[i] - sum) / size;
    });
    expect(Math.max(...wrong)).toBeLessThan(SHARE);
    expect(untouched(got, rows * N)).toBe(true);
  }

  test.each([
    ['Q4_1', 96],
    ['Q4_K', 256],
    ['Q8_0', 96],
    ['F16', 32],
  ] as const)('%s', async (type, K) => {
    for (const [N, rows] of [
      [1, 1],
      [8, 8],
      [9, 9],
      [37, 3],
      [300, 21],
    ])
      await check(type, K, N, rows);
  });

  test('a matrix in parts', () => check('Q4_1', 96, 37, 6, 10));

  test('two streams of a piece are added to the long rows they belong to, with a bias', async () => {
    const [N, K, n, stride, base] = [19, 96, 3, 10, 4];
    const { matrix, values } = randomMatrix(bench, 'Q4_1', N, K);
    const [x, bias] = [normalArray(1, 'x', 2 * n * K, 1), normalArray(1, 'bias', N, 1)];
    const before = normalArray(1, 'y', 2 * stride * N, 1);
    const y = bench.put(before, SPARE);
    const ops = matmul.rows({ ...matrix, bias: bench.put(bias) }, bench.put(x), y, 'add');
    await bench.run(ops, { n, streams: 2, base, rowStride: stride, rowOffset: base });
    const got = await bench.floats(y);
    for (let i = 0; i < before.length; i++) {
      const [row, col] = [Math.floor(i / N), i % N];
      const r = (row % stride) - base;
      if (r < 0 || r >= n) expect(got[i]).toBe(before[i]);
      else {
        const { sum, size } = product(values, x, K, col, Math.floor(row / stride) * n + r);
        expect(Math.abs(got[i] - before[i] - bias[col] - sum)).toBeLessThan(SHARE * (size + 2));
      }
    }
    expect(untouched(got, before.length)).toBe(true);
  });

  test.each(['Q4_1', 'Q4_K', 'Q8_0', 'F16'] as const)(
    '%s: rows of the embedding, out of several parts',
    async (type) => {
      const K = 256;
      const { matrix, values } = randomMatrix(bench, type, 50, K, 16);
      const tokens = Uint32Array.of(0, 15, 16, 49, 33, 7, 2, 48);
      const hidden = bench.put(new Float32Array(8 * K), SPARE);
      const ops = matmul.embed(matrix, bench.put(tokens), hidden);
      await bench.run(ops, { n: 3, streams: 2, base: 1, rowStride: 4, rowOffset: 1 });
      const got = await bench.floats(hidden);
      for (const [row, token] of tokens.entries()) {
        const want = row % 4 === 0 ? new Float32Array(K) : values.subarray(token * K, (token + 1) * K);
        // scale * code + min rounds once or twice.
        const wrong = got.subarray(row * K, (row + 1) * K).map((x, i) => Math.abs(x - want[i]));
        expect(Math.max(...wrong)).toBeLessThan(2e-6);
      }
      expect(untouched(got, 8 * K)).toBe(true);
    },
  );
});
