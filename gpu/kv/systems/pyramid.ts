import evictor from '../evict/pyramid';
import { evictionSystem } from '../eviction-system';

export default evictionSystem(evictor, 'PyramidKV', {
  paper: 'https://arxiv.org/abs/2406.02069',
  code: 'https://github.com/Zefan-Cai/KVCache-Factory',
  licence: 'MIT',
  fidelity: 'exact',
  published: [
    { what: 'needle in a haystack, full cache .997', numbers: '.895', source: 'TurboQuant paper, not verified' },
  ],
});
