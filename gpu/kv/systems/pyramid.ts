import evictor from '../evict/pyramid';
import { evictionSystem } from '../eviction-system';

export default evictionSystem(evictor, 'PyramidKV', {
  paper: 'https://arxiv.org/abs/2406.02069',
  code: 'https://github.com/NVIDIA/kvpress',
  licence: 'Apache-2.0',
  fidelity: {
    approximate:
      'rows leave per KV head, as in kvpress; the code of its authors repeats keys and values for every query head, and decides for each',
  },
  published: [
    { what: 'needle in a haystack, full cache .997', numbers: '.895', source: 'TurboQuant paper, not verified' },
  ],
});
