import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../../gpu/device';
import rmsnorm from '../../../gpu/kernels/rmsnorm.wgsl?raw';
import softmaxWgsl from '../../../gpu/kernels/softmax.wgsl?raw';
import stepWgsl from '../../../gpu/kernels/step.wgsl?raw';
import { rmsNorm, softmax } from '../../../gpu/reference/math';
import { normalArray } from '../../fixtures/random';
import { Bench, untouched } from './bench';

describe.each([false, true])('without subgroups: %s', (withoutSubgroups) => {
  let bench: Bench;

  beforeAll(async () => {
    bench = new Bench(await openGpu({ withoutSubgroups }));
  });

  test.each([32, 96, 576])('rmsnorm of rows of %i, read out of longer streams', async (K) => {
    const [n, streams, stride, offset] = [3, 3, 7, 2];
    const x = normalArray(1, 'x', streams * stride * K, 2, 0.5);
    const weight = normalArray(1, 'w', K, 0.2, 1);
    const y = bench.put(new Float32Array(n * streams * K), 32);
    const bound = { x: bench.put(x), weight: bench.put(weight), y };
    const op = bench.op(rmsnorm, { K, EPS: 1e-5 }, [stepWgsl], bound, [2]);
    await bench.run([op], { n, streams, rowStride: stride, rowOffset: offset });
    const got = await bench.floats(y);
    for (let r = 0; r < n * streams; r++) {
      const row = Math.floor(r / n) * stride + offset + (r % n);
      const want = rmsNorm(x.slice(row * K, (row + 1) * K), weight, 1e-5);
      // A sum of K squares and one inverse root in f32.
      const wrong = want.map((value, i) => Math.abs(got[r * K + i] - value) / (1 + Math.abs(value)));
      expect(Math.max(...wrong)).toBeLessThan(2e-6);
    }
    expect(untouched(got, n * streams * K)).toBe(true);
  });

  test.each([1, 5, 8, 64, 65, 200])('softmax over %i keys: later keys get 0, what lies behind stays', async (keys) => {
    const [H, n, streams] = [3, 4, 2];
    const cap = keys + n + 5;
    const total = keys - 1 + n;
    const input = normalArray(keys, 's', n * streams * H * cap, 5);
    // Large scores must not overflow, equal ones must share.
    input.fill(90, 0, cap);
    const scores = bench.put(input, 32);
    const op = bench.op(softmaxWgsl, { H }, [stepWgsl], { scores }, [2]);
    await bench.run([op], { n, streams, base: keys - 1, cap });
    const got = await bench.floats(scores);
    for (let row = 0; row < n * streams * H; row++) {
      const seen = keys + (Math.floor(row / H) % n);
      const at = row * cap;
      const want = softmax(Float64Array.from(input.subarray(at, at + seen)));
      // exp of f32 differences of up to about 30.
      want.forEach((p, t) => {
        if (Math.abs(got[at + t] - p) > 5e-6 * p + 1e-12) expect(got[at + t]).toBe(p);
      });
      expect(got.subarray(at + seen, at + total).every((p) => p === 0)).toBe(true);
      expect(got.subarray(at + total, at + cap)).toEqual(input.subarray(at + total, at + cap));
    }
    expect(untouched(got, input.length)).toBe(true);
  });
});
