import { KvError } from '../errors';
import type { CacheConfig, Side, SideName } from '../kv/config';
import { exactWindow, groupSize, isExact, sideAt } from '../kv/config';
import { roundF16 } from '../load/f16';
import { referenceCodec, referenceTransform } from './registry';

/**
 * Keys or values of one KV head, every row twice: as written (rounded to f16, as is with the f32 codec) and as it comes back
 * from the codec. Which of the two a query reads is the rule of `isExactFor`; encoders read the f16 row.
 */
export class SideCache {
  private readonly side: Side;
  private readonly sinks: number;
  private readonly window: number;
  private readonly block: number;
  private readonly written: Float32Array[] = [];
  private readonly coded: Float32Array[] = [];

  constructor(
    config: CacheConfig,
    name: SideName,
    private readonly headDim: number,
    layer = 0,
    layers = 1,
  ) {
    if (config.keep.windowRule !== 'slide')
      throw new KvError('internal', `The reference knows sliding windows only, not ${config.keep.windowRule}.`);
    this.side = sideAt(config, name, layer, layers);
    this.sinks = config.keep.sinks;
    this.window = exactWindow(config);
    this.block = this.side.along === 'token' ? groupSize(this.side, headDim) : 1;
  }

  /** Adds the row [D] of the next token. With `along: token` a block is coded when its last row arrives. */
  append(row: Float32Array): void {
    this.written.push(this.side.bits === 32 ? row.slice() : row.map(roundF16));
    const past = this.written.length - this.sinks;
    if (isExact(this.side) || past <= 0 || past % this.block !== 0) return;
    const first = this.written.length - this.block;
    const rows = new Float32Array(this.block * this.headDim);
    for (let t = 0; t < this.block; t++) rows.set(this.written[first + t], t * this.headDim);
    const back = this.throughCodec(rows);
    for (let t = 0; t < this.block; t++) {
      this.coded[first + t] = back.subarray(t * this.headDim, (t + 1) * this.headDim);
    }
  }

  /** All rows as written, [tokens][D]. */
  rows(): readonly Float32Array[] {
    return this.written;
  }

  private throughCodec(rows: Float32Array): Float32Array {
    const { headDim, side } = this;
    const chain = side.transforms.map(referenceTransform);
    const eachRow = (of: Float32Array, turn: (row: Float32Array) => void) => {
      for (let at = 0; at < of.length; at += headDim) turn(of.subarray(at, at + headDim));
    };
    for (const { forward } of chain) eachRow(rows, forward);
    const back = referenceCodec(side.codec).through(rows, { heads: 1, headDim }, side);
    for (const { inverse } of chain.toReversed()) eachRow(back, inverse);
    return back;
  }

  /**
   * Does the query of token i read row j as written? Yes for sinks and for rows newer than i - window (the window counts the
   * current token); with `along: token` for every row of a block whose last row is newer than that.
   */
  private isExactFor(i: number, j: number): boolean {
    if (isExact(this.side) || j < this.sinks) return true;
    const last = j + this.block - 1 - ((j - this.sinks) % this.block);
    return last > i - this.window;
  }

  /** Row j [D] as the query of token i reads it; `asWritten` is what prompt queries of a `prefill: fp16` lane see. */
  read(j: number, i: number, asWritten: boolean): Float32Array {
    return asWritten || this.isExactFor(i, j) ? this.written[j] : this.coded[j];
  }
}
