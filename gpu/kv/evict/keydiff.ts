import type { Scorer } from '../evict';
import { capOf } from '../evict';
import { capParam, RATIO } from '../evict-params';
import { dot, headRow, length, perHead } from '../head-rows';

const scorer: Scorer = {
  id: 'keydiff',
  title: 'Unlike keys stay',
  text:
    'Keys that point where most others do are redundant: those least like the mean direction of their KV head stay. No attention ' +
    'is looked at.',
  formula: 'score_j = -cos(k_j, mean over i of k_i / |k_i|)',
  source: 'https://arxiv.org/abs/2504.15364',
  params: [capParam(0), RATIO],
  acts: () => ({ at: 'prompt' }),
  needs: () => ({ keys: true }),
  plan: ({ tokens }, settings) => ({ keep: capOf(settings, tokens), first: 0, last: 0 }),
  score(cached) {
    const { headDim, kvHeads, held } = cached;
    const means = Array.from({ length: kvHeads }, (_, head) => {
      const mean = new Float64Array(headDim);
      for (let row = 0; row < held[head].length; row++) {
        const key = headRow(cached, 'keys', row, head);
        const size = length(key);
        for (let i = 0; i < headDim; i++) mean[i] += key[i] / (size || 1);
      }
      return mean;
    });
    return perHead(cached, (row, head) => {
      const key = headRow(cached, 'keys', row, head);
      return -dot(key, means[head]) / (length(key) * length(means[head]) || 1);
    });
  },
};

export default scorer;
