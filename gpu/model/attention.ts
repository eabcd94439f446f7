import type { Buffers } from '../buffers';
import type { Kernel, Kernels } from '../kernel';
import headsWgsl from '../kernels/attention_heads.wgsl?raw';
import attnStatsWgsl from '../kernels/attn_stats.wgsl?raw';
import collectWgsl from '../kernels/collect.wgsl?raw';
import columnsWgsl from '../kernels/columns.wgsl?raw';
import encodeWgsl from '../kernels/encode.wgsl?raw';
import groupsWgsl from '../kernels/groups.wgsl?raw';
import loadRowWgsl from '../kernels/load_row.wgsl?raw';
import mixWgsl from '../kernels/mix.wgsl?raw';
import mixReduceWgsl from '../kernels/mix_reduce.wgsl?raw';
import type { Op } from '../kernels/op';
import { ceil } from '../kernels/op';
import ropeWgsl from '../kernels/rope.wgsl?raw';
import scoresWgsl from '../kernels/scores.wgsl?raw';
import softmaxWgsl from '../kernels/softmax.wgsl?raw';
import type { Step } from '../kernels/step';
import { rowsOf, totalOf } from '../kernels/step';
import stepWgsl from '../kernels/step.wgsl?raw';
import surveyWgsl from '../kernels/survey.wgsl?raw';
import surveySettleWgsl from '../kernels/survey_settle.wgsl?raw';
import type { KvCache } from '../kv/cache';
import type { CacheParts } from '../kv/shader';
import { cacheParts } from '../kv/shader';
import type { ModelConfig } from './config';

/** Tokens that one thread of `mix` adds up before the partial sums are added in order. */
export const SEGMENT = 64;
/** Queries that share a decoded key or value in prefill, keys that share loaded queries, octets that share a token's lookup. */
const QUERIES = 4;
const KEYS = { decode: 4, prefill: 2 };
const OCTETS = 2;
/** With more codecs, rows are read one by one, as are keys that are rotated when read: a reader stands in the shader once, or compilers take half a minute. */
const FEW_CODECS = 3;
export const HEAD_STATS = 8;

/** Buffers of one pass through attention. */
export interface AttentionBuffers {
  q: GPUBuffer;
  fresh: GPUBuffer;
  scores: GPUBuffer;
  partial: GPUBuffer;
  turns: GPUBuffer;
}

/** The attention of one layer in order: rope + append, encode, scores, softmax, mix. One host shader each, whatever the codec. */
export class Attention {
  readonly transform: boolean;
  readonly parts: CacheParts;
  /** Constants of the kernels that decode and prefill share, and those of `scores` and `mix`. */
  private readonly shape;
  private readonly consts;
  /** Room for ops in one pass, per KV head and token of the cap. */
  private readonly opsByToken: number;
  /** [side, D, layer] by layer * 2 + side. */
  private readonly params = new Map<number, GPUBuffer>();

  constructor(
    private readonly kernels: Kernels,
    private readonly buffers: Buffers,
    private readonly step: GPUBuffer,
    private readonly model: ModelConfig,
    private readonly cache: KvCache,
    private readonly prefill: boolean,
    f32Rows: boolean,
  ) {
    const { heads: H, kvHeads: HK, headDim: D } = model;
    this.transform = cache.chains.length > 0;
    this.shape = {
      H,
      HK,
      D,
      TRANSFORM: this.transform,
      F32_ROWS: f32Rows,
      QK_NORM: model.qkNorm,
      PRE_ROPE: cache.preRope,
    };
    const isLarge = cache.codecIds.length > FEW_CODECS;
    const keys = isLarge || cache.preRope ? 1 : prefill ? KEYS.prefill : KEYS.decode;
    const tile = { TQ: prefill ? QUERIES : 1, TK: keys, OC: isLarge ? 1 : OCTETS };
    const isByQuery = cache.tables.some((table) => table.byQuery);
    this.opsByToken = 2 * (isByQuery ? H / HK : 1);
    // Prompt queries see none of the rows that are kept by query head: what stays is decided behind them.
    const BY_QUERY = isByQuery && !prefill;
    this.consts = { ...this.shape, ...tile, G: BY_QUERY ? 1 : H / HK, BY_QUERY, PREFILL: prefill, SEGMENT };
    this.parts = cacheParts(cache.codecIds, cache.chains);
  }

  rope(qkv: GPUBuffer, b: AttentionBuffers, headNorm: GPUBuffer | null): Op {
    const { heads, kvHeads, headDim, normEps } = this.model;
    const consts = { ...this.shape, SCALE: headDim ** -0.5, EPS: normEps };
    const kernel = this.kernels.get('rope', ropeWgsl, consts, [this.parts.half, this.parts.transform, stepWgsl]);
    return this.op('rope', kernel, { qkv, ...b, ...(headNorm ? { head_norm: headNorm } : {}) }, (s) => [
      ceil(rowsOf(s) * (heads + 2 * kvHeads), 64),
    ]);
  }

  encode(layer: number, side: number, b: AttentionBuffers): Op {
    const parts = [...this.rowParts(), this.parts.write];
    const kernel = this.kernels.get('encode', encodeWgsl, this.shape, parts);
    return this.op('encode', kernel, this.rowBuffers(layer, side, b), (s) => [this.opGroups(s, side), s.lanes]);
  }

  /** Ends of every channel over the rows that this pass codes, for codecs that scale channels; nothing when none does. */
  columns(layer: number, side: number, b: AttentionBuffers): Op[] {
    return this.overRows('columns', columnsWgsl, layer, side, b);
  }

  /** Scales of groups that run over the rows that this pass codes; nothing where no codec has such groups. */
  groups(layer: number, side: number, b: AttentionBuffers): Op[] {
    return this.overRows('groups', groupsWgsl, layer, side, b);
  }

  private overRows(part: 'columns' | 'groups', host: string, layer: number, side: number, b: AttentionBuffers): Op[] {
    if (this.parts[part] === '') return [];
    const { kvHeads, headDim } = this.model;
    const kernel = this.kernels.get(part, host, this.shape, [...this.rowParts(), this.parts[part]]);
    const threads = ceil(kvHeads * headDim, 64);
    const groups: Op['groups'] = (s) => [this.opGroups(s, side) > 0 ? threads : 0, s.lanes];
    return [this.op(part, kernel, this.rowBuffers(layer, side, b), groups)];
  }

  /**
   * Numbers about all rows that this pass codes, for codecs that ask for them; `prompt`: for all such codecs, else for those that
   * ask with every pass. rows_found holds one side at a time.
   */
  survey(layer: number, side: number, b: AttentionBuffers, prompt: boolean): Op[] {
    const when = prompt ? 'prompt' : 'always';
    if (this.parts.survey[when] === '') return [];
    const { kvHeads } = this.model;
    const words = this.cache.configs.length * this.opsByToken * this.cache.cap * kvHeads * this.parts.found;
    const consts = { ...this.shape, OPS: this.opsByToken };
    this.rowsFound ??= this.buffers.storage('rows_found', words, 'scratch');
    const bound = { ...this.rowBuffers(layer, side, b), rows_found: this.rowsFound };
    const survey = this.kernels.get('survey', surveyWgsl, consts, [...this.rowParts(), this.parts.survey[when]]);
    const settleParts = [stepWgsl, this.parts.read, this.parts.half, this.parts.settle[when]];
    const settle = this.kernels.get('survey_settle', surveySettleWgsl, consts, settleParts);
    return [
      this.op('survey', survey, bound, (s) => [this.opGroups(s, side), s.lanes]),
      this.op('survey_settle', settle, bound, (s) => [this.opGroups(s, side) > 0 ? s.lanes : 0]),
    ];
  }

  scores(layer: number, b: AttentionBuffers): Op {
    const kernel = this.kernels.get('scores', scoresWgsl, this.consts, this.readParts());
    return this.op('scores', kernel, { ...this.tables(layer, 0), ...b, params: this.paramsOf(layer, 0) }, (s) => [
      ceil(totalOf(s), 64 * this.consts.TK),
      this.model.heads / this.consts.G,
      s.streams * ceil(s.n, this.consts.TQ),
    ]);
  }

  softmax(b: AttentionBuffers): Op {
    const kernel = this.kernels.get('softmax', softmaxWgsl, this.shape, [stepWgsl]);
    return this.op('softmax', kernel, { ...b }, (s) => [this.subgroupGroups(rowsOf(s) * this.model.heads)]);
  }

  /** Adds what each key got to the sums of lanes whose eviction asks for them; nothing when none does. */
  collect(layer: number, b: AttentionBuffers): Op[] {
    const { count, heads, weights, sums, collectors } = this.cache.evictions.collector;
    if (count === 0) return [];
    const consts = { ...this.shape, PREFILL: this.prefill };
    const kernel = this.kernels.get('collect', collectWgsl, consts, [stepWgsl]);
    const bound = { ...b, weights, sums, collectors, params: this.paramsOf(layer, 0) };
    return [this.op('collect', kernel, bound, (s) => [ceil(totalOf(s), 64), heads, count])];
  }

  mix(layer: number, b: AttentionBuffers): Op {
    const kernel = this.kernels.get('mix', mixWgsl, this.consts, this.readParts());
    const { heads, headDim } = this.model;
    return this.op('mix', kernel, { ...this.tables(layer, 1), ...b, params: this.paramsOf(layer, 1) }, (s) => [
      ceil((headDim / 8 / this.consts.OC) * (heads / this.consts.G) * s.segments, 64),
      s.streams * ceil(s.n, this.consts.TQ),
      this.transform ? 2 : 1,
    ]);
  }

  mixReduce(b: AttentionBuffers, y: GPUBuffer): Op {
    const kernel = this.kernels.get('mix_reduce', mixReduceWgsl, this.shape, [this.parts.transform, stepWgsl]);
    const { heads, headDim } = this.model;
    return this.op('mix_reduce', kernel, { ...b, y }, (s) => [
      ceil(rowsOf(s) * heads * (this.transform ? 1 : headDim), 64),
    ]);
  }

  /** Per-head measures of this layer, and the selected head's row. stats [L][lanes - 1][H][HEAD_STATS], row [lanes][cap]. */
  stats(layer: number, b: AttentionBuffers, stats: GPUBuffer, row: GPUBuffer): Op {
    const kernel = this.kernels.get('attn_stats', attnStatsWgsl, { ...this.shape, HEAD_STATS }, [stepWgsl]);
    const params = this.buffers.uniform('stats.params', 16);
    this.buffers.device.queue.writeBuffer(params, 0, new Uint32Array([layer, 0, 0, 0]));
    const op = this.op('attn_stats', kernel, { ...b, stats, row, params }, (s) => [
      this.subgroupGroups(s.lanes * this.model.heads),
    ]);
    return { ...op, kind: 'measure' };
  }

  private rowsFound: GPUBuffer | null = null;

  /** What encoders and surveys read rows with. */
  private rowParts(): string[] {
    const { read, half, transform, fresh } = this.parts;
    return [stepWgsl, read, half, transform, fresh, loadRowWgsl];
  }

  private rowBuffers(layer: number, side: number, b: AttentionBuffers) {
    return { ...this.tables(layer, side), ...b, ops: this.cache.ops, params: this.paramsOf(layer, side) };
  }

  private opGroups({ ops }: Step, side: number): number {
    const most = ops.reduce((n, { count }, i) => (i % 2 === side ? Math.max(n, count) : n), 0);
    return ceil(most * this.model.kvHeads, 64);
  }

  private paramsOf(layer: number, side: number): GPUBuffer {
    const key = layer * 2 + side;
    const made = this.params.get(key) ?? this.buffers.uniform('cache.params', 16);
    this.buffers.device.queue.writeBuffer(made, 0, new Uint32Array([side, this.model.headDim, layer, 0]));
    this.params.set(key, made);
    return made;
  }

  private readParts(): string[] {
    return [stepWgsl, headsWgsl, this.parts.read, ...(this.prefill ? [this.parts.fresh] : [])];
  }

  private subgroupGroups(units: number): number {
    const { subgroups, adapter } = this.kernels.gpu;
    return Math.min(65535, ceil(units, subgroups ? 64 / adapter.subgroupMin : 64));
  }

  private tables(layer: number, side: number) {
    const { codes, scales, classes, slots } = this.cache;
    return { codes: codes[side][layer], scales: scales[side][layer], classes, slots };
  }

  private op(label: string, kernel: Kernel, buffers: Record<string, GPUBuffer>, groups: Op['groups']): Op {
    return { label, kind: 'attention', kernel, bindGroup: kernel.bind({ ...buffers, step: this.step }), groups };
  }
}
