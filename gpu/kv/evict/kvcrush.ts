import type { AnchorKind, BlockScores, BlockSettings } from '../crush-blocks';
import { addRow, keepBlocks, SCORED_ROWS } from '../crush-blocks';
import { keepByHeads, WINDOW } from '../crush-heads';
import type { RangeParam } from '../entry';
import type { Cached, Evictor, Settings } from '../evict';
import { lastRows } from '../evict';
import { recentParam, sinksParam } from '../evict-params';

interface Memory extends BlockScores {
  random: () => number;
}

const tokensParam = (key: string, title: string, text: string, value: number): RangeParam => ({
  key,
  title,
  text,
  unit: 'tokens',
  default: value,
  min: 0,
  max: 100_000,
  step: 1,
});

const evictor: Evictor = {
  id: 'kvcrush',
  title: 'Some of the evicted stand for the rest',
  text:
    'Tokens that got least attention leave, but a few of them stay as representatives: those whose binary pattern lies at even steps ' +
    'of Hamming distance from an anchor. One decision per layer.',
  source: 'https://arxiv.org/abs/2503.00022',
  params: [
    {
      key: 'mode',
      title: 'Form',
      text: 'openvino: whole blocks, whenever the cache is over its size, as OpenVINO GenAI does. paper: tokens, once after the prompt.',
      unit: '',
      default: 'openvino',
      choices: ['openvino', 'paper'],
    },
    tokensParam('start', 'Start area', 'openvino: so many first tokens always stay; whole blocks.', 32),
    {
      ...recentParam(128),
      text: 'openvino: so many newest tokens always stay, an unfinished block included; whole blocks.',
    },
    tokensParam(
      'evictable',
      'Evictable area',
      'openvino: so many tokens between the two areas stay by their score; whole blocks.',
      512,
    ),
    {
      key: 'block',
      title: 'Block',
      text: 'openvino: tokens that stay or leave together.',
      unit: 'tokens',
      default: 32,
      choices: [4, 8, 16, 32],
    },
    {
      key: 'budget',
      title: 'Blocks that come back',
      text: 'openvino: so many evicted blocks stay after all, beyond the size of the areas; 0 is plain eviction.',
      unit: 'blocks',
      default: 0,
      min: 0,
      max: 1000,
      step: 1,
    },
    {
      key: 'anchor',
      title: 'Anchor',
      text: 'The bit pattern that distances are measured from; mean is what most patterns have at each place.',
      unit: '',
      default: 'random',
      choices: ['random', 'zeros', 'ones', 'mean', 'alternating'],
    },
    tokensParam('cap', 'Capacity', 'paper: prompt tokens that stay, the last 16 included.', 512),
    {
      key: 'representatives',
      title: 'Representatives',
      text: 'paper: the share of the capacity before the last 16 tokens that goes to representatives.',
      unit: '',
      default: 0.25,
      min: 0,
      max: 1,
      step: 0.05,
    },
    { ...sinksParam(4), text: 'paper: so many first tokens always stay.' },
  ],
  acts: ({ mode }) => (mode === 'paper' ? { at: 'prompt' } : { at: 'steps', every: 1 }),
  needs: ({ mode }) => ({
    attention:
      mode === 'paper'
        ? { heads: 'query', prompt: (tokens) => lastRows(tokens, WINDOW), decode: 'ignore' }
        : { heads: 'kv', prompt: (tokens) => lastRows(tokens, SCORED_ROWS), decode: 'replace' },
  }),
  start: (_, random): Memory => ({ sums: [], counts: [], random }),
  decide(cached, settings, memory) {
    const rows =
      settings.mode === 'paper'
        ? byHeads(cached, settings, memory as Memory)
        : byBlocks(cached, settings, memory as Memory);
    return rows && [Uint32Array.from(rows, (row) => cached.held[0][row])];
  },
};

const byHeads = ({ sums = [] }: Cached, settings: Settings, { random }: Memory): number[] | null =>
  keepByHeads(
    sums,
    {
      cap: Number(settings.cap),
      sinks: Number(settings.sinks),
      representatives: Number(settings.representatives),
      anchor: settings.anchor as AnchorKind,
    },
    random,
  );

function byBlocks({ sums = [], held, tokens }: Cached, settings: Settings, memory: Memory): number[] | null {
  const row = Float64Array.from(held[0], (_, i) => sums.reduce((sum, head) => sum + head[i], 0));
  const isPrompt = memory.sums.length === 0;
  addRow(memory, row, (i) => (isPrompt ? Math.min(SCORED_ROWS, tokens - i) : 1));
  const kept = keepBlocks(memory, blockSettings(settings), memory.random);
  if (!kept) return null;
  memory.sums = kept.map((i) => memory.sums[i]);
  memory.counts = kept.map((i) => memory.counts[i]);
  return kept;
}

const blockSettings = ({ start, recent, evictable, block, budget, anchor }: Settings): BlockSettings => ({
  start: Number(start),
  recent: Number(recent),
  evictable: Number(evictable),
  block: Number(block),
  budget: Number(budget),
  anchor: anchor as AnchorKind,
});

export default evictor;
