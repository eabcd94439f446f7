import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../../gpu/device';
import attnStats from '../../../gpu/kernels/attn_stats.wgsl?raw';
import stepWgsl from '../../../gpu/kernels/step.wgsl?raw';
import { headMeasures } from '../../../gpu/measure/attention';
import { softmax } from '../../../gpu/reference/math';
import { HEAD_MEASURES } from '../../../gpu/run-types';
import { normalArray } from '../../fixtures/random';
import { Bench, untouched } from './bench';

const [H, LANES, LAYER] = [3, 4, 2];
const WORDS = HEAD_MEASURES.length;

describe.each([false, true])('without subgroups: %s', (withoutSubgroups) => {
  let bench: Bench;

  beforeAll(async () => {
    bench = new Bench(await openGpu({ withoutSubgroups }));
  });

  test.each([1, 2, 7, 64, 66, 67, 300])('%i keys', async (keys) => {
    const cap = keys + 3;
    const scores = new Float32Array(LANES * H * cap);
    const rowAt = (lane: number, h: number) => scores.subarray((lane * H + h) * cap, (lane * H + h) * cap + keys);
    for (let lane = 0; lane < LANES; lane++) {
      for (let h = 0; h < H; h++) {
        const row = softmax(Float64Array.from(normalArray(h, 'shadow', keys, 2)));
        // Lane 1 is the shadow, lane 2 differs a little, lane 3 is another row.
        const noise = normalArray(h, `lane${lane}`, keys, [0, 0, 0.1, 3][lane]);
        rowAt(lane, h).set(softmax(row.map((p, t) => Math.log(p) + noise[t])));
      }
    }
    // Two keys share the most mass: the first of them is the top key in both rows.
    if (keys >= 7) for (const lane of [0, 2]) rowAt(lane, 1)[3] = rowAt(lane, 1)[5] = 0.9;
    for (let h = 0; h < H; h++) rowAt(1, h).set(rowAt(0, h));
    const stats = bench.put(new Float32Array((LAYER + 1) * (LANES - 1) * H * WORDS), 32);
    const row = bench.put(new Float32Array(LANES * cap), 32);
    const bound = { scores: bench.put(scores), stats, row, params: bench.uniform([LAYER, 0, 0, 0]) };
    const op = bench.op(attnStats, { H, HEAD_STATS: WORDS }, [stepWgsl], bound, [2]);
    await bench.run([op], { base: keys - 1, streams: LANES, lanes: LANES, cap, selected: { layer: LAYER, head: 1 } });
    const got = await bench.floats(stats);
    for (let lane = 1; lane < LANES; lane++) {
      for (let h = 0; h < H; h++) {
        const want = headMeasures(rowAt(0, h), rowAt(lane, h));
        HEAD_MEASURES.forEach((name, i) => {
          const value = got[((LAYER * (LANES - 1) + lane - 1) * H + h) * WORDS + i];
          // Sums of up to 300 terms of size p ln p in f32; equal rows differ by nothing at all.
          expect(Math.abs(value - want[name]), `${name} of lane ${lane}, head ${h}`).toBeLessThan(2e-6);
          if (lane === 1 && !['sink', 'far'].includes(name)) expect(value).toBe(0);
        });
      }
    }
    expect(got.subarray(0, LAYER * (LANES - 1) * H * WORDS).every((x) => x === 0)).toBe(true);
    const rows = await bench.floats(row);
    for (let lane = 0; lane < LANES; lane++) {
      expect(rows.subarray(lane * cap, lane * cap + keys)).toEqual(rowAt(lane, 1));
    }
    expect(untouched(got, (LAYER + 1) * (LANES - 1) * H * WORDS) && untouched(rows, LANES * cap)).toBe(true);
  });
});
