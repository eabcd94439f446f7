import type { CacheClass } from './arena';
import { Arena } from './arena';
import type { CacheConfig, SideName } from './config';
import type { Policy } from './policy';
import type { Census, Op } from './side-plan';
import { NEVER, SidePlan } from './side-plan';
import { EVICTED } from './slot-entry';
import { inSpans } from './spans';

/** Ops of every (layer, KV head), padded to the same number: [layers][KV heads][each]. */
export interface PlaneOps {
  each: number;
  words: Uint32Array<ArrayBuffer>;
}

/**
 * One side of a lane whose rows may leave, by layer and head: one plan per plane, each counting the rows that it holds, so that
 * windows and blocks are made of held rows. The class table is the same for all planes. Heads are KV heads, or with `copies` query
 * heads, so many to a KV head, each with a copy of the rows that it holds.
 */
export class PlanePlan {
  readonly planes: SidePlan[];
  /** Token positions of the rows that each plane holds, ascending. */
  readonly held: number[][];
  /** Prompt positions that are never coded, by layer. */
  readonly pinned: (readonly number[])[] = [];
  /** From when on each prompt row is coded for the lane's own prompt queries, by layer; NEVER for those that stay exact. */
  readonly sealed: Uint32Array<ArrayBuffer>[] = [];
  length = 0;
  firstChanged = 0;
  /** Planes of a layer. */
  readonly heads: number;

  constructor(
    base: readonly { codes: number; scales: number }[],
    kvHeads: number,
    headDim: number,
    readonly config: CacheConfig,
    name: SideName,
    policy: Policy,
    readonly cap: number,
    hold: boolean,
    private readonly copies = 1,
  ) {
    this.heads = kvHeads * copies;
    this.planes = Array.from({ length: base.length * this.heads }, (_, plane) => {
      const arena = new Arena(base, kvHeads, headDim, { index: plane % copies, of: copies });
      return new SidePlan(arena, config, name, policy, cap, 0, false, hold);
    });
    this.held = this.planes.map(() => []);
  }

  get arena(): Arena {
    return this.planes[0].arena;
  }

  get codedClass(): CacheClass {
    return this.planes[0].codedClass;
  }

  /** One layer takes the prompt rows that its heads keep: `kept` by head, or one list for all; those pinned are never coded. */
  fill(
    layer: number,
    kept: readonly ArrayLike<number>[],
    fresh: (j: number) => number,
    pinned: readonly number[] = [],
  ): PlaneOps {
    const isPinned = new Set(pinned);
    this.pinned[layer] = pinned;
    const plan = this.planes[layer * this.heads];
    const ops = Array.from({ length: this.heads }, (_, head) => {
      const plane = layer * this.heads + head;
      const rows = Array.from(kept[head % kept.length]);
      this.held[plane] = rows;
      const rowsOf = (is: (position: number) => boolean) =>
        new Set(rows.flatMap((position, i) => (is(position) ? [i] : [])));
      const pins = rowsOf((position) => isPinned.has(position));
      const marked = rowsOf((position) => inSpans(this.config.bulk?.spans ?? [], position));
      return this.planes[plane].fill(rows.length, (i) => fresh(rows[i]), pins, marked);
    });
    this.sealed[layer] = sealTimes(plan, ops[0]);
    return packed(ops, this.copies);
  }

  /** Every plane takes token `t` = `length`. */
  append(fresh: number): PlaneOps {
    const t = this.length++;
    this.firstChanged = t;
    const ops = this.planes.map((plan, plane) => {
      this.held[plane].push(t);
      const made = plan.append(fresh);
      this.firstChanged = Math.min(this.firstChanged, this.held[plane][plan.firstChanged]);
      return made;
    });
    return packed(ops, this.copies);
  }

  /** The rows that one layer holds from now on: positions by head, or one list for all. */
  keep(layer: number, kept: readonly ArrayLike<number>[]): void {
    for (let head = 0; head < this.heads; head++) {
      const plane = layer * this.heads + head;
      const staying = new Set(Array.from(kept[head % kept.length]));
      const rows = this.held[plane].flatMap((position, i) => (staying.has(position) ? [i] : []));
      const gone = this.held[plane].find((position) => !staying.has(position));
      this.held[plane] = rows.map((i) => this.held[plane][i]);
      this.planes[plane].keep(rows);
      if (gone !== undefined) this.firstChanged = Math.min(this.firstChanged, gone);
    }
  }

  /** From now on rows are coded as the policy says; until then all were kept as they are. */
  release(): void {
    for (const plan of this.planes) plan.hold = false;
  }

  /** Slot entries of tokens from .. to - 1: [tokens][planes]. */
  slots(from: number, to: number): Uint32Array<ArrayBuffer> {
    const planes = this.planes.length;
    const out = new Uint32Array((to - from) * planes).fill(EVICTED);
    for (const [plane, plan] of this.planes.entries()) {
      const held = this.held[plane];
      for (let i = held.length - 1; i >= 0 && held[i] >= from; i--) {
        if (held[i] < to) out[(held[i] - from) * planes + plane] = plan.slots[i];
      }
    }
    return out;
  }

  /** Rows by class of one layer, all copies of a KV head together, as a mean over KV heads. */
  census(layer: number): Census {
    const heads = this.planes.slice(layer * this.heads, (layer + 1) * this.heads).map((plan) => plan.census());
    const kvHeads = this.heads / this.copies;
    const mean = (of: (census: Census) => number) => heads.reduce((sum, c) => sum + of(c), 0) / kvHeads;
    const coded = heads[0].coded.map((entry: { class: CacheClass }, i) => ({
      class: entry.class,
      rows: mean((c) => c.coded[i].rows),
    }));
    return { coded, exact: mean((c) => c.exact), originals: 0 };
  }
}

/** Times by row of what a plan has coded. */
function sealTimes(plan: SidePlan, ops: readonly Op[]): Uint32Array<ArrayBuffer> {
  const times = new Map(ops.filter(({ to }) => plan.isCoded(to)).map(({ to, time }) => [to, time]));
  return Uint32Array.from(plan.slots.subarray(0, plan.length), (to) => times.get(to) ?? NEVER);
}

/** The lists of a KV head's copies follow each other. */
function packed(ops: readonly (readonly Op[])[], copies: number): PlaneOps {
  const each = Math.max(0, ...ops.map((list) => list.length));
  const words = new Uint32Array(ops.length * each * 2).fill(EVICTED);
  for (const [plane, list] of ops.entries())
    for (const [i, op] of list.entries()) words.set([op.source, op.to], (plane * each + i) * 2);
  return { each: each * copies, words };
}
