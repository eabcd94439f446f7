import evictor from '../evict/knorm';
import { evictionSystem } from '../eviction-system';

export default evictionSystem(evictor, 'Key norm', {
  paper: 'https://arxiv.org/abs/2406.11430',
  code: 'https://github.com/NVIDIA/kvpress',
  licence: 'Apache-2.0',
  fidelity: 'exact',
  published: [],
});
