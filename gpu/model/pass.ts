import type { Buffers } from '../buffers';
import type { Kernels } from '../kernel';
import type { Epilogue } from '../kernels/matmul';
import { Matmul } from '../kernels/matmul';
import type { Op } from '../kernels/op';
import { ceil } from '../kernels/op';
import rmsnormWgsl from '../kernels/rmsnorm.wgsl?raw';
import siluWgsl from '../kernels/silu.wgsl?raw';
import { rowsOf, STEP_BYTES } from '../kernels/step';
import stepWgsl from '../kernels/step.wgsl?raw';
import type { KvCache } from '../kv/cache';
import type { AttentionBuffers } from './attention';
import { Attention, HEAD_STATS, SEGMENT } from './attention';
import type { ModelConfig } from './config';
import { Isolation } from './isolation';
import type { Matrix } from './matrix';

export interface PassOptions {
  /** Rows of the pass: lanes in decode, rows of a piece in prefill. */
  rows: number;
  /** Long rows of the residual stream and of the fresh buffer: lanes in decode, streams x prompt in prefill. */
  longRows: number;
  prefill: boolean;
  f32Rows: boolean;
  measure: boolean;
  /** Every layer starts from the shadow's hidden state. */
  isolate?: boolean;
  turns: GPUBuffer;
}

/** Activations of one kind of pass, the step's parameters, and the ops that `forward.ts` strings together. */
export class Pass {
  readonly step: GPUBuffer;
  readonly matmul: Matmul;
  readonly attend: Attention;
  /** Decode looks at the rows of each step; in prefill that is done once for the whole prompt. */
  readonly surveys: boolean;
  readonly io: AttentionBuffers;
  /** Token ids by long row. */
  readonly tokens: GPUBuffer;
  /** Residual stream [longRows][hidden]. */
  readonly hidden: GPUBuffer;
  readonly normed: GPUBuffer;
  readonly qkv: GPUBuffer;
  readonly mixed: GPUBuffer;
  readonly inner: GPUBuffer;
  /** Gate and up side by side: in prefill, and where they do not lie in one buffer. */
  private gateUp: GPUBuffer | null = null;
  readonly stats: { values: GPUBuffer; row: GPUBuffer } | null;
  readonly isolation: Isolation | null;

  constructor(
    private readonly kernels: Kernels,
    readonly buffers: Buffers,
    readonly model: ModelConfig,
    cache: KvCache,
    private readonly options: PassOptions,
  ) {
    const { rows, longRows, prefill, f32Rows, measure } = options;
    const { heads: H, kvHeads: HK, headDim: D, hidden, ffn } = model;
    const make = (label: string, words: number) => buffers.storage(label, words, 'scratch');
    this.step = buffers.uniform('step', STEP_BYTES);
    this.matmul = new Matmul(kernels, buffers, this.step);
    this.attend = new Attention(kernels, buffers, this.step, model, cache, prefill, f32Rows);
    this.surveys = !prefill;
    const bases = this.attend.transform ? 2 : 1;
    const segments = prefill ? 1 : ceil(cache.cap, SEGMENT);
    this.tokens = make('tokens', longRows);
    this.hidden = make('hidden', longRows * hidden);
    this.normed = make('normed', rows * hidden);
    this.qkv = make('qkv', rows * (H + 2 * HK) * D);
    this.mixed = make('mixed', rows * H * D);
    this.inner = make('inner', rows * ffn);
    this.io = {
      q: make('q', bases * rows * H * D),
      fresh: make('fresh', ((cache.preRope ? 3 : 2) * longRows * HK * D) / (f32Rows ? 1 : 2)),
      scores: make('scores', rows * H * cache.cap),
      partial: make('partial', bases * segments * rows * H * D),
      turns: options.turns,
    };
    this.stats =
      measure && !prefill
        ? {
            values: make('stats', model.layers * Math.max(1, rows - 1) * H * HEAD_STATS),
            row: make('row', rows * cache.cap),
          }
        : null;
    this.isolation = options.isolate ? new Isolation(kernels, buffers, this.step, model, this.stats ? rows : 0) : null;
  }

  get f32Rows(): boolean {
    return this.options.f32Rows;
  }

  /** y = RMSNorm(x) * weight over the rows of the pass; x holds long rows. */
  norm(x: GPUBuffer, weight: GPUBuffer, y: GPUBuffer): Op {
    const consts = { K: this.model.hidden, EPS: this.model.normEps };
    const kernel = this.kernels.get('rmsnorm', rmsnormWgsl, consts, [stepWgsl]);
    const { subgroups, adapter } = this.kernels.gpu;
    const perWorkgroup = subgroups ? 64 / adapter.subgroupMin : 64;
    return {
      label: 'rmsnorm',
      kind: 'other',
      kernel,
      bindGroup: kernel.bind({ x, weight, y, step: this.step }),
      groups: (s) => [Math.min(65535, ceil(rowsOf(s), perWorkgroup))],
    };
  }

  product(w: Matrix, x: GPUBuffer, y: GPUBuffer, epilogue: Exclude<Epilogue, 'gated'> = 'plain'): Op[] {
    if (this.options.prefill) return this.matmul.rows(w, x, y, epilogue);
    return this.matmul.decode(w, x, y, this.options.rows, epilogue);
  }

  /** y = silu(gate x) * (up x). */
  gated(w: Matrix, x: GPUBuffer, y: GPUBuffer): Op[] {
    const { prefill, rows } = this.options;
    if (!prefill && w.parts.length === 1) return this.matmul.decode(w, x, y, rows, 'gated');
    const F = this.model.ffn;
    this.gateUp ??= this.buffers.storage('gate_up', rows * F * 2, 'scratch');
    const kernel = this.kernels.get('silu', siluWgsl, { F }, [stepWgsl]);
    const silu: Op = {
      label: 'silu',
      kind: 'other',
      kernel,
      bindGroup: kernel.bind({ gate_up: this.gateUp, y, step: this.step }),
      groups: (s) => [ceil(F, 64), rowsOf(s)],
    };
    return [...this.product(w, x, this.gateUp), silu];
  }
}
