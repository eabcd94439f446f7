import evictor from '../evict/expected';
import { evictionSystem } from '../eviction-system';

export default evictionSystem(evictor, 'Expected attention', {
  paper: 'https://arxiv.org/abs/2510.00636',
  code: 'https://github.com/NVIDIA/kvpress',
  licence: 'Apache-2.0',
  fidelity: 'exact',
  published: [],
});
