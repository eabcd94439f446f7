import type { Scorer } from '../evict';
import { allRows } from '../evict';
import { recentParam } from '../evict-params';

const scorer: Scorer = {
  id: 'h2o',
  title: 'Heavy hitters',
  text:
    'Attention is summed per key over everything read so far; the keys with the largest sums stay, beside the newest ' +
    'tokens, each KV head for itself.',
  formula: 'score_j = sum over all queries i so far of a_ij',
  source: 'https://arxiv.org/abs/2306.14048',
  params: [
    {
      key: 'heavy',
      title: 'Heavy hitters',
      text: 'So many older tokens stay, those with the largest attention sums.',
      unit: 'tokens',
      default: 4,
      min: 0,
      max: 100_000,
      step: 1,
    },
    recentParam(512),
  ],
  acts: () => ({ at: 'steps', every: 1 }),
  needs: () => ({ attention: { heads: 'kv', prompt: allRows, decode: 'add' } }),
  plan: (_, { heavy, recent }) => ({ keep: Number(heavy) + Number(recent), first: 0, last: Number(recent) }),
  score: ({ sums = [] }) => [...sums],
};

export default scorer;
