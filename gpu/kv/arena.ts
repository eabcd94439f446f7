import { KvError } from '../errors';
import type { Layout } from './codec';
import { scaleWordsOf } from './codec';
import type { Side } from './config';
import { groupSize, isExact, isPreRope, storedBits } from './config';
import { codecOf, codecs } from './registry';

/** Classes of one lane and side: the width of a slot entry's class field; the last number stands for no class (evicted). */
export const CLASSES = 15;
export const CLASS_ROWS = 16;
export const CLASS_WORDS = 12;
const SYMMETRIC = 1;
const ALONG_TOKEN = 2;
const TRANSFORMED = 4;
const UNROTATED = 8;
const ROW_TILE = 16;

/** A class in one layer: its codec with its parameters, and where its words begin. */
export interface LayerClass {
  side: Side;
  layout: Layout;
  codeBase: number;
  scaleBase: number;
  header: number;
}

/** One class: room for `capacity` rows of every KV head in every layer, in each copy. */
export interface CacheClass {
  index: number;
  capacity: number;
  layers: LayerClass[];
  /** First slot of the arena's own copy; those of copies before it stand before. */
  first: number;
  /** The next slot; they are given out in order, from `first` on, and never return (exact classes reuse theirs). */
  used: number;
  isTurned: boolean;
}

/** The side that a class has in each layer. */
export type SideOf = (layer: number) => Side;

/** Words that `rows` rows of all KV heads take. */
export function classWords(layout: Layout, rows: number, kvHeads: number): { codes: number; scales: number } {
  return {
    codes: rows * kvHeads * layout.codeWords,
    scales: (layout.headerWords ?? 0) + Math.ceil(rows / layout.blockTokens) * scaleWordsOf(layout, kvHeads),
  };
}

export const layoutOf = (side: Side, headDim: number, kvHeads = 1): Layout =>
  codecOf(side.codec).layout(side, headDim, kvHeads);

/** Rows a class must have room for: whole blocks. */
const roundUp = (rows: number, block: number): number => Math.ceil(rows / block) * block;

export const tooManyClasses = (): KvError =>
  new KvError(
    'bad-config',
    'This lane has changed its bits too often for one run.',
    `A cache holds rows of at most ${CLASSES} kinds at once.`,
    'Apply the next change to the whole cache, or rewind.',
  );

/** Where the words of one layer's buffers stand. */
export interface Place {
  codes: number;
  scales: number;
}

/** One of the `of` copies in which a lane keeps the rows of its KV heads; see `rowCopies`. */
export interface Copy {
  index: number;
  of: number;
}

/**
 * The classes of one lane and side, placed one behind the other in every layer's buffers, from `base` on. Copies of rows share their
 * classes: one copy's slots follow the other's, in whole blocks.
 */
export class Arena {
  readonly classes: CacheClass[] = [];
  private at: Place[];
  private room: Place = { codes: 0, scales: 0 };

  constructor(
    private readonly base: readonly Place[],
    readonly kvHeads: number,
    readonly headDim: number,
    private readonly copy: Copy = { index: 0, of: 1 },
  ) {
    this.at = base.map((place) => ({ ...place }));
  }

  get layers(): number {
    return this.base.length;
  }

  /** Words this arena owns in one layer: what was placed there, or the room that was reserved behind it. */
  words(layer: number): Place {
    const [at, base] = [this.at[layer], this.base[layer]];
    return {
      codes: Math.max(at.codes - base.codes, this.room.codes),
      scales: Math.max(at.scales - base.scales, this.room.scales),
    };
  }

  /** Room for later classes behind those placed so far. */
  reserve(words: Place): void {
    const most = (key: keyof Place) => Math.max(...this.at.map((at, l) => at[key] - this.base[l][key]));
    this.room = { codes: most('codes') + words.codes, scales: most('scales') + words.scales };
  }

  /** `isTurned`: read by the query of the lane's own basis though the rows themselves are exact. */
  add(sideOf: SideOf, rows: number, isTurned = false): CacheClass {
    if (this.classes.length === CLASSES) throw tooManyClasses();
    const sides = this.base.map((_, l) => sideOf(l));
    const layouts = sides.map((side) => layoutOf(side, this.headDim, this.kvHeads));
    const capacity = roundUp(rows, Math.max(...layouts.map((layout) => layout.blockTokens)));
    const layers = layouts.map((layout, l): LayerClass => {
      const { codes, scales } = this.at[l];
      const words = classWords(layout, capacity * this.copy.of, this.kvHeads);
      this.at[l] = { codes: codes + words.codes, scales: scales + words.scales };
      return { side: sides[l], layout, codeBase: codes, header: scales, scaleBase: scales + (layout.headerWords ?? 0) };
    });
    const first = capacity * this.copy.index;
    const made: CacheClass = { index: this.classes.length, capacity, layers, first, used: first, isTurned };
    this.classes.push(made);
    return made;
  }

  /** Gives back what the newest class has not used. */
  close(last: CacheClass): void {
    last.capacity = roundUp(last.used, Math.max(...last.layers.map(({ layout }) => layout.blockTokens)));
    for (const [l, { layout, codeBase, header }] of last.layers.entries()) {
      const words = classWords(layout, last.capacity, this.kvHeads);
      this.at[l] = { codes: codeBase + words.codes, scales: header + words.scales };
    }
  }

  /** Forgets all classes after the first `keep`. */
  truncate(keep: number): void {
    const next = this.classes[keep];
    if (!next) return;
    this.at = next.layers.map(({ codeBase, header }) => ({ codes: codeBase, scales: header }));
    this.classes.length = keep;
  }

  /** Class table rows of one layer as the shaders read them: [CLASS_ROWS][CLASS_WORDS]. */
  table(layer: number): Uint32Array<ArrayBuffer> {
    const out = new Uint32Array(CLASS_ROWS * CLASS_WORDS);
    for (const c of this.classes) out.set(this.words12(c.layers[layer], c.isTurned), c.index * CLASS_WORDS);
    return out;
  }

  private words12({ side, layout, codeBase, scaleBase, header }: LayerClass, isTurned: boolean): number[] {
    const flags =
      (side.scheme === 'sym' ? SYMMETRIC : 0) |
      (layout.blockTokens > 1 ? ALONG_TOKEN : 0) |
      (isTurned || (side.transforms.length > 0 && !isExact(side)) ? TRANSFORMED : 0) |
      (isPreRope(side) ? UNROTATED : 0) |
      (codecOf(side.codec).tile === 'row' ? ROW_TILE : 0);
    const [p0 = 0, p1 = 0, p2 = 0] = codecOf(side.codec).words?.(side, this.headDim) ?? [];
    return [
      codecs.findIndex((codec) => codec.id === side.codec),
      storedBits(side.bits),
      groupSize(side, this.headDim),
      flags,
      codeBase,
      layout.codeWords,
      scaleBase,
      layout.scaleWords,
      p0,
      p1,
      p2,
      header,
    ];
  }
}
