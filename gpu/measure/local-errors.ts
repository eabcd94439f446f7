import type { Frame } from '../run-types';
import { HEAD_MEASURES } from '../run-types';

/** What one lane's cache does in each layer alone, over the measured steps. */
export interface LocalError {
  /** Mean total variation of each head's attention to the shadow's, [L][H]. */
  tv: number[][];
  /** Relative L2 error of the values that each head has mixed, [L][H]. */
  heads: number[][];
  /** Relative L2 error of the attention block's output, behind its projection, [L]. */
  block: number[];
}

const TV = HEAD_MEASURES.indexOf('tv');

/**
 * Adds up an isolated run's errors as its frames come. A relative error is sqrt(sum of squared distances / sum of the shadow's
 * squares), both over all steps: a step on which a head mixes next to nothing counts for as little as it does to the model.
 */
export class LocalErrors {
  private sums = new Float64Array(0);
  private tv = new Float64Array(0);
  private steps = 0;

  constructor(
    private readonly layers: number,
    private readonly heads: number,
  ) {}

  take({ local, heads }: Pick<Frame, 'local' | 'heads'>): void {
    if (!local) return;
    if (this.steps++ === 0) {
      this.sums = new Float64Array(local.length);
      this.tv = new Float64Array(heads.length / HEAD_MEASURES.length);
    }
    for (let i = 0; i < local.length; i++) this.sums[i] += local[i];
    for (let i = 0; i < this.tv.length; i++) this.tv[i] += heads[i * HEAD_MEASURES.length + TV];
  }

  /** Of a lane, counted from 0 without the shadow. Zeros before the first measured step. */
  of(lane: number): LocalError {
    const { layers, heads, sums, tv, steps } = this;
    const lanes = tv.length / (layers * heads);
    const error = (l: number, part: number) => {
      const at = ((l * lanes + lane) * (heads + 1) + part) * 2;
      return sums[at + 1] > 0 ? Math.sqrt(sums[at] / sums[at + 1]) : 0;
    };
    const table = (value: (l: number, h: number) => number) =>
      Array.from({ length: layers }, (_, l) => Array.from({ length: heads }, (_, h) => value(l, h)));
    return {
      tv: table((l, h) => (steps > 0 ? tv[(l * lanes + lane) * heads + h] / steps : 0)),
      heads: table(error),
      block: Array.from({ length: layers }, (_, l) => error(l, heads)),
    };
  }
}
