import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../../gpu/device';
import half from '../../../gpu/kernels/half.wgsl?raw';
import ropeWgsl from '../../../gpu/kernels/rope.wgsl?raw';
import stepWgsl from '../../../gpu/kernels/step.wgsl?raw';
import { cacheParts } from '../../../gpu/kv/shader';
import { unpackF16 } from '../../../gpu/load/f16';
import type { ModelConfig } from '../../../gpu/model/config';
import { turnsTable } from '../../../gpu/model/turns';
import { hadamard } from '../../../gpu/reference/hadamard';
import { rmsNorm } from '../../../gpu/reference/math';
import { frequencies, rope } from '../../../gpu/reference/rope';
import { normalArray } from '../../fixtures/random';
import { Bench } from './bench';

const [H, HK, EPS] = [3, 2, 1e-5];
const [n, streams, stride, base] = [3, 2, 9, 4];
const FRESH = streams * stride;
let bench: Bench;

beforeAll(async () => {
  bench = new Bench(await openGpu());
});

const CASES = [
  { D: 32, norm: false, transform: false, f32: false },
  { D: 64, norm: true, transform: true, f32: false },
  { D: 96, norm: false, transform: false, f32: true },
  { D: 128, norm: true, transform: false, f32: false },
];

describe.each(CASES)(
  'heads of $D, QK-norm $norm, rotated queries $transform, f32 rows $f32',
  ({ D, norm, transform, f32 }) => {
    const width = (H + 2 * HK) * D;
    const qkv = normalArray(D, 'qkv', n * streams * width, 1);
    const weights = normalArray(D, 'norm', 2 * D, 0.2, 1);
    const model = { headDim: D, ropeBase: 1000, ropeFactors: Float32Array.from({ length: D / 2 }, (_, i) => 1 + i) };

    /** Heads first .. first + count - 1 of row r, normalised and rotated as the reference does. */
    function turned(r: number, first: number, count: number, weight: Float32Array): Float32Array {
      const rows = qkv.slice(r * width + first * D, r * width + (first + count) * D);
      const normed = norm ? rmsNorm(rows, weight, EPS) : rows;
      rope(normed, count * D, base + (r % n), frequencies(model));
      return normed;
    }

    test('queries, keys and values', async () => {
      const q = bench.put(new Float32Array((transform ? 2 : 1) * n * streams * H * D));
      const fresh = bench.put(new Float32Array((2 * FRESH * HK * D) / (f32 ? 1 : 2)));
      const consts = {
        D,
        H,
        HK,
        QK_NORM: norm,
        PRE_ROPE: false,
        TRANSFORM: transform,
        F32_ROWS: f32,
        SCALE: D ** -0.5,
        EPS,
      };
      const bound = {
        qkv: bench.put(qkv),
        q,
        fresh,
        turns: turnsTable(bench.buffers, model as ModelConfig, base + n),
        ...(norm ? { head_norm: bench.put(weights) } : {}),
      };
      const parts = [half, cacheParts(['f16'], transform ? [['hadamard']] : []).transform, stepWgsl];
      await bench.run([bench.op(ropeWgsl, consts, parts, bound, [1])], {
        n,
        streams,
        base,
        rowStride: stride,
        rowOffset: base,
        freshRows: FRESH,
        tables: Array.from({ length: 2 * streams }, () => ({ ...NO_TABLE, chain: transform ? 1 : 0 })),
      });
      const gotQ = await bench.floats(q);
      const words = await bench.words(fresh);
      const rows = f32 ? new Float32Array(words.buffer) : unpackF16(words, words.length * 2);
      for (let r = 0; r < n * streams; r++) {
        const query = turned(r, 0, H, weights.slice(0, D)).map((x) => x / Math.sqrt(D));
        expect(far(gotQ.subarray(r * H * D, (r + 1) * H * D), query)).toBeLessThan(2e-6);
        if (transform) {
          const at = n * streams * H * D + r * H * D;
          expect(far(gotQ.subarray(at, at + H * D), hadamard(query.slice(), D))).toBeLessThan(3e-6);
        }
        const long = Math.floor(r / n) * stride + base + (r % n);
        const key = turned(r, H, HK, weights.slice(D));
        const value = qkv.slice(r * width + (H + HK) * D, (r + 1) * width);
        // FP16 rows: half a unit in the last place of values up to 8 (2^-9), exact values get that of a key's own rounding.
        const ulp = f32 ? 2e-6 : 2 ** -9;
        expect(far(rows.subarray(long * HK * D, (long + 1) * HK * D), key)).toBeLessThan(ulp);
        expect(far(rows.subarray((FRESH + long) * HK * D, (FRESH + long + 1) * HK * D), value)).toBeLessThan(ulp);
      }
      const skipped = rows.subarray(0, base * HK * D);
      expect(skipped.every((x) => x === 0)).toBe(true);
    });
  },
);

const NO_TABLE = { first: 0, layerStride: 0, headStride: 0, tokenStride: 1 };

const far = (a: Float32Array, b: Float32Array): number => Math.max(...b.map((x, i) => Math.abs(a[i] - x)));
