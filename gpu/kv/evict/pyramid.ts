import type { Cached, Scorer, Settings } from '../evict';
import { capParam } from '../evict-params';
import { kernelParam, poolParam, windowAttention, windowParam, windowScores } from '../window-scores';

const scorer: Scorer = {
  id: 'pyramid',
  title: 'More room in the first layers',
  text: "SnapKV's votes per KV head, but the budget shrinks linearly from the first layer to the last; their mean is the capacity.",
  formula: 'last layer: (cap - w) / beta, first layer: 2 (cap - w) - that, linear between; plus the window w in each',
  source: 'https://arxiv.org/abs/2406.02069',
  params: [
    capParam(1024),
    windowParam(64),
    kernelParam(5),
    poolParam('avg'),
    {
      key: 'beta',
      title: 'Steepness',
      text: 'The last layer keeps one part in so many of the mean budget; 1 gives every layer the same.',
      unit: '',
      default: 20,
      min: 1,
      max: 1000,
      step: 1,
    },
  ],
  acts: () => ({ at: 'prompt' }),
  needs: (settings) => ({ attention: windowAttention(settings) }),
  plan: (cached, settings) => ({ keep: layerBudget(cached, settings), first: 0, last: Number(settings.window) }),
  score: windowScores,
};

/** Rows of this layer. Where the first layer would get more than there is, it keeps all and the last one what that leaves. */
function layerBudget({ layer, layers, tokens }: Cached, settings: Settings): number {
  const [cap, window, beta] = [Number(settings.cap), Number(settings.window), Number(settings.beta)];
  if (tokens <= cap) return cap;
  const mean = cap - window;
  const most = Math.min(2 * mean - mean / beta, tokens - window);
  const step = layers > 1 ? (2 * (most - mean)) / (layers - 1) : 0;
  return window + Math.max(0, Math.round((layers > 1 ? most : mean) - layer * step));
}

export default scorer;
