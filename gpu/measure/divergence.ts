/** How two rows of logits differ: the shadow's (base) and a lane's, over the same vocabulary. All f64, natural logarithms. */
export interface Divergence {
  /** KL(p_base || p_lane) in nats; never negative, exactly 0 for equal rows. */
  kl: number;
  /** -ln p_lane(next) and -ln p_base(next); NaN without a next token. */
  nll: number;
  nllBase: number;
  /** p_lane(next) - p_base(next); NaN without a next token. */
  dp: number;
  sameTop: boolean;
  /** Most likely tokens, the lowest id on a tie. */
  best: number;
  bestBase: number;
}

/** ln sum exp of a row of logits. */
export function logSumExp(logits: ArrayLike<number>): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logits.length; i++) if (logits[i] > max) max = logits[i];
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += Math.exp(logits[i] - max);
  return max + Math.log(sum);
}

/** Index of the largest value, the lowest on a tie. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/**
 * KL(p || q) in nats as sum of p (expm1(-d) + d), d = ln p - ln q: each term is >= 0 and 0 at d = 0, so nothing cancels
 * (adding sum q - sum p = 0 to the textbook sum). For large d the same term is written q - p + p d, which cannot overflow.
 */
export function klDivergence(base: ArrayLike<number>, lane: ArrayLike<number>): number {
  const [lseBase, lseLane] = [logSumExp(base), logSumExp(lane)];
  let sum = 0;
  for (let i = 0; i < base.length; i++) {
    const [lp, lq] = [base[i] - lseBase, lane[i] - lseLane];
    const [p, d] = [Math.exp(lp), lp - lq];
    if (p === 0) sum += Math.exp(lq);
    else sum += Math.abs(d) < 1 ? p * (Math.expm1(-d) + d) : Math.exp(lq) - p + p * d;
  }
  return sum;
}

/** Everything of one step; `next` is the token that follows, when there is one. */
export function diverge(base: ArrayLike<number>, lane: ArrayLike<number>, next?: number): Divergence {
  const [best, bestBase] = [argmax(lane), argmax(base)];
  const kl = klDivergence(base, lane);
  if (next === undefined)
    return { kl, nll: Number.NaN, nllBase: Number.NaN, dp: Number.NaN, sameTop: best === bestBase, best, bestBase };
  const nll = logSumExp(lane) - lane[next];
  const nllBase = logSumExp(base) - base[next];
  return { kl, nll, nllBase, dp: Math.exp(-nll) - Math.exp(-nllBase), sameTop: best === bestBase, best, bestBase };
}
