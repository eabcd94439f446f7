import type { Buffers } from '../buffers';
import type { ModelConfig } from '../model/config';
import { Arena, CLASS_WORDS, CLASSES } from './arena';
import type { CacheConfig, Side, SideName } from './config';
import { policyFor } from './registry';
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

  constructor(
    private readonly buffers: Buffers,
    readonly model: ModelConfig,
    readonly configs: CacheConfig[],
    readonly cap: number,
    readonly live: boolean,
  ) {
    const at = [
      { codes: 0, scales: 0 },
      { codes: 0, scales: 0 },
    ];
    for (const [lane, config] of configs.entries()) {
      const policy = policyFor(config);
      this.plans.push(
        SIDES.map((name, s) => {
          const arena = new Arena(at[s].codes, at[s].scales, model.kvHeads, model.headDim);
          const plan = new SidePlan(arena, config, name, policy, cap, live && lane > 0);
          at[s].codes += arena.codeWords;
          at[s].scales += arena.scaleWords;
          return plan;
        }),
      );
    }
    const perLayer = (words: (s: number) => number, what: string) =>
      SIDES.map((name, s) =>
        Array.from({ length: model.layers }, (_, l) => buffers.storage(`${what}.${name}${l}`, words(s), 'cache')),
      );
    this.codes = perLayer((s) => at[s].codes, 'codes');
    this.scales = perLayer((s) => at[s].scales, 'scales');
    this.classes = buffers.storage('classes', configs.length * 2 * CLASSES * CLASS_WORDS, 'tables');
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
      this.writeSlots(lane, s, touched(ops, plan, t));
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
      const last = new Map<number, Op>();
      const kept: Op[] = [];
      const times = new Uint32Array(tokens).fill(NEVER);
      const original = plan.originalsClass;
      for (let t = 0; t < tokens; t++) {
        for (const op of plan.append(t)) {
          const j = op.source & 0x80000000 ? -1 : op.source;
          if (original !== null && op.to >>> 28 === original) kept.push({ ...op, source: freshRow(lane, j) });
          else last.set(op.to, op);
        }
      }
      const exactTime = tokens - 1;
      const rows: Op[] = [];
      for (let j = 0; j < tokens; j++) {
        const to = plan.slots[j];
        const time = plan.isCoded(to) ? (last.get(to) as Op).time : exactTime;
        if (plan.isCoded(to)) times[j] = time;
        rows.push({ source: freshRow(lane, j), to, time });
      }
      const quant = plan.config.prefill === 'quant';
      const all = [...rows, ...kept].map((op) => (quant ? op : { ...op, time: exactTime }));
      all.sort((a, b) => a.time - b.time || a.to - b.to);
      sealed.push(quant ? times : new Uint32Array(tokens).fill(NEVER));
      ops.push(all);
      this.writeOps(lane, s, all);
      this.writeSlots(lane, s, [0, tokens]);
    });
    return { ops, sealed };
  }

  /** A slider move on one side of one lane; returns the ops that code old rows anew (scope `all`). */
  move(lane: number, s: number, side: Side, scope: 'new' | 'all'): OpRange[] | null {
    const plan = this.plans[lane][s];
    let ops: Op[] = [];
    if (scope === 'new') plan.openClass(side);
    else ops = plan.recode(side);
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
    this.eachPlan((plan, lane, s) => {
      const offset = (lane * 2 + s) * CLASSES * CLASS_WORDS * 4;
      this.buffers.device.queue.writeBuffer(this.classes, offset, plan.arena.table());
    });
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

/** Range of tokens whose slot entry an append may have changed: from the oldest row that moved to the new token. */
function touched(ops: Op[], plan: SidePlan, t: number): [number, number] {
  return [Math.max(0, t + 1 - Math.max(plan.span, ops.length)), t + 1];
}
