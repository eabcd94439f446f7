import { blockLength, blockMeans, bootstrapMean, differences } from './bootstrap';
import type { Interval } from './interval';
import { excludes } from './interval';
import type { SignTest } from './sign-test';
import { signTest } from './sign-test';

/** Two lanes on the same steps, FP16 before both. */
export interface Paired {
  /** Steps on which both have a KL. */
  steps: number;
  /** Steps on which the first has the smaller KL. */
  wins: number;
  /** Mean of KL(first) - KL(second), nats; null for too few steps. */
  mean: Interval | null;
  /** On means of blocks of neighbouring steps, which are nearly independent. */
  sign: SignTest;
  /** The lane that is nearer to FP16 when both the interval and the sign test say so; null = no finding. */
  nearer: 'first' | 'second' | null;
}

const ALPHA = 0.05;
/** With fewer blocks even a unanimous sign test stays above ALPHA. */
const FEWEST_BLOCKS = 6;

/** Compares the KL of two lanes step by step. Both tests must agree: a few large steps alone make no finding, and no majority alone. */
export function compareSteps(first: ArrayLike<number>, second: ArrayLike<number>): Paired {
  const gaps = differences(first, second);
  const block = blockLength(gaps.length);
  const blocks = blockMeans(gaps, block);
  const mean = blocks.length < FEWEST_BLOCKS ? null : bootstrapMean(gaps, { block });
  const sign = signTest(blocks);
  const isFound = mean !== null && excludes(mean) && sign.p < ALPHA;
  const nearer = !isFound ? null : mean.value < 0 ? 'first' : 'second';
  return { steps: gaps.length, wins: gaps.filter((gap) => gap < 0).length, mean, sign, nearer };
}
