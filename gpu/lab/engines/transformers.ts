import type { ParamValue } from '../../kv/entry';
import type { CacheWish, Engine, Offer } from './engine';
import { isPlain, noSystem, pairText } from './engine';

const HQQ = [1, 2, 3, 4, 8];
const QUANTO = [2, 4];

function generate(backend: string, bits: number, group: number, window: number, options: CacheWish['options'] = {}) {
  const axisOf = (asked = 'auto' as ParamValue) => (asked !== 'auto' ? asked : backend === 'quanto' ? 0 : 1);
  const [axisKey, axisValue] = [axisOf(options.axisKey), axisOf(options.axisValue)];
  return [
    'out = model.generate(**inputs, cache_implementation="quantized", cache_config={',
    `    "backend": "${backend}", "nbits": ${bits}, "axis_key": ${axisKey}, "axis_value": ${axisValue},`,
    `    "q_group_size": ${group}, "residual_length": ${window}})`,
  ];
}

/** The package of KV-AdaQuant's authors: the only one of this kind with widths of its own for keys and values. */
function kvq({ options }: CacheWish): Offer {
  const { k = 4, v = 2, window = 128 } = options;
  return {
    lines: [
      'pip install kvq==0.0.2',
      'from kvq import KVQ',
      `cache = KVQ({"nbits_k": ${k}, "nbits_v": ${v}, "axis_key": 0, "axis_value": 0, "q_group_size": 64,`,
      `    "residual_length": ${window}, "backend": "quanto", "compute_dtype": model.dtype, "device": model.device})`,
      'out = model.generate(**inputs, past_key_values=cache)',
    ],
    fit: 'same',
    note: 'A package of its authors on PyPI, not part of transformers.',
    flags: '',
  };
}

const engine: Engine = {
  id: 'transformers',
  title: 'Hugging Face transformers',
  source: 'https://huggingface.co/docs/transformers/kv_cache',
  version: 'cache_utils.py of 5.x: quanto 2 or 4 bits, HQQ 1, 2, 3, 4 or 8',
  checked: '2026-11-28',
  offer(wish) {
    if (wish.system === 'adaquant') return kvq(wish);
    const { k, v, options } = wish;
    if (wish.system === 'hf') {
      const backend = String(options.backend ?? 'quanto');
      const allowed = backend === 'hqq' ? HQQ : backend === 'quanto' ? QUANTO : [];
      if (k !== v || !allowed.includes(k))
        return `One width for keys and values: ${pairText(wish)} with ${backend} is refused.`;
      const lines = generate(backend, k, Number(options.group ?? 64), Number(options.window ?? 128), options);
      return { lines, fit: 'same', note: '', flags: '' };
    }
    if (!isPlain(wish)) return noSystem(wish);
    if (k !== v || !HQQ.includes(k))
      return `One width for keys and values, 1, 2, 3, 4 or 8 bits: ${pairText(wish)} is refused.`;
    return {
      lines: generate(QUANTO.includes(k) ? 'quanto' : 'hqq', k, 64, 128),
      fit: 'near',
      note: 'Groups of 64 channels instead of 32; up to 128 generated tokens stay exact, the prompt is coded at once.',
      flags: '',
    };
  },
  verify: () =>
    'transformers has no tool for KL; score one text token by token with both caches and compare the logits.',
};

export default engine;
