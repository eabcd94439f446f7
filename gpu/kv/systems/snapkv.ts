import evictor from '../evict/snapkv';
import { evictionSystem } from '../eviction-system';

export default evictionSystem(evictor, 'SnapKV', {
  paper: 'https://arxiv.org/abs/2404.14469',
  code: 'https://github.com/FasterDecoding/SnapKV',
  licence: 'Apache-2.0',
  fidelity: {
    approximate:
      'rows leave per KV head, scored by the sum over its query heads; the original repeats keys and values for every query head, as heads=query does',
  },
  published: [
    { what: 'needle in a haystack, full cache .997', numbers: '.858', source: 'TurboQuant paper, not verified' },
  ],
  scaled: { text: 'a capacity of 64 tokens and a window of 16, for short chats', values: { cap: 64, window: 16 } },
});
