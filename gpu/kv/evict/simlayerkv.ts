import type { Cached, Scorer, Settings } from '../evict';
import { lastRows } from '../evict';
import { recentParam, sinksParam } from '../evict-params';
import type { LazySettings } from '../lazy';
import { isLazy, lazyShare } from '../lazy';

/** Queries that are averaged when the prompt itself is asked. */
const PROMPT_ROWS = 32;

const scorer: Scorer = {
  id: 'simlayerkv',
  title: 'Lazy layers',
  text: 'A layer whose query looks at little but the first and the newest keys keeps only those, once; the other layers keep everything.',
  formula: 'lazy when S = mean over heads of the attention on the first and last keys > tau',
  source: 'https://arxiv.org/abs/2410.13846',
  params: [
    {
      key: 'tau',
      title: 'Threshold',
      text: 'A layer is lazy when more than this share of its attention is on the first and the newest keys.',
      unit: '',
      default: 0.9,
      min: 0,
      max: 1,
      step: 0.01,
    },
    sinksParam(4),
    recentParam(1024),
    {
      key: 'probe',
      title: 'Asked query',
      text: 'firstToken: the first decoded token. last32: the last 32 queries of the prompt, averaged.',
      unit: '',
      default: 'firstToken',
      choices: ['firstToken', 'last32'],
    },
    {
      key: 'protectLast',
      title: 'Protect the last layer',
      text: 'The last layer is never trimmed, as in the published setup for Qwen models.',
      unit: '',
      default: 'off',
      choices: ['off', 'on'],
    },
  ],
  acts: ({ probe }) => ({ at: probe === 'last32' ? 'prompt' : 'firstToken' }),
  needs: ({ probe }) => ({
    attention: {
      heads: 'kv',
      prompt: (tokens) => (probe === 'last32' ? lastRows(tokens, PROMPT_ROWS) : new Float32Array(tokens)),
      decode: 'replace',
    },
  }),
  plan(cached, settings) {
    const lazy = lazySettings(settings);
    if (!isLazy(shareOf(cached, settings), cached.layer, cached.layers, lazy)) return null;
    return { keep: lazy.sinks + lazy.recent, first: lazy.sinks, last: lazy.recent };
  },
  measure: { of: shareOf, threshold: ({ tau }) => Number(tau) },
  // Every row that stays is forced; all heads decide alike.
  score: ({ held }) => [new Float64Array(held[0].length)],
};

/** S of the layer; null when the cache is too short to ask. For charts too. */
export function shareOf({ sums = [], heads, tokens }: Cached, settings: Settings): number | null {
  const rows = settings.probe === 'last32' ? Math.min(PROMPT_ROWS, tokens) : 1;
  return lazyShare(sums, heads * rows, lazySettings(settings));
}

const lazySettings = ({ tau, sinks, recent, protectLast }: Settings): LazySettings => ({
  tau: Number(tau),
  sinks: Number(sinks),
  recent: Number(recent),
  protectLast: protectLast === 'on',
});

export default scorer;
