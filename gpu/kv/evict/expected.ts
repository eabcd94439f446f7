import type { Cached, Scorer, Settings } from '../evict';
import { capOf } from '../evict';
import { capParam, RATIO, sinksParam } from '../evict-params';
import { dot, headRow, length, perHead } from '../head-rows';

/** Mean [D] and covariance [D, D] (null when not asked for) of one query head, carried to the positions that come next. */
interface Queries {
  mean: Float64Array;
  covariance: Float64Array | null;
}

const switchParam = (key: string, title: string, text: string) =>
  ({ key, title, text, unit: '', default: 'on', choices: ['on', 'off'] }) as const;

const scorer: Scorer = {
  id: 'expected',
  title: 'What future queries should look at',
  text:
    'Prompt queries, taken as normally distributed and rotated to the positions to come, give the attention that each key can ' +
    'expect; it is weighted with the length of the value, and averaged over the query heads of a KV head.',
  formula:
    "score_j = |v_j| softmax_j(k_j' m / sqrt(D) + k_j' S k_j / (2 D)), m and S of queries under the mean RoPE ahead",
  source: 'https://github.com/NVIDIA/kvpress',
  params: [
    capParam(0),
    RATIO,
    sinksParam(4),
    {
      key: 'future',
      title: 'Positions ahead',
      text: 'Queries are expected over so many positions after the prompt.',
      unit: 'tokens',
      default: 512,
      min: 1,
      max: 8192,
      step: 1,
    },
    switchParam('cov', 'Covariance', 'Counts how far queries spread around their mean.'),
    switchParam('vnorm', 'Value length', 'Weights expected attention with the length of the value.'),
  ],
  acts: () => ({ at: 'prompt' }),
  needs: () => ({ keys: true, values: true, queries: true }),
  plan: ({ tokens }, settings) => ({ keep: capOf(settings, tokens), first: Number(settings.sinks), last: 0 }),
  score(cached, settings) {
    const { heads, kvHeads } = cached;
    const group = heads / kvHeads;
    const sums = cached.held.map((rows) => new Float64Array(rows.length));
    for (let head = 0; head < heads; head++) {
      const kvHead = Math.floor(head / group);
      const ahead = queriesAhead(cached, head, settings);
      const expected = expectedAttention(cached, kvHead, ahead, Number(settings.sinks));
      for (let row = 0; row < expected.length; row++) sums[kvHead][row] += expected[row] / group;
    }
    const weight = (row: number, head: number) =>
      settings.vnorm === 'on' ? length(headRow(cached, 'values', row, head)) : 1;
    return perHead(cached, (row, head) => sums[head][row] * weight(row, head));
  },
};

/** Statistics of a query head's prompt rows after the sinks, under RoPE averaged over the positions ahead. */
function queriesAhead({ queries, heads, headDim, tokens, frequency }: Cached, head: number, s: Settings): Queries {
  const rows: Float32Array[] = [];
  for (let token = Number(s.sinks); token < tokens; token++) {
    const at = (token * heads + head) * headDim;
    rows.push(queries!.subarray(at, at + headDim));
  }
  const mean = new Float64Array(headDim);
  for (const row of rows) for (let i = 0; i < headDim; i++) mean[i] += row[i] / rows.length;
  const turn = meanRotation(frequency!, tokens, Number(s.future));
  if (s.cov !== 'on') return { mean: turn(mean), covariance: null };
  const covariance = new Float64Array(headDim * headDim);
  for (const row of rows) {
    for (let i = 0; i < headDim; i++) {
      const scaled = (row[i] - mean[i]) / rows.length;
      for (let j = 0; j < headDim; j++) covariance[i * headDim + j] += scaled * (row[j] - mean[j]);
    }
  }
  return { mean: turn(mean), covariance: turnBoth(covariance, headDim, turn) };
}

/** RoPE of a row, averaged over positions first .. first + count - 1; channels i and i + D/2 turn together. */
function meanRotation(frequency: ArrayLike<number>, first: number, count: number) {
  const half = frequency.length;
  const cos = new Float64Array(half);
  const sin = new Float64Array(half);
  for (let position = first; position < first + count; position++) {
    for (let i = 0; i < half; i++) {
      cos[i] += Math.cos(position * frequency[i]) / count;
      sin[i] += Math.sin(position * frequency[i]) / count;
    }
  }
  return (x: ArrayLike<number>) =>
    Float64Array.from({ length: 2 * half }, (_, i) =>
      i < half ? cos[i] * x[i] - sin[i] * x[i + half] : cos[i - half] * x[i] + sin[i - half] * x[i - half],
    );
}

/** R S R' for the linear map `turn` = R. */
function turnBoth(matrix: Float64Array, size: number, turn: (x: ArrayLike<number>) => Float64Array): Float64Array {
  const transposed = (x: Float64Array) => Float64Array.from(x, (_, i) => x[(i % size) * size + Math.floor(i / size)]);
  const turned = (x: Float64Array) => {
    const out = new Float64Array(x.length);
    for (let row = 0; row < size; row++) out.set(turn(x.subarray(row * size, (row + 1) * size)), row * size);
    return out;
  };
  return turned(transposed(turned(matrix)));
}

/** Softmax over the rows after the sinks; the sinks get 0. */
function expectedAttention(cached: Cached, kvHead: number, { mean, covariance }: Queries, sinks: number): Float64Array {
  const { headDim, held } = cached;
  const scores = new Float64Array(held[kvHead].length).fill(Number.NEGATIVE_INFINITY);
  for (let row = sinks; row < scores.length; row++) {
    const key = headRow(cached, 'keys', row, kvHead);
    scores[row] = dot(key, mean) / Math.sqrt(headDim);
    if (!covariance) continue;
    let spread = 0;
    for (let i = 0; i < headDim; i++) {
      spread += key[i] * dot(covariance.subarray(i * headDim, (i + 1) * headDim), key);
    }
    scores[row] += spread / (2 * headDim);
  }
  const max = scores.reduce((top, score) => Math.max(top, score), Number.NEGATIVE_INFINITY);
  const weights = scores.map((score) => Math.exp(score - max));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

export default scorer;
