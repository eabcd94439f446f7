import { KvError } from '../errors';
import type { Layout } from './codec';
import type { Side } from './config';
import { groupSize, isExact } from './config';
import { codecOf, codecs } from './registry';

/** Most classes of one lane and side: the width of a slot entry's class field. */
export const CLASSES = 16;
export const CLASS_WORDS = 8;
const SYMMETRIC = 1;
const ALONG_TOKEN = 2;
const TRANSFORMED = 4;

/** One class: a codec with its parameters and a place for `capacity` rows of every KV head, in words of one layer's buffers. */
export interface CacheClass {
  index: number;
  side: Side;
  layout: Layout;
  capacity: number;
  codeBase: number;
  scaleBase: number;
  /** Slots handed out so far; they are given out in order and never return (exact classes reuse theirs). */
  used: number;
}

/** Words that `rows` rows of all KV heads take. */
export function classWords(layout: Layout, rows: number, kvHeads: number): { codes: number; scales: number } {
  return {
    codes: rows * kvHeads * layout.codeWords,
    scales: Math.ceil(rows / layout.blockTokens) * kvHeads * layout.scaleWords,
  };
}

export const layoutOf = (side: Side, headDim: number): Layout => codecOf(side.codec).layout(side, headDim);

/** Rows a class must have room for: whole blocks. */
export const roundUp = (rows: number, layout: Pick<Layout, 'blockTokens'>): number =>
  Math.ceil(rows / layout.blockTokens) * layout.blockTokens;

export const tooManyClasses = (): KvError =>
  new KvError(
    'bad-config',
    'This lane has changed its bits too often for one run.',
    `A cache holds rows of at most ${CLASSES} kinds at once.`,
    'Apply the next change to the whole cache, or rewind.',
  );

/** The classes of one lane and side, placed one behind the other from (codeBase, scaleBase). */
export class Arena {
  readonly classes: CacheClass[] = [];
  private codeAt: number;
  private scaleAt: number;

  constructor(
    readonly codeBase: number,
    readonly scaleBase: number,
    readonly kvHeads: number,
    readonly headDim: number,
  ) {
    this.codeAt = codeBase;
    this.scaleAt = scaleBase;
  }

  private codeRoom = 0;
  private scaleRoom = 0;

  /** Words this arena owns: what was placed first, or the room that was reserved behind it. */
  get codeWords(): number {
    return Math.max(this.codeAt - this.codeBase, this.codeRoom);
  }
  get scaleWords(): number {
    return Math.max(this.scaleAt - this.scaleBase, this.scaleRoom);
  }

  /** Room for later classes behind those placed so far. */
  reserve(words: { codes: number; scales: number }): void {
    this.codeRoom = this.codeAt - this.codeBase + words.codes;
    this.scaleRoom = this.scaleAt - this.scaleBase + words.scales;
  }

  add(side: Side, rows: number): CacheClass {
    if (this.classes.length === CLASSES) throw tooManyClasses();
    const layout = layoutOf(side, this.headDim);
    const capacity = roundUp(rows, layout);
    const words = classWords(layout, capacity, this.kvHeads);
    const made: CacheClass = {
      index: this.classes.length,
      side,
      layout,
      capacity,
      codeBase: this.codeAt,
      scaleBase: this.scaleAt,
      used: 0,
    };
    this.codeAt += words.codes;
    this.scaleAt += words.scales;
    this.classes.push(made);
    return made;
  }

  /** Gives back what the newest class has not used. */
  close(last: CacheClass): void {
    last.capacity = roundUp(last.used, last.layout);
    const words = classWords(last.layout, last.capacity, this.kvHeads);
    this.codeAt = last.codeBase + words.codes;
    this.scaleAt = last.scaleBase + words.scales;
  }

  /** Forgets all classes after the first `keep`. */
  truncate(keep: number): void {
    const next = this.classes[keep];
    if (!next) return;
    this.codeAt = next.codeBase;
    this.scaleAt = next.scaleBase;
    this.classes.length = keep;
  }

  /** Class table rows as the shaders read them: [CLASSES][CLASS_WORDS]. */
  table(): Uint32Array<ArrayBuffer> {
    const out = new Uint32Array(CLASSES * CLASS_WORDS);
    for (const c of this.classes) {
      const flags =
        (c.side.scheme === 'sym' ? SYMMETRIC : 0) |
        (c.layout.blockTokens > 1 ? ALONG_TOKEN : 0) |
        (c.side.transforms.length > 0 && !isExact(c.side) ? TRANSFORMED : 0);
      out.set(
        [
          codecs.findIndex((codec) => codec.id === c.side.codec),
          c.side.bits,
          groupSize(c.side, this.headDim),
          flags,
          c.codeBase,
          c.layout.codeWords,
          c.scaleBase,
          c.layout.scaleWords,
        ],
        c.index * CLASS_WORDS,
      );
    }
    return out;
  }
}
