import type { Scorer } from '../evict';
import { capParam } from '../evict-params';
import { kernelParam, poolParam, windowAttention, windowParam, windowScores } from '../window-scores';

const scorer: Scorer = {
  id: 'adakv',
  title: 'Heads share the room of a layer',
  text:
    "SnapKV's votes, compared over all heads of a layer: heads that look at few tokens give room to heads that look at many. Each " +
    'head is sure of a part of its share.',
  source: 'https://arxiv.org/abs/2407.11550',
  params: [
    capParam(1024),
    windowParam(32),
    kernelParam(7),
    poolParam('max'),
    {
      key: 'alpha',
      title: 'Safeguard',
      text: 'The part of its even share that each head keeps in any case.',
      unit: '',
      default: 0.2,
      min: 0,
      max: 1,
      step: 0.05,
    },
  ],
  acts: () => ({ at: 'prompt' }),
  needs: (settings) => ({ attention: windowAttention(settings) }),
  plan: (_, { cap, window, alpha }) => ({
    keep: Number(cap),
    first: 0,
    last: Number(window),
    shared: { least: Math.floor(Number(cap) * Number(alpha)) },
  }),
  score: windowScores,
};

export default scorer;
