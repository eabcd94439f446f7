import evictor from '../evict/keydiff';
import { evictionSystem } from '../eviction-system';

export default evictionSystem(evictor, 'KeyDiff', {
  paper: 'https://arxiv.org/abs/2504.15364',
  code: 'https://github.com/NVIDIA/kvpress',
  licence: 'Apache-2.0',
  fidelity: 'exact',
  published: [],
});
