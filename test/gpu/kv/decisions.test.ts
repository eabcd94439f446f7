import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Settings } from '../../../gpu/kv/evict';
import { settingsOf } from '../../../gpu/kv/evict';
import { shareOf } from '../../../gpu/kv/evict/simlayerkv';
import { evictorOf } from '../../../gpu/kv/evictors';
import { klDivergence } from '../../../gpu/measure/divergence';
import { hasShared, project, shared } from '../../setup/env';
import { lossyBy } from './lossy';
import type { Trace } from './traced';
import { decode, MODEL, TEXTS, traceText } from './traced';

/**
 * Decisions over a real model against those of an independent implementation, seen through the KL they cause at each of 169
 * positions. A minute of CPU per row: KVSCOPE_SLOW=1 npx vitest run --project unit test/gpu/kv/decisions
 */
const GOLDEN = 'golden/kld_b.json';
const isAsked = process.env.KVSCOPE_SLOW !== undefined && [GOLDEN, MODEL, TEXTS].every(hasShared);

interface Row {
  system: string;
  kl_mean: number;
  kl_curve: number[];
  info: { S?: number[]; lazy?: number[]; evictions_L0?: [number, number, number][] };
}

const half = { start: 8, recent: 16, evictable: 40, block: 8, budget: 2 };
const paper = { mode: 'paper', cap: 84 };

/** Golden row, evictor, settings; the worst relative error of the mean KL that is allowed. */
const ROWS: [string, string, Settings, number][] = [
  ['streaming-half', 'streaming', { sinks: 4, recent: 80 }, 0.005],
  ['streaming-half-origpos', 'streaming', { sinks: 4, recent: 80 }, 0.005],
  // Pooling by maximum makes equal scores, and which of them stay is free.
  ['snapkv-half', 'snapkv', { cap: 84, window: 16 }, 0.1],
  ['snapkv-half-avg5', 'snapkv', { cap: 84, window: 16, kernel: 5, pool: 'avg' }, 0.005],
  ['h2o-half', 'h2o', { heavy: 42, recent: 42 }, 0.01],
  ['simlayer-scaled-t0.9', 'simlayerkv', { tau: 0.9, recent: 32 }, 0.01],
  ['crush-ov-half-b0', 'kvcrush', { ...half, evictable: 56, budget: 0 }, 0.005],
  ['crush-ov-half-b2-mean', 'kvcrush', { ...half, anchor: 'mean' }, 0.005],
  ['crush-paper-half-norep', 'kvcrush', { ...paper, representatives: 0 }, 0.01],
];

describe.skipIf(!isAsked)('SmolLM2 over text v3', () => {
  let trace: Trace;
  let shadow: Float32Array[];
  const golden: Row[] = isAsked ? JSON.parse(readFileSync(shared(GOLDEN), 'utf8')).texts.v3.systems : [];

  beforeAll(async () => {
    trace = await traceText();
    shadow = shadowLogits(trace);
  }, 1_200_000);

  test.each(ROWS)(
    '%s',
    (name, id, settings, tolerance) => {
      const want = golden.find((row) => row.system === name)!;
      const evictions: number[][] = [];
      const shares: (number | null)[] = [];
      const lazy: number[] = [];
      const lane = lossyBy(id, settings, {
        decided(layer, t, cached, kept) {
          if (layer === 0 && kept) evictions.push([t + 1, cached.held[0].length - kept[0].length, kept[0].length]);
          if (id !== 'simlayerkv') return;
          shares.push(shareOf(cached, settingsOf(evictorOf(id), settings)));
          if (kept) lazy.push(layer);
        },
      });
      if (name === 'streaming-half') lane.cachePositions = true;
      const kl = decode(trace, lane).map((logits, i) => klDivergence(shadow[i], logits));
      expect(kl[0]).toBe(0);
      expect(Math.abs(mean(kl) / want.kl_mean - 1)).toBeLessThan(tolerance);
      if (want.info.evictions_L0) expect(evictions).toEqual(want.info.evictions_L0);
      if (want.info.lazy) expect(lazy).toEqual(want.info.lazy);
      want.info.S?.forEach((share, layer) => {
        expect(Math.abs(shares[layer]! - share)).toBeLessThan(2e-4);
      });
    },
    1_200_000,
  );
});

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Logits of a cache that keeps everything, kept under .cache. */
function shadowLogits(trace: Trace): Float32Array[] {
  const path = project('.cache/traced/shadow.bin');
  const { vocab } = trace.config;
  if (!existsSync(path)) {
    const rows = decode(trace, { prompt: () => [Array.from({ length: trace.prompt }, (_, j) => j)] });
    writeFileSync(path, Buffer.concat(rows.map((row) => Buffer.from(row.buffer, row.byteOffset, row.byteLength))));
  }
  const all = new Float32Array(new Uint8Array(readFileSync(path)).buffer);
  return Array.from({ length: all.length / vocab }, (_, i) => all.subarray(i * vocab, (i + 1) * vocab));
}
