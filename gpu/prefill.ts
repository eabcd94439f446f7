import { Buffers } from './buffers';
import { fillLayer, findSinks } from './evict-prompt';
import type { Kernels } from './kernel';
import gatherWgsl from './kernels/gather.wgsl?raw';
import type { Op } from './kernels/op';
import { ceil, record } from './kernels/op';
import type { Step } from './kernels/step';
import { rowsOf, stepWords, WAIT } from './kernels/step';
import stepWgsl from './kernels/step.wgsl?raw';
import type { KvCache } from './kv/cache';
import type { OpRange } from './kv/cache-types';
import type { CacheConfig } from './kv/config';
import { isByPlane } from './kv/config';
import type { Op as RowOp } from './kv/side-plan';
import { throwIfCancelled } from './load/cancel';
import { embedding, encodeKept, layer, project, survey } from './model/forward';
import { Pass } from './model/pass';
import type { ModelWeights } from './model/weights';
import type { PromptRows } from './prompt-rows';

/** Rows of one piece, over all streams, and bytes of its attention scores: bounds of the scratch, which never change a result. */
const PIECE_ROWS = 128;
const SCORE_BYTES = 16 * 2 ** 20;

export interface PrefillIo {
  kernels: Kernels;
  weights: ModelWeights;
  cache: KvCache;
  turns: GPUBuffer;
  f32Rows: boolean;
  isolate?: boolean;
  /** Where the last row of every lane goes: [lanes][hidden]. */
  hidden: GPUBuffer;
  /** Every layer of the prompt, once its rows are there and before any of them is coded. */
  onRows?: (rows: PromptRows, layer: number) => Promise<void>;
  /** Every layer of the prompt, once its attention is through and before rows that waited for it are written. */
  onLayer?: (rows: PromptRows, layer: number) => Promise<void>;
  progress?: (layers: number, total: number) => void;
  signal?: AbortSignal;
}

/** Lanes with a stream of their own in prefill: the shadow, and those whose prompt queries see coded rows. */
export const prefillStreams = (configs: CacheConfig[]): number[] =>
  configs.flatMap((c, lane) => (lane === 0 || c.prefill === 'quant' ? [lane] : []));

/** Prompt tokens that one piece takes from each stream, when a row of scores is [heads][cap]. */
export function pieceTokens(prompt: number, streams: number, heads: number, cap: number): number {
  const rows = Math.min(PIECE_ROWS, SCORE_BYTES / (heads * cap * 4));
  return Math.min(prompt, Math.max(4, Math.floor(rows / streams / 4) * 4));
}

/**
 * Takes the whole prompt through the model, layer by layer. Lanes whose prompt queries see FP16 rows share the shadow's stream;
 * each other lane has its own. Leaves the cache filled and the last hidden row of every lane in `hidden`.
 */
export async function prefill(prompt: number[], io: PrefillIo): Promise<void> {
  const { cache, weights, kernels } = io;
  const { device } = kernels.gpu;
  const P = prompt.length;
  const streamLane = prefillStreams(cache.configs);
  const streamOf = cache.configs.map((_, lane) => Math.max(0, streamLane.indexOf(lane)));
  const streams = streamLane.length;
  const n = pieceTokens(P, streams, weights.config.heads, cache.cap);
  const buffers = new Buffers(device);
  try {
    const pass = new Pass(kernels, buffers, weights.config, cache, {
      rows: n * streams,
      longRows: streams * P,
      prefill: true,
      measure: false,
      ...io,
    });
    const tokens = new Uint32Array(streams * P);
    for (let s = 0; s < streams; s++) tokens.set(prompt, s * P);
    device.queue.writeBuffer(pass.tokens, 0, tokens);
    const plan = cache.prefill(P, (lane, j) => streamOf[lane] * P + j);
    for (const [s, lane] of streamLane.entries()) {
      for (const side of [0, 1]) {
        const times = plan.sealed[lane * 2 + side] as Uint32Array<ArrayBuffer>;
        device.queue.writeBuffer(cache.slots, (cache.sealedAt + (s * 2 + side) * P) * 4, times);
      }
    }
    const at = (base: number, count: number): Step => ({
      n: count,
      streams,
      base,
      rowStride: P,
      rowOffset: base,
      cap: cache.cap,
      segments: 1,
      selected: { layer: NOWHERE, head: NOWHERE },
      next: WAIT,
      freeRunning: false,
      driver: 0,
      freshRows: streams * P,
      lanes: cache.configs.length,
      ops: plan.ranges.map((range, i) => between(range, plan.ops[i], base, base + count)),
      streamLane,
      tables: cache.tables,
      sealedAt: cache.sealedAt,
    });
    const run = (ops: Op[], step: Step) => {
      device.queue.writeBuffer(pass.step, 0, stepWords(step));
      const encoder = device.createCommandEncoder();
      record(encoder, ops, step);
      device.queue.submit([encoder.finish()]);
    };
    const pieces = Array.from({ length: ceil(P, n) }, (_, i) => at(i * n, Math.min(n, P - i * n)));
    const { heads, headDim } = weights.config;
    const asksQueries = cache.evictions.lanes.some(({ needs }) => needs.queries);
    const queries = asksQueries ? buffers.storage('queries', streams * P * heads * headDim, 'scratch') : null;
    const rows = { pass, prompt: P, streams, streamOf, queries };
    const early = cache.configs.flatMap((_, lane) => (cache.isEarly(lane) ? [lane] : []));
    const isLate = cache.learning.length > 0 || cache.configs.some(isByPlane);
    const isAsked = early.length > 0 || cache.learning.some(({ lane }) => cache.configs[lane].prefill === 'quant');
    const embed = embedding(pass, weights);
    const last = gather(pass, io, streamOf);
    for (const [l, w] of weights.layers.entries()) {
      throwIfCancelled(io.signal);
      const ops = layer(pass, w, l);
      const surveys = survey(pass, l);
      const projected = surveys.length > 0 || isAsked ? project(pass, w) : [];
      const encoded = early.length > 0 || isLate ? encodeKept(pass, l) : [];
      await kernels.ready(io.signal);
      // Not before: its kernel compiles beside those of the first layer.
      if (l === 0) for (const step of pieces) run(embed, step);
      if (projected.length > 0) for (const step of pieces) run(projected, step);
      if (surveys.length > 0) run(surveys, { ...pieces[0], ops: plan.ranges });
      const sinks = await findSinks(device, cache, rows, l);
      if (isAsked) await io.onRows?.(rows, l);
      if (early.length > 0) {
        const ranges = await fillLayer(device, cache, rows, l, sinks, true);
        run(encoded, { ...pieces[0], ops: ranges });
        for (const lane of early) cache.showLayer(lane, streamOf[lane], l, P);
      }
      for (const step of pieces) {
        run(ops, step);
        if (rows.queries) keepQueries(device, rows.queries, pass, step, P);
      }
      await io.onLayer?.(rows, l);
      if (isLate) {
        const kept = await fillLayer(device, cache, rows, l, sinks, false);
        const ranges = plan.late.map((range, i) => (range.count > 0 ? range : kept[i]));
        run(encoded, { ...pieces[0], ops: ranges });
      }
      await device.queue.onSubmittedWorkDone();
      io.progress?.(l + 1, weights.layers.length);
    }
    cache.filled(P);
    run([last], pieces[pieces.length - 1]);
    await device.queue.onSubmittedWorkDone();
  } finally {
    buffers.destroy();
  }
}

const NOWHERE = 0xffffffff;

/** The part of a range of ops, in order of their times, that falls into positions from .. to - 1. */
function between(range: OpRange, ops: readonly RowOp[], from: number, to: number): OpRange {
  let start = 0;
  while (start < ops.length && ops[start].time < from) start++;
  let end = start;
  while (end < ops.length && ops[end].time < to) end++;
  return { ...range, start: range.start + start, count: end - start };
}

/** Copies the queries of a piece to their place in [streams][P][H][D]. */
function keepQueries(device: GPUDevice, to: GPUBuffer, pass: Pass, { n, streams, base }: Step, P: number): void {
  const row = pass.model.heads * pass.model.headDim * 4;
  const encoder = device.createCommandEncoder();
  for (let s = 0; s < streams; s++)
    encoder.copyBufferToBuffer(pass.io.q, s * n * row, to, (s * P + base) * row, n * row);
  device.queue.submit([encoder.finish()]);
}

function gather(pass: Pass, io: PrefillIo, streamOf: number[]): Op {
  const K = io.weights.config.hidden;
  const kernel = io.kernels.get('gather', gatherWgsl, { K }, [stepWgsl]);
  const lane_stream = pass.buffers.storage('lane_stream', streamOf.length, 'scratch');
  io.kernels.gpu.device.queue.writeBuffer(lane_stream, 0, Uint32Array.from(streamOf));
  return {
    label: 'gather',
    kind: 'other',
    kernel,
    bindGroup: kernel.bind({ prompt: pass.hidden, lane_stream, hidden: io.hidden, step: pass.step }),
    groups: (s) => [ceil(K, 64), Math.min(s.lanes, rowsOf(s) * s.lanes)],
  };
}
