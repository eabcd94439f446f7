import type { CacheWish, Engine } from './engine';
import { isPlain, noSystem, pairText } from './engine';

const isWidth = (bits: number) => Number.isInteger(bits) && bits >= 2 && bits <= 8;
const isOwn = ({ system, options }: CacheWish) => system === 'exllama' && (options.variant ?? 'v3') === 'v3';

const engine: Engine = {
  id: 'exllama',
  title: 'ExLlamaV3',
  source: 'https://github.com/turboderp-org/exllamav3/blob/master/exllamav3/model_init.py',
  version: 'master, commit 41e2846; eval/model_diff.py of commit 0443058',
  checked: '2026-11-28',
  offer(wish) {
    if (!isOwn(wish) && !isPlain(wish)) return noSystem(wish);
    if (!isWidth(wish.k) || !isWidth(wish.v))
      return `Whole widths from 2 to 8 for both sides: ${pairText(wish)} is not among them.`;
    const flags = `-cq ${wish.k},${wish.v}`;
    return {
      lines: [`python examples/chat.py -m MODEL_DIR -mode PROMPT_FORMAT ${flags}`],
      fit: isOwn(wish) ? 'same' : 'near',
      note: isOwn(wish) ? '' : 'Blocks of 32 are rotated first and have a scale but no minimum.',
      flags,
    };
  },
  verify: ({ flags }) => ({
    lines: [`python eval/model_diff.py -ma MODEL_DIR -mb MODEL_DIR ${flags}`],
    note: 'Prints KL of the simulated cache against the exact one, with its median; -cqs sweeps all pairs from 2 to 8 bits.',
  }),
};

export default engine;
