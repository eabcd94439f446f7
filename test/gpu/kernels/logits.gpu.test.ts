import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../../gpu/device';
import { logitsOps, RECORD, TOP } from '../../../gpu/kernels/logits';
import { NO_TOKEN, WAIT } from '../../../gpu/kernels/step';
import { klDivergence, logSumExp } from '../../../gpu/measure/divergence';
import { normalArray } from '../../fixtures/random';
import { Bench } from './bench';

const NONE = 0xffffffff;

describe.each([false, true])('without subgroups: %s', (withoutSubgroups) => {
  let bench: Bench;

  beforeAll(async () => {
    bench = new Bench(await openGpu({ withoutSubgroups }));
  });

  /** Rows of logits through all kernels; `next` as a step has it. */
  async function verdict(rows: Float32Array[], next = NO_TOKEN, freeRunning = false) {
    const [lanes, V] = [rows.length, rows[0].length];
    const logits = new Float32Array(lanes * V);
    for (const [lane, row] of rows.entries()) logits.set(row, lane * V);
    const [tokens, result] = [bench.put(new Uint32Array(lanes)), bench.put(new Uint32Array(lanes * RECORD))];
    const io = { logits: bench.put(logits), tokens, result, step: bench.step };
    const ops = logitsOps(bench.kernels, bench.buffers, io, lanes, V);
    await bench.run(ops, { lanes, streams: lanes, next, freeRunning, driver: Math.min(1, lanes - 1) });
    const words = await bench.words(result);
    const fed = await bench.words(tokens);
    return rows.map((_, lane) => {
      const at = words.subarray(lane * RECORD, (lane + 1) * RECORD);
      const floats = new Float32Array(at.slice().buffer);
      const top = Array.from({ length: TOP }, (_, i) => ({
        id: at[4 + 3 * i],
        logp: floats[5 + 3 * i],
        other: floats[6 + 3 * i],
      }));
      return { kl: floats[0], logp: floats[1], logSum: floats[2], next: at[3], top, fed: fed[lane] };
    });
  }

  test.each([1, 9, 255, 257, 50_000])('%i tokens', async (V) => {
    const base = normalArray(V, 'base', V, 3);
    const rows = [base, base.slice(), base.map((x, i) => x + 0.3 * Math.sin(i)), normalArray(V, 'other', V, 5)];
    const next = V >> 1;
    const got = await verdict(rows, next);
    for (const [lane, row] of rows.entries()) {
      const lse = logSumExp(row);
      const there = rows[lane === 0 ? 1 : 0];
      const best = Array.from(row.keys())
        .sort((a, b) => row[b] - row[a] || a - b)
        .slice(0, TOP);
      const { kl, logp, logSum, top, fed } = got[lane];
      const want = klDivergence(base, row);
      // Hundreds of sequential f32 additions a stripe; every term of the sum of KL is positive.
      expect(Math.abs(logSum - lse)).toBeLessThan(1e-5);
      expect(Math.abs(logp - (row[next] - lse))).toBeLessThan(1e-5);
      expect(Math.abs(kl - want)).toBeLessThan(1e-4 * want + 1e-9);
      expect(got[lane].next).toBe(next);
      expect(fed).toBe(next);
      expect(top.map(({ id }) => id)).toEqual([...best, ...new Array(TOP - best.length).fill(NONE)]);
      best.forEach((id, i) => {
        expect(Math.abs(top[i].logp - (row[id] - lse))).toBeLessThan(1e-5);
        expect(Math.abs(top[i].other - (there[id] - logSumExp(there)))).toBeLessThan(1e-5);
      });
    }
    expect(got[0].kl).toBe(0);
    expect(got[1].kl).toBe(0);
  });

  test('of equal logits the lowest ids come first', async () => {
    const V = 1000;
    const row = new Float32Array(V).fill(1);
    for (const id of [999, 700, 300, 256, 255]) row[id] = 2;
    const [shadow] = await verdict([row, row.slice()]);
    expect(shadow.top.map(({ id }) => id)).toEqual([255, 256, 300, 700, 999, 0, 1, 2, 3, 4]);
    expect(shadow.next).toBe(255);
  });

  test('KL of far-apart rows is a number', async () => {
    const base = Float32Array.from({ length: 600 }, (_, i) => (i === 5 ? 100 : i === 9 ? 60 : -100));
    const lane = Float32Array.from({ length: 600 }, (_, i) => (i === 9 ? 100 : -100));
    const [, { kl }] = await verdict([base, lane]);
    expect(Math.abs(kl / klDivergence(base, lane) - 1)).toBeLessThan(1e-5);
    const [, back] = await verdict([lane, base]);
    expect(Math.abs(back.kl / klDivergence(lane, base) - 1)).toBeLessThan(1e-5);
  });

  test('small changes: KL keeps its digits', async () => {
    const base = normalArray(4, 'base', 5000, 3);
    for (const size of [1e-3, 1e-2, 0.2]) {
      const lane = base.map((x, i) => x + size * Math.sin(i * i));
      const [, { kl }] = await verdict([base, lane]);
      // Logits of about 10 are known to 1e-6 in f32, so a change of 1e-3 is known to 1e-3 of itself.
      expect(Math.abs(kl / klDivergence(base, lane) - 1)).toBeLessThan(5e-3);
    }
  });

  test('who is fed what: the driver writes for all, each for itself when free-running, the host when it samples', async () => {
    const rows = [3, 7, 11].map((best) => Float32Array.from({ length: 40 }, (_, id) => (id === best ? 5 : 0)));
    expect((await verdict(rows)).map(({ fed }) => fed)).toEqual([7, 7, 7]);
    expect((await verdict(rows, NO_TOKEN, true)).map(({ fed }) => fed)).toEqual([3, 7, 11]);
    expect((await verdict(rows, 20)).map(({ fed }) => fed)).toEqual([20, 20, 20]);
    expect((await verdict(rows, WAIT)).map(({ fed }) => fed)).toEqual([0, 0, 0]);
    expect((await verdict(rows.slice(0, 1))).map(({ fed }) => fed)).toEqual([3]);
  });
});
