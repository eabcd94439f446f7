import type { Buffers } from '../buffers';
import { KvError } from '../errors';
import type { SlotTable } from '../kernels/step';
import type { ModelConfig } from '../model/config';
import type { Place } from './arena';
import { Arena, CLASS_ROWS, CLASS_WORDS } from './arena';
import { placeTables } from './cache-tables';
import type { CacheOptions, LearningSide, OpRange, Plan, PromptRowsKept } from './cache-types';
import { NO_OPS, SIDES } from './cache-types';
import type { CacheConfig, SideName } from './config';
import { countsInCache, isByPlane, isPreRope, sideAt } from './config';
import { Evictions } from './evictions';
import { rowCopies } from './lane-copies';
import type { ClassLists } from './mix-plan';
import { MixPlan } from './mix-plan';
import type { PlaneOps } from './plane-plan';
import { PlanePlan } from './plane-plan';
import type { Policy } from './policy';
import { codecOf, policyFor } from './registry';
import { transformChains, usedCodecs } from './shader';
import type { Op } from './side-plan';
import { NEVER, SidePlan } from './side-plan';

/**
 * The KV cache of all lanes: per layer and side one code buffer and one scale buffer, and tables. Bytes are fixed when it is made
 * (`cap` tokens); nothing grows.
 */
export class KvCache {
  readonly plans: Plan[][] = [];
  readonly codes: GPUBuffer[][];
  readonly scales: GPUBuffer[][];
  readonly classes: GPUBuffer;
  readonly slots: GPUBuffer;
  readonly ops: GPUBuffer;
  /** Codecs that rows of this run may be in, and its lists of transforms: what its shaders are made of. */
  readonly codecIds: string[];
  readonly chains: string[][];
  /** Where each lane's and side's slot entries are. */
  readonly tables: SlotTable[];
  readonly cap: number;
  readonly live: boolean;
  readonly evictions: Evictions;
  /** Some keys are kept as they are before RoPE. */
  readonly preRope: boolean;
  /** Sides whose codec learns tables before it codes: their rows are written after the attention of the prompt. */
  readonly learning: LearningSide[] = [];
  /** Word of the slot buffer where seal times of prompt rows begin. */
  readonly sealedAt: number;
  private readonly firstOps: number[];

  constructor(
    private readonly buffers: Buffers,
    readonly model: ModelConfig,
    readonly configs: CacheConfig[],
    options: CacheOptions,
  ) {
    const { cap, live } = options;
    this.cap = cap;
    this.live = live;
    this.codecIds = usedCodecs(configs, model.layers, live);
    this.chains = transformChains(configs);
    this.evictions = new Evictions(buffers, model, configs, options);
    this.preRope = configs.some(({ k }) => isPreRope(k));
    const room = placeTables(model, configs, this.chains, cap);
    this.tables = room.tables;
    this.firstOps = room.firstOps;
    this.sealedAt = room.slots;
    const at = SIDES.map(() => Array.from({ length: model.layers }, (): Place => ({ codes: 0, scales: 0 })));
    for (const [lane, config] of configs.entries()) {
      const policy = policyFor(config);
      this.plans.push(
        SIDES.map((name, s) => {
          const plan = this.planOf(at[s], lane, name, policy, options);
          at[s] = at[s].map(({ codes, scales }, l) => {
            const words = plan.arena.words(l);
            return { codes: codes + words.codes, scales: scales + words.scales };
          });
          const { learn } = codecOf(config[name].codec);
          if (learn) this.learning.push({ lane, s, plan, learn });
          return plan;
        }),
      );
    }
    const perLayer = (key: keyof Place) =>
      SIDES.map((name, s) => at[s].map((place, l) => buffers.storage(`${key}.${name}${l}`, place[key], 'cache')));
    this.codes = perLayer('codes');
    this.scales = perLayer('scales');
    this.classes = buffers.storage('classes', model.layers * configs.length * 2 * CLASS_ROWS * CLASS_WORDS, 'tables');
    this.slots = buffers.storage('slots', room.slots + configs.length * 2 * cap, 'tables');
    this.ops = buffers.storage('ops', room.ops * 2, 'scratch');
    this.writeClasses();
  }

  private planOf(base: readonly Place[], lane: number, name: SideName, policy: Policy, options: CacheOptions): Plan {
    const { kvHeads, headDim } = this.model;
    const { cap, prompt, live } = options;
    const config = this.configs[lane];
    if (config.mix) return new MixPlan(base, kvHeads, headDim, config, name, cap);
    const holds = this.evictions.of(lane)?.holds ?? false;
    const copies = rowCopies(config, this.model);
    if (isByPlane(config)) return new PlanePlan(base, kvHeads, headDim, config, name, policy, cap, holds, copies);
    return new SidePlan(new Arena(base, kvHeads, headDim), config, name, policy, cap, prompt, live && lane > 0);
  }

  /** One token for every lane; `fresh(lane)` names its fresh row. Uploads slots and ops. */
  append(fresh: (lane: number) => number): OpRange[] {
    const t = this.plans[0][0].length;
    return this.eachPlan((plan, lane, s) => {
      const range =
        plan instanceof SidePlan
          ? this.writeOps(lane, s, plan.append(fresh(lane)))
          : this.writePlanes(lane, s, plan.append(fresh(lane)), true);
      this.writeSlots(lane, s, plan.firstChanged, t + 1);
      return range;
    });
  }

  /**
   * The whole prompt at once. Returns the ops in order of time and where they are, by [lane * 2 + side] (`late`: those that
   * wait for tables of their layer), and from when on each row is coded for the lane's own prompt queries (NEVER where prefill is FP16).
   */
  prefill(tokens: number, freshRow: (lane: number, j: number) => number) {
    const sealed: Uint32Array[] = [];
    const ops: Op[][] = [];
    const ranges = this.eachPlan((plan, lane, s) => {
      const codedAt = new Uint32Array(tokens).fill(NEVER);
      sealed.push(codedAt);
      const rows = plan instanceof SidePlan ? plan.fill(tokens, (j) => freshRow(lane, j)) : [];
      ops.push(rows);
      if (!(plan instanceof SidePlan)) return { ...NO_OPS };
      if (plan.config.prefill === 'fp16') for (const op of rows) op.time = tokens - 1;
      else {
        const tokenOf = new Map(Array.from(plan.slots.subarray(0, tokens), (to, j) => [to, j]));
        for (const op of rows) if (plan.isCoded(op.to)) codedAt[tokenOf.get(op.to) as number] = op.time;
      }
      rows.sort((a, b) => a.time - b.time || a.to - b.to);
      this.writeSlots(lane, s, 0, tokens);
      return this.writeOps(lane, s, rows);
    });
    const isLate = (i: number) =>
      this.learning.some(({ lane, s }) => lane * 2 + s === i && this.configs[lane].prefill === 'fp16');
    const apart = (late: boolean) => ranges.map((range, i) => (isLate(i) === late ? range : { ...NO_OPS }));
    return { ops, ranges: apart(false), late: apart(true), sealed };
  }

  /** One layer of the lanes that are kept by plane takes the prompt rows that stay. */
  fillLayer(
    layer: number,
    decided: ReadonlyMap<number, PromptRowsKept>,
    freshRow: (lane: number, j: number) => number,
  ) {
    return this.eachPlan((plan, lane, s) => {
      const rows = decided.get(lane);
      if (!rows || plan instanceof SidePlan) return { ...NO_OPS };
      const fresh = (j: number) => freshRow(lane, j);
      if (plan instanceof PlanePlan)
        return this.writePlanes(lane, s, plan.fill(layer, rows.kept, fresh, rows.pinned), false);
      return this.writePlanes(lane, s, plan.fill(layer, rows.classes ?? [], fresh), false);
    });
  }

  /** Whether the lane's prompt queries see coded rows of a plan that differs by plane: each layer is then filled before its attention. */
  isEarly(lane: number): boolean {
    return this.configs[lane].prefill === 'quant' && !(this.plans[lane][0] instanceof SidePlan);
  }

  /** After `fillLayer` of an early lane: its slots, and seal times by side [k, v], go to the GPU. `stream` = the lane's own. */
  showLayer(lane: number, stream: number, layer: number, tokens: number): void {
    for (const [s, plan] of this.plans[lane].entries()) {
      if (!(plan instanceof PlanePlan)) continue;
      this.writeSlots(lane, s, 0, tokens);
      const at = (this.sealedAt + (stream * 2 + s) * tokens) * 4;
      this.buffers.device.queue.writeBuffer(this.slots, at, plan.sealed[layer]);
    }
  }

  /** The prompt is through in all layers. */
  filled(tokens: number): void {
    this.eachPlan((plan, lane, s) => {
      if (plan instanceof SidePlan) return;
      if (plan instanceof PlanePlan) plan.length = tokens;
      else plan.filled(tokens);
      this.writeSlots(lane, s, 0, tokens);
    });
  }

  /** One layer of a lane holds these rows only, from the next token on. */
  keep(lane: number, layer: number, kept: readonly ArrayLike<number>[]): void {
    for (const plan of this.plans[lane]) if (plan instanceof PlanePlan) plan.keep(layer, kept);
  }

  /** Classes of one layer's newest tokens; they are coded with the next one. */
  sort(lane: number, layer: number, classes: readonly ClassLists[]): void {
    for (const plan of this.plans[lane]) if (plan instanceof MixPlan) plan.sort(layer, classes);
  }

  /** After `keep` of all layers: uploads what changed, and lets rows be coded that a decision held back. */
  kept(lane: number): void {
    for (const [s, plan] of this.plans[lane].entries()) {
      if (!(plan instanceof PlanePlan)) continue;
      plan.release();
      this.writeSlots(lane, s, plan.firstChanged, plan.length);
    }
  }

  /** A slider move on one side of one lane; returns the ops that code old rows anew (scope `all`). */
  move(lane: number, s: number, scope: 'new' | 'all'): OpRange[] | null {
    const plan = this.plans[lane][s];
    if (!(plan instanceof SidePlan))
      throw new KvError('bad-config', 'A lane that evicts cannot change its bits during a run.');
    const { layers } = this.model;
    const sideOf = (layer: number) => sideAt(this.configs[lane], SIDES[s], layer, layers);
    const ops = scope === 'new' ? [] : plan.recode(sideOf);
    if (scope === 'new') plan.openClass(sideOf);
    this.writeClasses();
    if (scope === 'new') return null;
    const range = this.writeOps(lane, s, ops);
    this.writeSlots(lane, s, 0, plan.length);
    return this.eachPlan((_, l, i) => (l === lane && i === s ? range : { ...NO_OPS }));
  }

  /** By lane: tokens that have left, where the newest token's place is counted inside the cache. */
  shifts(): number[] {
    return this.plans.map(([plan], lane) =>
      plan instanceof PlanePlan && countsInCache(this.configs[lane].k) ? plan.length - plan.held[0].length : 0,
    );
  }

  /** Writes the learned tables of a side in one layer; a layer that stays FP16 has none. */
  writeHeader({ s, plan }: LearningSide, layer: number, words: Uint32Array): void {
    const { header, layout } = plan.codedClass.layers[layer];
    if (!layout.headerWords) return;
    this.buffers.device.queue.writeBuffer(this.scales[s][layer], header * 4, words as Uint32Array<ArrayBuffer>);
  }

  private eachPlan<T>(work: (plan: Plan, lane: number, s: number) => T): T[] {
    return this.plans.flatMap((sides, lane) => sides.map((plan, s) => work(plan, lane, s)));
  }

  private writeClasses(): void {
    const row = CLASS_ROWS * CLASS_WORDS;
    const plans = this.plans.flat();
    const all = new Uint32Array(this.model.layers * plans.length * row);
    for (let l = 0; l < this.model.layers; l++)
      for (const [i, plan] of plans.entries()) all.set(plan.arena.table(l), (l * plans.length + i) * row);
    this.buffers.device.queue.writeBuffer(this.classes, 0, all);
  }

  private writeOps(lane: number, s: number, ops: readonly Op[]): OpRange {
    const start = this.firstOps[lane * 2 + s];
    const words = new Uint32Array(ops.length * 2);
    for (const [i, op] of ops.entries()) words.set([op.source, op.to], i * 2);
    if (words.length > 0) this.buffers.device.queue.writeBuffer(this.ops, start * 8, words);
    return { start, count: ops.length, layerStride: 0, headStride: 0 };
  }

  /** Ops of the planes of all layers, or of the heads of one. */
  private writePlanes(lane: number, s: number, { each, words }: PlaneOps, isAll: boolean): OpRange {
    const start = this.firstOps[lane * 2 + s];
    if (words.length > 0) this.buffers.device.queue.writeBuffer(this.ops, start * 8, words);
    return { start, count: each, layerStride: isAll ? each * this.model.kvHeads : 0, headStride: each };
  }

  private writeSlots(lane: number, s: number, from: number, to: number): void {
    if (to <= from) return;
    const plan = this.plans[lane][s];
    const { first, tokenStride } = this.tables[lane * 2 + s];
    const words = plan instanceof SidePlan ? plan.slots.subarray(from, to) : plan.slots(from, to);
    this.buffers.device.queue.writeBuffer(this.slots, (first + from * tokenStride) * 4, words);
  }
}
