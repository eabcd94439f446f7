import type { Moments } from './percentile';
import { covariance, moments, percentile } from './percentile';

/** Per scored step of one lane, equal lengths. Steps whose KL, or whose next token, is not known hold NaN there and are passed over. */
export interface StepSeries {
  kl: ArrayLike<number>;
  /** -ln p(next token) of the lane and of the shadow. */
  nll: ArrayLike<number>;
  nllBase: ArrayLike<number>;
  dp: ArrayLike<number>;
  sameTop: ArrayLike<boolean>;
}

const KL_LEVELS = {
  kl999: 0.999,
  kl99: 0.99,
  kl95: 0.95,
  kl90: 0.9,
  klMedian: 0.5,
  kl10: 0.1,
  kl5: 0.05,
  kl1: 0.01,
  kl01: 0.001,
};
const DP_LEVELS = {
  dp999: 0.999,
  dp99: 0.99,
  dp95: 0.95,
  dp90: 0.9,
  dp75: 0.75,
  dpMedian: 0.5,
  dp25: 0.25,
  dp10: 0.1,
  dp5: 0.05,
  dp1: 0.01,
  dp01: 0.001,
};

export type Summary = Record<
  | 'steps'
  | 'ppl'
  | 'pplErr'
  | 'pplBase'
  | 'pplBaseErr'
  | 'cor'
  | 'lnPplRatio'
  | 'lnPplRatioErr'
  | 'pplRatio'
  | 'pplRatioErr'
  | 'pplDiff'
  | 'pplDiffErr'
  | 'klMean'
  | 'klMeanErr'
  | 'klMax'
  | 'klMin'
  | keyof typeof KL_LEVELS
  | 'dpMean'
  | 'dpMeanErr'
  | 'dpRms'
  | 'dpRmsErr'
  | 'dpMax'
  | 'dpMin'
  | keyof typeof DP_LEVELS
  | 'sameTop'
  | 'sameTopErr',
  number
>;

/**
 * The table that `llama-perplexity --kl-divergence` prints, same formulas (llama.cpp tools/perplexity). KL in nats; delta p,
 * same top and correlation as shares (0..1), which llama.cpp prints in percent. `...Err` is one standard error.
 * Every number is finite: what is not defined (no steps, no spread) is 0.
 */
export function summarize(series: StepSeries): Summary {
  const scored = keep(series.kl, (i) => Number.isFinite(series.kl[i]));
  const followed = keep(series.kl, (i) =>
    [series.nll, series.nllBase, series.dp].every((values) => Number.isFinite(values[i])),
  );
  const table = {
    steps: scored.length,
    ...perplexity(pick(series.nll, followed), pick(series.nllBase, followed)),
    ...divergence(pick(series.kl, scored)),
    ...deltaP(pick(series.dp, followed)),
    ...agreement(scored.map((i) => (series.sameTop[i] ? 1 : 0))),
  };
  for (const key of Object.keys(table) as (keyof Summary)[]) if (!Number.isFinite(table[key])) table[key] = 0;
  return table;
}

const keep = (values: ArrayLike<number>, test: (i: number) => boolean): number[] =>
  Array.from(values, (_, i) => i).filter(test);
const pick = (values: ArrayLike<number>, at: number[]): Float64Array => Float64Array.from(at, (i) => values[i]);
const error = (of: Moments): number => Math.sqrt(of.variance);

function perplexity(nll: Float64Array, nllBase: Float64Array) {
  const [lane, base] = [moments(nll), moments(nllBase)];
  const shared = covariance(nll, nllBase);
  const [ppl, pplBase] = lane.n === 0 ? [0, 0] : [Math.exp(lane.mean), Math.exp(base.mean)];
  const lnPplRatio = lane.mean - base.mean;
  const lnPplRatioErr = Math.sqrt(Math.max(0, lane.variance + base.variance - 2 * shared));
  const pplRatio = lane.n === 0 ? 0 : Math.exp(lnPplRatio);
  const spread = ppl ** 2 * lane.variance + pplBase ** 2 * base.variance - 2 * ppl * pplBase * shared;
  const product = Math.sqrt(lane.variance * base.variance);
  return {
    ppl,
    pplErr: ppl * error(lane),
    pplBase,
    pplBaseErr: pplBase * error(base),
    cor: product === 0 ? 0 : shared / product,
    lnPplRatio,
    lnPplRatioErr,
    pplRatio,
    pplRatioErr: pplRatio * lnPplRatioErr,
    pplDiff: ppl - pplBase,
    pplDiffErr: Math.sqrt(Math.max(0, spread)),
  };
}

function divergence(kl: Float64Array) {
  const sorted = kl.toSorted();
  const of = moments(kl);
  return {
    klMean: of.mean,
    klMeanErr: error(of),
    klMax: percentile(sorted, 1),
    ...levels(sorted, KL_LEVELS),
    klMin: percentile(sorted, 0),
  };
}

function deltaP(dp: Float64Array) {
  const sorted = dp.toSorted();
  const of = moments(dp);
  const squares = moments(dp.map((x) => x * x));
  const dpRms = Math.sqrt(squares.mean);
  return {
    dpMean: of.mean,
    dpMeanErr: error(of),
    dpRms,
    dpRmsErr: dpRms === 0 ? 0 : (0.5 / dpRms) * error(squares),
    dpMax: percentile(sorted, 1),
    ...levels(sorted, DP_LEVELS),
    dpMin: percentile(sorted, 0),
  };
}

function agreement(same: number[]) {
  const share = moments(same).mean;
  return { sameTop: share, sameTopErr: same.length < 2 ? 0 : Math.sqrt((share * (1 - share)) / (same.length - 1)) };
}

function levels<K extends string>(sorted: Float64Array, at: Record<K, number>): Record<K, number> {
  const entries = Object.entries<number>(at).map(([name, p]) => [name, percentile(sorted, p)]);
  return Object.fromEntries(entries) as Record<K, number>;
}
