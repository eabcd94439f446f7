import type { Scorer } from '../evict';
import { capOf, lastRows } from '../evict';
import { capParam, RATIO } from '../evict-params';

const scorer: Scorer = {
  id: 'tova',
  title: 'What the last query looks at',
  text:
    'The tokens that the last query attends to most, averaged over all heads of the layer, stay in all of them; the last token itself ' +
    'always does.',
  formula: 'score_j = mean over heads of a_ij, i = last query',
  source: 'https://arxiv.org/abs/2401.06104',
  params: [capParam(0), RATIO],
  acts: () => ({ at: 'prompt' }),
  needs: () => ({ attention: { heads: 'kv', prompt: (tokens) => lastRows(tokens, 1), decode: 'ignore' } }),
  plan: ({ tokens }, settings) => ({ keep: capOf(settings, tokens), first: 0, last: 1 }),
  score: ({ sums = [], held }) => [
    Float64Array.from(held[0], (_, row) => sums.reduce((sum, head) => sum + head[row], 0) / sums.length),
  ],
};

export default scorer;
