import { exactWindow } from '../config';
import type { Policy } from '../policy';

const policy: Policy = {
  id: 'window',
  title: 'Sinks and recent tokens exact',
  text: 'The first tokens (attention sinks) and the newest ones stay in FP16; a row is coded when it leaves the window.',
  source: 'https://arxiv.org/abs/2309.17453',
  params: [],
  applies: ({ keep, self }) => keep.windowRule === 'slide' && (keep.sinks > 0 || keep.window > 0 || self === 'fp16'),
  sealTime: (j, config) =>
    config.keep.sinkRule === 'first' && j < config.keep.sinks ? Number.POSITIVE_INFINITY : j + exactWindow(config),
  exactAfter: (tokens, config) => Math.min(tokens, config.keep.sinks + exactWindow(config)),
  exactRows: (config) => config.keep.sinks + exactWindow(config),
};

export default policy;
