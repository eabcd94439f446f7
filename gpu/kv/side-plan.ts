import type { Arena, CacheClass } from './arena';
import { CLASSES, roundUp, tooManyClasses } from './arena';
import type { CacheConfig, MoveScope, Side, SideName } from './config';
import { groupSize, uniformSide } from './config';
import type { Policy } from './policy';

/** One row to write: source (a fresh row, or bit 31 set: class << 27 | slot of an exact class) and destination slot entry. */
export interface Op {
  source: number;
  to: number;
  /** Position at whose turn the row is written (prefill runs ops piece by piece). */
  time: number;
}

export const NEVER = 0xffffffff;
const exactSide: Side = uniformSide(16);

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
  /** Rows that are sealed together: one, or a block of tokens. The same whatever bits a move asks for. */
  readonly block: number;
  private freeSlots: number[] = [];
  /** Exact slots given up in this step; their rows may still be read by this step's ops. */
  private freed: number[] = [];
  private waiting: number[] = [];
  /** First class index of coded rows; exact ring and originals come before. */
  private readonly firstCoded: number;
  length = 0;

  constructor(
    readonly arena: Arena,
    readonly config: CacheConfig,
    name: SideName,
    readonly policy: Policy,
    readonly cap: number,
    live: boolean,
  ) {
    this.slots = new Uint32Array(cap);
    const side = config[name];
    this.block = side.along === 'token' ? groupSize(side, arena.headDim) : 1;
    const ring = Math.min(cap, policy.exactRows(config) + this.block + 1);
    const rows = side.codec === 'f32' ? side : exactSide;
    this.originals = live ? arena.add(rows, cap) : null;
    this.exact = policy.exactRows(config) > 0 || this.block > 1 ? arena.add(rows, ring) : null;
    if (this.exact) this.freeSlots = Array.from({ length: ring }, (_, i) => ring - 1 - i);
    this.firstCoded = arena.classes.length;
    if (live) arena.reserve(codedReserve(cap, arena));
    this.coded = arena.add(side, cap);
  }

  /** Class of the FP16 originals, null when none are kept. */
  get originalsClass(): number | null {
    return this.originals?.index ?? null;
  }

  isCoded(slotEntry: number): boolean {
    return slotEntry >>> 28 >= this.firstCoded;
  }

  /** Tokens back from the newest one whose slot may still change. */
  get span(): number {
    return this.waiting.length + 2 * this.block + 1;
  }

  /** The side as it is coded now. */
  get side(): Side {
    return this.coded.side;
  }

  /** Takes token `t` = `length`, whose fresh row is `fresh`; returns the rows to write. */
  append(fresh: number): Op[] {
    const t = this.length++;
    const ops: Op[] = [];
    this.freeSlots.push(...this.freed.splice(0));
    if (this.originals) ops.push({ source: fresh, to: entry(this.originals, t), time: t });
    const { block } = this;
    if (this.sealTime(t) !== Number.POSITIVE_INFINITY) this.waiting.push(t);
    let n = 0;
    while (n + block <= this.waiting.length && this.sealTime(this.waiting[n + block - 1]) <= t) {
      for (let i = 0; i < block; i++) this.seal(this.waiting[n + i], t, fresh, ops);
      n += block;
    }
    const sealedNow = n > 0 && this.waiting[n - 1] === t;
    this.waiting.splice(0, n);
    if (!sealedNow) this.keepExact(t, fresh, ops);
    return ops;
  }

  private sealTime(j: number): number {
    return this.policy.sealTime(j, this.config);
  }

  private seal(j: number, t: number, fresh: number, ops: Op[]): void {
    const to = entry(this.coded, this.coded.used++);
    const source = j === t ? fresh : this.sourceOf(j);
    if (j !== t) this.freed.push(this.slots[j] & 0xfffffff);
    this.slots[j] = to;
    ops.push({ source, to, time: t });
  }

  private keepExact(j: number, fresh: number, ops: Op[]): void {
    const exact = this.exact as CacheClass;
    const slot = this.freeSlots.pop() as number;
    this.slots[j] = entry(exact, slot);
    ops.push({ source: fresh, to: this.slots[j], time: j });
  }

  private sourceOf(j: number): number {
    const at = this.slots[j];
    return (0x80000000 | ((at >>> 28) << 27) | (at & 0x7ffffff)) >>> 0;
  }

  /** Rows sealed from now on are coded as `side`; needs room left by `close`. */
  openClass(side: Side): void {
    this.arena.close(this.coded);
    this.coded = this.arena.add(side, this.cap - this.sealedCount());
  }

  /** Codes every sealed row anew as `side`, from the originals. */
  recode(side: Side): Op[] {
    const sealed = this.sealedTokens();
    this.arena.truncate(this.firstCoded);
    this.coded = this.arena.add(side, this.cap);
    return sealed.map((j) => {
      const to = entry(this.coded, this.coded.used++);
      this.slots[j] = to;
      const { index } = this.originals as CacheClass;
      return { source: (0x80000000 | (index << 27) | j) >>> 0, to, time: this.length };
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

  /** Live rows: coded ones by class, exact ones, originals. */
  census(): { coded: { class: CacheClass; rows: number }[]; exact: number; originals: number } {
    const counts = new Map<number, number>();
    for (let j = 0; j < this.length; j++) {
      const c = this.slots[j] >>> 28;
      counts.set(c, (counts.get(c) ?? 0) + 1);
    }
    return {
      coded: this.arena.classes.slice(this.firstCoded).map((c) => ({ class: c, rows: counts.get(c.index) ?? 0 })),
      exact: this.exact ? (counts.get(this.exact.index) ?? 0) : 0,
      originals: this.originals ? this.length : 0,
    };
  }

  private sealedTokens(): number[] {
    const out: number[] = [];
    for (let j = 0; j < this.length; j++) if (this.isCoded(this.slots[j])) out.push(j);
    return out;
  }

  private sealedCount(): number {
    return this.sealedTokens().length;
  }
}

const entry = (c: CacheClass, slot: number): number => ((c.index << 28) | slot) >>> 0;

/** Words that let any later move fit: every row at 16 bits with the densest scales (a word per 32 values). */
function codedReserve(cap: number, { kvHeads, headDim }: Arena): { codes: number; scales: number } {
  const rows = roundUp(cap, { blockTokens: 128 });
  return { codes: rows * kvHeads * (headDim / 2), scales: rows * kvHeads * Math.ceil(headDim / 32) };
}
