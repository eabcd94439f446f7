import type { Policy } from '../policy';

const policy: Policy = {
  id: 'all',
  title: 'All rows coded',
  text: 'Every row is coded as soon as it is written; the current token sees its own coded key and value.',
  params: [],
  applies: ({ keep, self }) => keep.windowRule === 'slide' && keep.sinks === 0 && keep.window === 0 && self === 'quant',
  sealTime: (j) => j,
  exactRows: () => 0,
  exactAfter: () => 0,
};

export default policy;
