import type { Engine } from './engine';
import { isPlain, noSystem, pairText } from './engine';

const WIDTHS = [2, 3, 4, 5, 6, 8];

const engine: Engine = {
  id: 'mlx',
  title: 'MLX (mlx-lm)',
  source: 'https://github.com/ml-explore/mlx-lm/blob/main/mlx_lm/generate.py',
  version: 'main, commit 861bbd0',
  checked: '2026-11-28',
  offer(wish) {
    if (!isPlain(wish)) return noSystem(wish);
    if (wish.k !== wish.v || !WIDTHS.includes(wish.k)) {
      return `One width for keys and values alike: ${pairText(wish)} is not among them.`;
    }
    const flags = `--kv-bits ${wish.k} --kv-group-size 32 --quantized-kv-start 0`;
    return {
      lines: [`mlx_lm.generate --model MODEL --prompt "..." ${flags}`],
      fit: 'near',
      note: 'Scale and bias by group, as here. Without the last flag the first 5,000 tokens stay exact.',
      flags,
    };
  },
  verify: () => 'mlx-lm has no tool for the KL of a cache.',
};

export default engine;
