import type { Cached, Scorer } from '../evict';
import { capOf } from '../evict';
import { capParam, RATIO, sinksParam } from '../evict-params';
import { headRow } from '../head-rows';

/** Where the last whole block before the newest one ends. */
const scoredEnd = (tokens: number, sinks: number, lag: number) =>
  sinks + (Math.floor((tokens - sinks) / lag) - 1) * lag;

const scorer: Scorer = {
  id: 'lagkv',
  title: 'Compared with the block that follows',
  text:
    'The prompt is cut into blocks. A row is scaled by the range of each channel in the next block; rows that spread most over their ' +
    'channels rank highest in their block. First tokens and last block stay. Each KV head decides for itself, and no attention is looked at.',
  formula:
    'u = (x - min_next) / (max_next - min_next) per channel; score = rank in the block of softmax(std u), keys and values averaged',
  source: 'https://arxiv.org/abs/2504.04704',
  params: [
    capParam(0),
    RATIO,
    sinksParam(4),
    {
      key: 'lag',
      title: 'Block',
      text: 'Tokens of a block; nothing leaves while the prompt has less than two of them beside the first tokens.',
      unit: 'tokens',
      default: 128,
      min: 2,
      max: 4096,
      step: 1,
    },
  ],
  acts: () => ({ at: 'prompt' }),
  needs: () => ({ keys: true, values: true }),
  plan({ tokens }, settings) {
    const [sinks, lag] = [Number(settings.sinks), Number(settings.lag)];
    if (tokens < sinks + 2 * lag) return null;
    return { keep: capOf(settings, tokens), first: sinks, last: tokens - scoredEnd(tokens, sinks, lag) };
  },
  score(cached, { sinks, lag }) {
    return cached.held.map((held, head) => {
      const scores = new Float64Array(held.length).fill(1);
      const end = scoredEnd(held.length, Number(sinks), Number(lag));
      for (let from = Number(sinks); from < end; from += Number(lag)) {
        const keys = spread(cached, 'keys', head, from, Number(lag));
        const values = spread(cached, 'values', head, from, Number(lag));
        const means = keys.map((key, row) => (key + values[row]) / 2);
        const order = means.map((_, row) => row).sort((a, b) => means[a] - means[b] || a - b);
        order.forEach((row, rank) => {
          scores[from + row] = rank / Number(lag);
        });
      }
      return scores;
    });
  },
};

/** softmax over the block from row `from` of the standard deviation (n - 1) of each row, scaled by the next block's ranges. */
function spread(cached: Cached, side: 'keys' | 'values', head: number, from: number, lag: number): number[] {
  const { headDim } = cached;
  const low = new Float64Array(headDim).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(headDim).fill(Number.NEGATIVE_INFINITY);
  for (let row = from + lag; row < from + 2 * lag; row++) {
    headRow(cached, side, row, head).forEach((x, i) => {
      low[i] = Math.min(low[i], x);
      high[i] = Math.max(high[i], x);
    });
  }
  const deviations = Array.from({ length: lag }, (_, row) => {
    const scaled = Array.from(
      headRow(cached, side, from + row, head),
      (x, i) => (x - low[i]) / (high[i] - low[i] || 1),
    );
    const mean = scaled.reduce((sum, x) => sum + x, 0) / headDim;
    return Math.sqrt(scaled.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (headDim - 1));
  });
  const top = Math.max(...deviations);
  const weights = deviations.map((deviation) => Math.exp(deviation - top));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

export default scorer;
