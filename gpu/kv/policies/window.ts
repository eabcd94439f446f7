import type { CacheConfig } from '../config';
import type { Policy } from '../policy';

/** `self: fp16` is a window of one: the current token is exact to itself. */
const width = ({ keep, self }: CacheConfig) => Math.max(keep.window, self === 'fp16' ? 1 : 0);

const policy: Policy = {
  id: 'window',
  title: 'Sinks and recent tokens exact',
  text: 'The first tokens (attention sinks) and the newest ones stay in FP16; a row is coded when it leaves the window.',
  source: 'https://arxiv.org/abs/2309.17453',
  params: [],
  applies: ({ keep, self }) => keep.sinks > 0 || keep.window > 0 || self === 'fp16',
  sealTime: (j, config) => (j < config.keep.sinks ? Number.POSITIVE_INFINITY : j + width(config)),
  exactRows: (config) => config.keep.sinks + width(config),
};

export default policy;
