import type { Scorer } from '../evict';
import { allRows, capOf } from '../evict';
import { capParam, RATIO } from '../evict-params';

const scorer: Scorer = {
  id: 'observed',
  title: 'Attention received, by age',
  text:
    'Each key is judged by the attention it got from the whole prompt, divided by the number of queries that could see it, ' +
    'each KV head for itself.',
  formula: 'score_j = sum over queries i of a_ij / (T - j)',
  source: 'https://github.com/NVIDIA/kvpress',
  params: [capParam(0), RATIO],
  acts: () => ({ at: 'prompt' }),
  needs: () => ({ attention: { heads: 'kv', prompt: allRows, decode: 'ignore' } }),
  plan: ({ tokens }, settings) => ({ keep: capOf(settings, tokens), first: 0, last: 0 }),
  score: ({ sums = [], held, tokens }) =>
    sums.map((columns, head) => Float64Array.from(columns, (sum, row) => sum / (tokens - held[head][row]))),
};

export default scorer;
