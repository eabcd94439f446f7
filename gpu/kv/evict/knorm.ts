import type { Scorer } from '../evict';
import { capOf } from '../evict';
import { capParam, RATIO } from '../evict-params';
import { headRow, length, perHead } from '../head-rows';

const scorer: Scorer = {
  id: 'knorm',
  title: 'Small keys stay',
  text: 'Keys of small length tend to be the attended ones: the shortest of each KV head stay. No attention is looked at.',
  formula: 'score_j = -|k_j|',
  source: 'https://arxiv.org/abs/2406.11430',
  params: [capParam(0), RATIO],
  acts: () => ({ at: 'prompt' }),
  needs: () => ({ keys: true }),
  plan: ({ tokens }, settings) => ({ keep: capOf(settings, tokens), first: 0, last: 0 }),
  score: (cached) => perHead(cached, (row, head) => -length(headRow(cached, 'keys', row, head))),
};

export default scorer;
