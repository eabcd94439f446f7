import type { Scorer } from '../evict';
import { capParam } from '../evict-params';
import { kernelParam, poolParam, windowAttention, windowParam, windowScores } from '../window-scores';

const scorer: Scorer = {
  id: 'snapkv',
  title: 'What the end of the prompt looks at',
  text: 'The last prompt queries vote, per KV head, for the earlier tokens that stay; votes are pooled so that neighbours stay together.',
  formula: 'score_j = pool(sum over the last w queries i and the query heads of the group of a_ij)',
  source: 'https://arxiv.org/abs/2404.14469',
  params: [
    capParam(1024),
    windowParam(32),
    kernelParam(7),
    poolParam('max'),
    {
      key: 'heads',
      title: 'Decide per',
      text:
        'kv: query heads that share a KV head decide together. query: each for itself, as in the original, so keys and values are ' +
        'kept once per query head, even where all tokens stay.',
      unit: '',
      default: 'kv',
      choices: ['kv', 'query'],
    },
  ],
  acts: () => ({ at: 'prompt' }),
  needs: (settings) => ({ attention: windowAttention(settings) }),
  byQuery: ({ heads }) => heads === 'query',
  plan: (_, { cap, window }) => ({ keep: Number(cap), first: 0, last: Number(window) }),
  score: windowScores,
};

export default scorer;
