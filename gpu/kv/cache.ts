import type { Buffers } from '../buffers';
import type { ModelConfig } from '../model/config';
import type { Place } from './arena';
import { Arena, CLASS_ROWS, CLASS_WORDS } from './arena';
import type { CacheConfig, SideName } from './config';
import { sideAt } from './config';
import { policyFor } from './registry';
import { transformChains, usedCodecs } from './shader';
import type { Op } from './side-plan';
import { NEVER, SidePlan } from './side-plan';

export const SIDES: readonly SideName[] = ['k', 'v'];

/** Ops of one pass by lane and side ([lane * 2 + side]): where they start in the op buffer and how many there are. */
export interface OpRange {
  start: number;
  count: number;
}

/**
 * The KV cache of all lanes: per layer and side one code buffer and one scale buffer, and tables that all layers share.
 * Bytes are fixed when it is made (`cap` tokens); nothing grows.
 */
export class KvCache {
  readonly plans: SidePlan[][] = [];
  readonly codes: GPUBuffer[][];
  readonly scales: GPUBuffer[][];
  readonly classes: GPUBuffer;
  readonly slots: GPUBuffer;
  readonly ops: GPUBuffer;
  /** Codecs that rows of this run may be in, and its lists of transforms: what its shaders are made of. */
  readonly codecIds: string[];
  readonly chains: string[][];
  /** Where each lane's and side's slot entries are, see `Step.tables`. */
  readonly tables: [number, number, number, number][];

  constructor(
    private readonly buffers: Buffers,
    readonly model: ModelConfig,
    readonly configs: CacheConfig[],
    readonly cap: number,
    prompt: number,
    readonly live: boolean,
  ) {
    this.codecIds = usedCodecs(configs, model.layers, live);
    this.chains = transformChains(configs);
    this.tables = configs.flatMap((config, lane) =>
      SIDES.map((name, s): [number, number, number, number] => {
        const chain = this.chains.findIndex((list) => list.join() === config[name].transforms.join());
        return [(lane * 2 + s) * cap, 0, 0, chain + 1];
      }),
    );
    const at = SIDES.map(() => Array.from({ length: model.layers }, (): Place => ({ codes: 0, scales: 0 })));
    for (const [lane, config] of configs.entries()) {
      const policy = policyFor(config);
      this.plans.push(
        SIDES.map((name, s) => {
          const arena = new Arena(at[s], model.kvHeads, model.headDim);
          const plan = new SidePlan(arena, config, name, policy, cap, prompt, live && lane > 0);
          at[s] = at[s].map(({ codes, scales }, l) => {
            const words = arena.words(l);
            return { codes: codes + words.codes, scales: scales + words.scales };
          });
          return plan;
        }),
      );
    }
    const perLayer = (key: keyof Place) =>
      SIDES.map((name, s) => at[s].map((place, l) => buffers.storage(`${key}.${name}${l}`, place[key], 'cache')));
    this.codes = perLayer('codes');
    this.scales = perLayer('scales');
    this.classes = buffers.storage('classes', model.layers * configs.length * 2 * CLASS_ROWS * CLASS_WORDS, 'tables');
    this.slots = buffers.storage('slots', configs.length * 2 * cap, 'tables');
    this.ops = buffers.storage('ops', configs.length * 2 * cap * 4, 'scratch');
    this.writeClasses();
  }

  /** One token for every lane; `fresh(lane)` names its fresh row. Uploads slots and ops. */
  append(fresh: (lane: number) => number): OpRange[] {
    const t = this.plans[0][0].length;
    return this.eachPlan((plan, lane, s) => {
      const ops = plan.append(fresh(lane));
      this.writeOps(lane, s, ops);
      this.writeSlots(lane, s, [plan.firstChanged, t + 1]);
      return { start: 0, count: ops.length };
    });
  }

  /**
   * The whole prompt at once. Returns the ops, in order of time, by [lane * 2 + side], and the seal times of every row as the
   * lane's own prompt queries see them (NEVER where prefill is FP16).
   */
  prefill(tokens: number, freshRow: (lane: number, j: number) => number): { ops: Op[][]; sealed: Uint32Array[] } {
    const sealed: Uint32Array[] = [];
    const ops: Op[][] = [];
    this.eachPlan((plan, lane, s) => {
      const rows = plan.fill(tokens, (j) => freshRow(lane, j));
      const times = new Uint32Array(tokens).fill(NEVER);
      const tokenOf = new Map(Array.from(plan.slots.subarray(0, tokens), (to, j) => [to, j]));
      for (const op of rows) if (plan.isCoded(op.to)) times[tokenOf.get(op.to) as number] = op.time;
      const exactTime = tokens - 1;
      const quant = plan.config.prefill === 'quant';
      const all = rows.map((op) => (quant ? op : { ...op, time: exactTime }));
      all.sort((a, b) => a.time - b.time || a.to - b.to);
      sealed.push(quant ? times : new Uint32Array(tokens).fill(NEVER));
      ops.push(all);
      this.writeOps(lane, s, all);
      this.writeSlots(lane, s, [0, tokens]);
    });
    return { ops, sealed };
  }

  /** A slider move on one side of one lane; returns the ops that code old rows anew (scope `all`). */
  move(lane: number, s: number, scope: 'new' | 'all'): OpRange[] | null {
    const plan = this.plans[lane][s];
    const { layers } = this.model;
    const sideOf = (layer: number) => sideAt(this.configs[lane], SIDES[s], layer, layers);
    const ops = scope === 'new' ? [] : plan.recode(sideOf);
    if (scope === 'new') plan.openClass(sideOf);
    this.writeClasses();
    if (scope === 'new') return null;
    this.writeOps(lane, s, ops);
    this.writeSlots(lane, s, [0, plan.length]);
    return this.eachPlan((_, l, i) => ({ start: 0, count: l === lane && i === s ? ops.length : 0 }));
  }

  private eachPlan<T>(work: (plan: SidePlan, lane: number, s: number) => T): T[] {
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

  private writeOps(lane: number, s: number, ops: Op[]): void {
    if (ops.length === 0) return;
    const words = new Uint32Array(ops.length * 2);
    for (const [i, op] of ops.entries()) words.set([op.source, op.to], i * 2);
    this.buffers.device.queue.writeBuffer(this.ops, (lane * 2 + s) * this.cap * 16, words);
  }

  private writeSlots(lane: number, s: number, [from, to]: [number, number]): void {
    if (to <= from) return;
    const offset = ((lane * 2 + s) * this.cap + from) * 4;
    this.buffers.device.queue.writeBuffer(this.slots, offset, this.plans[lane][s].slots, from, to - from);
  }
}
