import type { CacheClass } from './arena';
import { Arena } from './arena';
import type { CacheConfig, SideName } from './config';
import { isExact, sideAt, uniformSide } from './config';
import type { PlaneOps } from './plane-plan';
import type { Census } from './side-plan';
import { slotEntry, sourceAt } from './slot-entry';

/** What one KV head of one layer has decided about rows: positions by class, in the order in which they are stored. */
export interface ClassLists {
  low: readonly number[];
  high: readonly number[];
}

interface Plane {
  low: number[];
  high: number[];
  /** Slot entry of every token. */
  slots: Uint32Array<ArrayBuffer>;
}

/**
 * One side of a lane whose tokens are of two classes, by layer and KV head (ZipCache). All rows are coded together, every `gap`
 * tokens anew and from what they read as; tokens that came since are exact. There are two sets of classes: rows are read from the
 * one and written to the other.
 */
export class MixPlan {
  readonly arena: Arena;
  readonly planes: Plane[];
  length = 0;
  firstChanged = 0;
  /** Tokens that are coded; the rest are exact. */
  private coded = 0;
  private bank = 0;
  private exactAt = 0;
  private readonly ring: number;
  private readonly exact: CacheClass;
  /** [bank][low, high] */
  private readonly classes: CacheClass[][];
  private isDue = false;

  constructor(
    base: readonly { codes: number; scales: number }[],
    private readonly kvHeads: number,
    headDim: number,
    readonly config: CacheConfig,
    name: SideName,
    readonly cap: number,
  ) {
    const mix = config.mix as NonNullable<CacheConfig['mix']>;
    this.arena = new Arena(base, kvHeads, headDim);
    this.ring = Math.min(cap, 2 * mix.gap + 2);
    this.exact = this.arena.add(() => uniformSide(16), this.ring);
    const high = (layer: number) => sideAt(config, name, layer, base.length);
    const low = (layer: number) => (isExact(high(layer)) ? high(layer) : { ...high(layer), bits: mix.lo });
    this.classes = [0, 1].map(() => [this.arena.add(low, cap), this.arena.add(high, cap)]);
    this.planes = Array.from({ length: base.length * kvHeads }, () => ({
      low: [],
      high: [],
      slots: new Uint32Array(cap),
    }));
  }

  /** Class of the rows that count as coded with most bits. */
  get codedClass(): CacheClass {
    return this.classes[this.bank][1];
  }

  /** One layer takes the prompt: every row into its class. */
  fill(layer: number, heads: readonly ClassLists[], fresh: (j: number) => number): PlaneOps {
    const lists = heads.map(({ low, high }, head) => {
      const plane = this.planes[layer * this.kvHeads + head];
      Object.assign(plane, { low: [...low], high: [...high] });
      return this.place(plane, fresh);
    });
    return packed(lists);
  }

  filled(tokens: number): void {
    this.length = tokens;
    this.coded = tokens;
  }

  /** After the attention of the newest token: the classes of the tokens that came since the last coding, positions ascending. */
  sort(layer: number, heads: readonly ClassLists[]): void {
    for (const [head, { low, high }] of heads.entries()) {
      const plane = this.planes[layer * this.kvHeads + head];
      plane.low.push(...low);
      plane.high.push(...high);
    }
    this.isDue = true;
  }

  /** First token that has no class yet. */
  get unsorted(): number {
    return this.coded;
  }

  append(fresh: number): PlaneOps {
    const t = this.length++;
    this.firstChanged = t;
    const slot = entry(this.exact, this.exactAt++ % this.ring);
    let lists: [number, number][][] = this.planes.map(() => []);
    if (this.isDue) {
      this.isDue = false;
      this.firstChanged = 0;
      this.coded = t;
      this.bank = 1 - this.bank;
      lists = this.planes.map((plane) => {
        const sources = plane.slots.slice(0, t);
        return this.place(plane, (j) => sourceAt(sources[j]));
      });
    }
    for (const [i, plane] of this.planes.entries()) {
      plane.slots[t] = slot;
      lists[i].push([fresh, slot]);
    }
    return packed(lists);
  }

  /** Puts the rows of a plane into the present bank, in the order of their lists. */
  private place(plane: Plane, source: (j: number) => number): [number, number][] {
    const ops: [number, number][] = [];
    for (const [list, made] of [
      [plane.low, this.classes[this.bank][0]],
      [plane.high, this.classes[this.bank][1]],
    ] as const)
      for (const [slot, j] of list.entries()) ops.push([source(j), entry(made, slot)]);
    const order = [...plane.low, ...plane.high];
    for (const [i, [, to]] of ops.entries()) plane.slots[order[i]] = to;
    return ops;
  }

  /** Slot entries of tokens from .. to - 1: [tokens][planes]. */
  slots(from: number, to: number): Uint32Array<ArrayBuffer> {
    const out = new Uint32Array((to - from) * this.planes.length);
    for (const [i, { slots }] of this.planes.entries())
      for (let t = from; t < to; t++) out[(t - from) * this.planes.length + i] = slots[t];
    return out;
  }

  /** Rows by class; the same in every layer and head. Rows that are coded with the next token count as coded. */
  census(): Census {
    const { low, high } = this.planes[0];
    const rows = [low.length, high.length];
    const coded = this.classes[this.bank].map((made, i) => ({ class: made, rows: rows[i] }));
    return { coded, exact: this.length - low.length - high.length, originals: 0 };
  }
}

const entry = (c: CacheClass, slot: number): number => slotEntry(c.index, slot);

/** All planes have as many ops as the first. */
function packed(lists: readonly (readonly [number, number])[][]): PlaneOps {
  const each = lists[0].length;
  return { each, words: Uint32Array.from(lists.flat(2)) };
}
