import type { ModelConfig } from '../model/config';
import type { CacheConfig } from './config';
import type { Needs } from './evict';
import type { ClassLists } from './mix-plan';
import type { Probes } from './saliency';
import { bySaliency, drawProbes, recompresses, saliency, splitClasses, splitNewest } from './saliency';
import { seededRandom } from './seeded-random';

/** Shares of the prompt whose queries are probes: its end, and what is drawn from before (ZipCache). */
const PROBED = { recentShare: 0.05, randomShare: 0.05 };

/** One lane's token classes at work (ZipCache): which tokens of each layer and KV head get few bits. */
export class LaneMix {
  private readonly mix: NonNullable<CacheConfig['mix']>;
  private readonly probes: Probes;

  constructor(
    readonly lane: number,
    { mix }: CacheConfig,
    private readonly model: ModelConfig,
    private readonly cap: number,
    prompt: number,
    seed: number,
  ) {
    this.mix = mix as NonNullable<CacheConfig['mix']>;
    const random = seededRandom(seed + this.mix.seed + 1);
    this.probes = drawProbes(prompt, { probes: this.mix.probes, ...PROBED }, random);
  }

  get needs(): Needs {
    return { attention: { heads: 'kv', prompt: () => this.probes.weights, decode: 'replace' } };
  }

  actsAfter(step: number): boolean {
    return recompresses(step, this.mix.gap);
  }

  /** Classes of the prompt's rows in one layer; sums [KV heads][cap]. */
  sortPrompt(sums: Float32Array, tokens: number): ClassLists[] {
    return this.eachHead(sums, tokens, (row) => {
      const scores = saliency(row, this.probes, this.mix.norm);
      return this.ordered(splitClasses(scores, this.mix.ratio), scores);
    });
  }

  /** Classes of the newest `gap` tokens, from the row of the query that has just been answered. Positions count from 0. */
  sortNewest(sums: Float32Array, tokens: number): ClassLists[] {
    const first = tokens - this.mix.gap;
    return this.eachHead(sums, tokens, (row) => {
      const { low, high } = splitNewest(row, this.mix.gap, this.mix.ratio);
      const scores = Array.from(row).slice(first);
      const lists = this.ordered({ low, high }, scores);
      const shift = (list: readonly number[]) => list.map((i) => first + i);
      return { low: shift(lists.low), high: shift(lists.high) };
    });
  }

  private ordered(lists: { low: number[]; high: number[] }, scores: ArrayLike<number>): ClassLists {
    if (this.mix.order === 'position') return lists;
    const order = bySaliency(scores);
    const place = (list: number[]) => [...list].sort((a, b) => order.indexOf(a) - order.indexOf(b));
    return { low: place(lists.low), high: place(lists.high) };
  }

  private eachHead(sums: Float32Array, tokens: number, work: (row: Float32Array) => ClassLists): ClassLists[] {
    return Array.from({ length: this.model.kvHeads }, (_, h) =>
      work(sums.subarray(h * this.cap, h * this.cap + tokens)),
    );
  }
}
