import type { Policy } from '../policy';

const policy: Policy = {
  id: 'decode-flush',
  title: 'Generated tokens in whole windows',
  text:
    'The whole prompt is coded once its attention is done. Generated tokens gather in FP16 and are coded together after the ' +
    'attention of the token that fills the window; with requantOnFlush=on all rows coded before are then ' +
    'coded again (not groups of tokens, which stay as they are).',
  source: 'https://huggingface.co/docs/transformers/kv_cache',
  params: [],
  after: true,
  applies: ({ keep }) => keep.windowRule === 'decodeOnlyFlush',
  sealTime(j, { keep }, { prompt }) {
    if (keep.sinkRule === 'first' && j < keep.sinks) return Number.POSITIVE_INFINITY;
    if (j < prompt) return prompt;
    const window = Math.max(1, keep.window);
    return prompt + (Math.floor((j - prompt) / window) + 1) * window;
  },
  exactAfter: (tokens, { keep }, { prompt }) =>
    Math.min(prompt, keep.sinks) + (Math.max(0, tokens - prompt) % Math.max(1, keep.window)),
  exactRows: ({ keep }) => keep.sinks + Math.max(1, keep.window) + 1,
  // Groups of tokens stay where they are, so coding them again would give the same codes.
  requants: (t, { keep, ...config }, { side, prompt }) =>
    keep.requantOnFlush === 'on' &&
    config[side].along === 'channel' &&
    t > prompt &&
    (t - prompt) % Math.max(1, keep.window) === 0,
};

export default policy;
