import type { Policy } from '../policy';

/** Tokens of the prompt count like all others: what the schedule would have coded by the end of the prompt is coded then. */
const policy: Policy = {
  id: 'block-flush',
  title: 'Keys in whole windows, values sliding',
  text:
    'Keys gather in FP16 until the window is full and are then coded together, after the attention of the token that fills it; ' +
    'of the values the newest ones stay exact, and one is coded with every token.',
  source: 'https://arxiv.org/abs/2402.02750',
  params: [],
  after: true,
  applies: ({ keep }) => keep.windowRule === 'blockFlush',
  sealTime(j, { keep }, { side }) {
    if (keep.sinkRule === 'first' && j < keep.sinks) return Number.POSITIVE_INFINITY;
    const window = Math.max(1, keep.window);
    return side === 'k' ? keep.sinks + (Math.floor((j - keep.sinks) / window) + 1) * window : j + keep.window + 1;
  },
  exactAfter(tokens, { keep }, { side }) {
    const sinks = Math.min(tokens, keep.sinks);
    const rest = tokens - sinks;
    return sinks + (side === 'k' ? rest % Math.max(1, keep.window) : Math.min(rest, keep.window));
  },
  exactRows: ({ keep }) => keep.sinks + keep.window + 1,
};

export default policy;
