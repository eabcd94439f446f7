import type { Arena, CacheClass, SideOf } from './arena';
import { CLASSES, tooManyClasses } from './arena';
import { atMost, codedReserve } from './coded-room';
import type { CacheConfig, MoveScope, SideName } from './config';
import { countsInCache, exactAs, groupSize, sideAt } from './config';
import type { Policy, PolicyContext } from './policy';
import { codecOf } from './registry';
import { slotEntry, sourceAt } from './slot-entry';
import { spanTokens } from './spans';

/** One row to write: source (a fresh row, or bit 31 set: class << 27 | slot) and destination slot entry. */
export interface Op {
  source: number;
  to: number;
  /** Position at whose turn the row is written (prefill runs ops piece by piece). */
  time: number;
}

export const NEVER = 0xffffffff;

/** Live rows: coded ones by class, exact ones, originals. */
export interface Census {
  coded: { class: CacheClass; rows: number }[];
  exact: number;
  originals: number;
}

/**
 * What happens to the rows of one side of one lane, the same in every layer: which slot each token has, which rows move when.
 * Pure TypeScript; the GPU gets `slots` and the ops. Rows wait in a ring of exact slots until the policy seals them; with
 * `along: token` a block is sealed when its newest row is.
 */
export class SidePlan {
  /** Slot entry of every token: class << 28 | slot. */
  readonly slots: Uint32Array<ArrayBuffer>;
  private readonly exact: CacheClass | null;
  private readonly originals: CacheClass | null;
  private coded: CacheClass;
  /** Two where groups run over rows: those are read from the one class while all rows are coded anew into the other. */
  private readonly banks: readonly CacheClass[];
  /** Rows that are sealed together: one, or a block of tokens. The same whatever bits a move asks for. */
  readonly block: number;
  private readonly context: PolicyContext;
  private freeSlots: number[] = [];
  /** Exact slots given up in this step; their rows may still be read by this step's ops. */
  private freed: number[] = [];
  private waiting: number[] = [];
  /** Rows that are never coded, beside those that the policy keeps. */
  private pinned: ReadonlySet<number> = new Set();
  /** Class of the rows of marked tokens, and which rows those are. */
  private readonly low: CacheClass | null;
  private marked: ReadonlySet<number> = new Set();
  /** First class index of coded rows; exact ring and originals come before. */
  private readonly firstCoded: number;
  length = 0;
  /** Oldest token whose slot entry the last append changed. */
  firstChanged = 0;

  constructor(
    readonly arena: Arena,
    readonly config: CacheConfig,
    name: SideName,
    readonly policy: Policy,
    readonly cap: number,
    readonly prompt: number,
    live: boolean,
    /** While set, no row is coded: all wait in the exact ring, which then has room for all. */
    public hold = false,
  ) {
    this.slots = new Uint32Array(cap);
    const side = config[name];
    this.context = { side: name, prompt };
    this.block = side.along === 'token' ? groupSize(side, arena.headDim) : 1;
    const exactRows = policy.exactRows(config, this.context);
    const ring = hold ? cap : Math.min(cap, exactRows + this.block + 1);
    const rows: SideOf = () => (side.codec === 'f32' ? side : { ...exactAs(side), along: 'channel' });
    this.originals = live ? arena.add(rows, cap) : null;
    this.exact = hold || exactRows > 0 || this.block > 1 ? arena.add(rows, ring, countsInCache(side)) : null;
    const firstExact = this.exact?.first ?? 0;
    if (this.exact) this.freeSlots = Array.from({ length: ring }, (_, i) => firstExact + ring - 1 - i);
    this.firstCoded = arena.classes.length;
    if (live) arena.reserve(codedReserve(cap, arena, groupSize(side, arena.headDim)));
    const banks = codecOf(side.codec).groups ? 2 : 1;
    const coded: SideOf = (layer) => sideAt(config, name, layer, arena.layers);
    this.banks = Array.from({ length: banks }, () => arena.add(coded, cap));
    this.coded = this.banks[0];
    this.low = config.bulk
      ? arena.add(atMost(coded, config.bulk.bits), Math.min(cap, spanTokens(config.bulk.spans)))
      : null;
  }

  /** Class of the FP16 originals, null when none are kept. */
  get originalsClass(): number | null {
    return this.originals?.index ?? null;
  }

  /** Class of the rows that are coded from now on. */
  get codedClass(): CacheClass {
    return this.coded;
  }

  /** Coded with the bits of marked tokens? */
  isLow(slotEntry: number): boolean {
    return this.low !== null && slotEntry >>> 28 === this.low.index;
  }

  isCoded(slotEntry: number): boolean {
    return slotEntry >>> 28 >= this.firstCoded;
  }

  /** Takes the whole prompt, whose fresh rows are `fresh(j)`: every row goes where it stands when the prompt is through. */
  fill(
    tokens: number,
    fresh: (j: number) => number,
    pinned: ReadonlySet<number> = new Set(),
    marked: ReadonlySet<number> = new Set(),
  ): Op[] {
    this.pinned = pinned;
    this.marked = marked;
    const { block, policy } = this;
    const last = policy.after ? tokens : tokens - 1;
    const ops: Op[] = [];
    this.length = tokens;
    this.context.prompt = tokens;
    const finite = Array.from({ length: tokens }, (_, j) => j).filter(
      (j) => this.sealTime(j) !== Number.POSITIVE_INFINITY,
    );
    let sealed = 0;
    while (!this.hold && sealed + block <= finite.length && this.sealTime(finite[sealed + block - 1]) <= last) {
      const newest = finite[sealed + block - 1];
      const time = Math.min(tokens - 1, Math.max(newest, this.sealTime(newest)));
      for (const j of finite.slice(sealed, sealed + block)) {
        this.slots[j] = this.slotFor(j);
        ops.push({ source: fresh(j), to: this.slots[j], time });
      }
      sealed += block;
    }
    this.waiting = finite.slice(sealed);
    const coded = new Set(finite.slice(0, sealed));
    for (let j = 0; j < tokens; j++) {
      if (this.originals) ops.push({ source: fresh(j), to: entry(this.originals, j), time: tokens - 1 });
      if (!coded.has(j)) this.keepExact(j, fresh(j), ops, tokens - 1);
    }
    return ops;
  }

  /** Takes token `t` = `length`, whose fresh row is `fresh`; returns the rows to write. */
  append(fresh: number): Op[] {
    const t = this.length++;
    const ops: Op[] = [];
    this.firstChanged = t;
    this.freeSlots.push(...this.freed.splice(0));
    if (this.originals) ops.push({ source: fresh, to: entry(this.originals, t), time: t });
    if (this.policy.requants?.(t, this.config, this.context)) ops.push(...this.again(t));
    const { block } = this;
    if (this.sealTime(t) !== Number.POSITIVE_INFINITY) this.waiting.push(t);
    let n = 0;
    while (!this.hold && n + block <= this.waiting.length && this.sealTime(this.waiting[n + block - 1]) <= t) {
      for (let i = 0; i < block; i++) this.seal(this.waiting[n + i], t, fresh, ops);
      n += block;
    }
    const sealedNow = n > 0 && this.waiting[n - 1] === t;
    this.waiting.splice(0, n);
    if (!sealedNow) this.keepExact(t, fresh, ops, t);
    return ops;
  }

  /** Forgets all rows but these, and counts them anew. Their slots stay; exact slots of the others become free. */
  keep(rows: readonly number[]): void {
    const order = new Map(rows.map((j, i) => [j, i]));
    for (let j = 0; j < this.length; j++) {
      if (!order.has(j) && this.slots[j] >>> 28 === this.exact?.index) this.freed.push(this.slots[j] & 0xfffffff);
    }
    this.slots.set(Uint32Array.from(rows, (j) => this.slots[j]));
    this.waiting = this.waiting.flatMap((j) => order.get(j) ?? []);
    this.pinned = new Set([...this.pinned].flatMap((j) => order.get(j) ?? []));
    this.marked = new Set([...this.marked].flatMap((j) => order.get(j) ?? []));
    this.length = rows.length;
  }

  private slotFor(j: number): number {
    const into = this.low && this.marked.has(j) ? this.low : this.coded;
    return entry(into, into.used++);
  }

  private sealTime(j: number): number {
    if (this.pinned.has(j)) return Number.POSITIVE_INFINITY;
    return this.policy.sealTime(j, this.config, this.context);
  }

  private seal(j: number, t: number, fresh: number, ops: Op[]): void {
    const to = this.slotFor(j);
    this.firstChanged = Math.min(this.firstChanged, j);
    const source = j === t ? fresh : sourceAt(this.slots[j]);
    if (j !== t) this.freed.push(this.slots[j] & 0xfffffff);
    this.slots[j] = to;
    ops.push({ source, to, time: t });
  }

  private keepExact(j: number, fresh: number, ops: Op[], time: number): void {
    const exact = this.exact as CacheClass;
    const slot = this.freeSlots.pop() as number;
    this.slots[j] = entry(exact, slot);
    ops.push({ source: fresh, to: this.slots[j], time });
  }

  /** Coded rows, each coded again from what it reads as: in its place, or all of them in the other class. */
  private again(t: number): Op[] {
    const other = this.banks.find((bank) => bank !== this.coded);
    if (other) return this.anew(other, t);
    return this.sealedTokens().map((j) => ({ source: sourceAt(this.slots[j]), to: this.slots[j], time: t }));
  }

  private anew(into: CacheClass, t: number): Op[] {
    this.firstChanged = 0;
    this.coded = into;
    into.used = into.first;
    return this.sealedTokens().map((j) => {
      const source = sourceAt(this.slots[j]);
      this.slots[j] = entry(into, into.used++);
      return { source, to: this.slots[j], time: t };
    });
  }

  /** Rows sealed from now on are coded as `side`; needs room left by `close`. */
  openClass(side: SideOf): void {
    this.arena.close(this.coded);
    this.coded = this.arena.add(side, this.cap - this.sealedTokens().length);
  }

  /** Codes every sealed row anew as `side`, from the originals. */
  recode(side: SideOf): Op[] {
    const sealed = this.sealedTokens();
    this.arena.truncate(this.firstCoded);
    this.coded = this.arena.add(side, this.cap);
    const { index } = this.originals as CacheClass;
    return sealed.map((j) => {
      const to = entry(this.coded, this.coded.used++);
      this.slots[j] = to;
      return { source: sourceAt(slotEntry(index, j)), to, time: this.length };
    });
  }

  /** Refuses moves, applied in this order, that would need more classes than there are. Errors: bad-config. */
  checkScopes(scopes: readonly MoveScope[]): void {
    let count = this.arena.classes.length;
    for (const scope of scopes) {
      count = scope === 'all' ? this.firstCoded + 1 : count + 1;
      if (count > CLASSES) throw tooManyClasses();
    }
  }

  /**
   * Live rows: coded ones by class, exact ones, originals. Rows that a policy codes after the attention of the newest token count
   * as coded: their FP16 copies are given up with the next one.
   */
  census(): Census {
    const counts = new Map<number, number>();
    for (let j = 0; j < this.length; j++) {
      const c = this.slots[j] >>> 28;
      counts.set(c, (counts.get(c) ?? 0) + 1);
    }
    const due = this.due();
    return {
      coded: this.arena.classes.slice(this.firstCoded).map((c) => ({
        class: c,
        rows: (counts.get(c.index) ?? 0) + (c === this.coded ? due : 0),
      })),
      exact: this.exact ? (counts.get(this.exact.index) ?? 0) - due : 0,
      originals: this.originals ? this.length : 0,
    };
  }

  /** Waiting rows that the next token finds coded, in whole blocks; 0 unless the policy codes after the attention. */
  private due(): number {
    if (!this.policy.after || this.hold) return 0;
    let n = 0;
    while (n + this.block <= this.waiting.length && this.sealTime(this.waiting[n + this.block - 1]) <= this.length)
      n += this.block;
    return n;
  }

  private sealedTokens(): number[] {
    const out: number[] = [];
    for (let j = 0; j < this.length; j++) if (this.isCoded(this.slots[j])) out.push(j);
    return out;
  }
}

const entry = (c: CacheClass, slot: number): number => slotEntry(c.index, slot);
