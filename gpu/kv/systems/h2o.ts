import evictor from '../evict/h2o';
import { evictionSystem } from '../eviction-system';

export default evictionSystem(evictor, 'H2O', {
  paper: 'https://arxiv.org/abs/2306.14048',
  code: 'https://github.com/FMInference/H2O',
  licence: 'none: written from the formulas',
  fidelity: {
    approximate:
      'the prompt attends to all of itself; rows leave from its end on; query heads that share a KV head decide together, by the sum of their attention, where the original knows no shared KV heads',
  },
  published: [
    {
      what: 'throughput with 20 % heavy hitters',
      numbers: 'up to 29 times DeepSpeed and Accelerate, 3 times FlexGen',
      source: 'abstract, not verified',
    },
  ],
  scaled: { text: '32 heavy hitters and 32 recent tokens, for short chats', values: { heavy: 32, recent: 32 } },
});
