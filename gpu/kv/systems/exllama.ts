import { KvError } from '../../errors';
import type { Side } from '../config';
import { defaultConfig, uniformSide } from '../config';
import type { ParamValue } from '../entry';
import type { System } from '../system';

const WIDTHS = [2, 3, 4, 5, 6, 7, 8];
const DEFAULT_WIDTH = 4;
/** Cache modes of ExLlamaV2: widths of keys and values. */
const PRESETS: Readonly<Record<string, readonly [number, number]>> = {
  Q4: [4, 4],
  Q6: [8, 4],
  Q8: [8, 8],
  '8bit': [8, 8],
};

function sideOf(bits: number, variant: string, compand: number): Side {
  const own: Record<string, ParamValue> = {};
  if (variant !== 'v3') own.variant = variant;
  if (compand !== 0) own.compand = compand;
  return {
    ...uniformSide(bits),
    codec: 'mid-rise',
    transforms: [variant === 'v3' ? 'hadamard-32' : 'hadamard-32-interleaved'],
    ...(Object.keys(own).length > 0 ? { own } : {}),
  };
}

const system: System = {
  id: 'exllama',
  title: 'ExLlama',
  text:
    'The quantized caches of ExLlamaV3 and V2: every 32 channels are turned by a Hadamard matrix and coded evenly up to their largest ' +
    'magnitude. Version 3 reads coded rows everywhere, in the prompt too; version 2 lets a pass see its own rows in FP16 and has a ' +
    'few named modes.',
  formula: 'v3: value = a (code - 2^(b-1) + 1/2)/2^(b-1); v2: value = a (code - 2^(b-1))/2^(b-1); a = max|W_32 x|',
  source: 'https://github.com/turboderp-org/exllamav3',
  bits: WIDTHS,
  widths: { k: DEFAULT_WIDTH, v: DEFAULT_WIDTH },
  params: [
    {
      key: 'variant',
      title: 'Version',
      text: 'Whose cache: that of ExLlamaV3 or of V2.',
      unit: '',
      default: 'v3',
      choices: ['v3', 'v2'],
    },
    {
      key: 'preset',
      title: 'Mode of V2',
      text: 'Q4 is 4 bits, Q6 is 8 bits for keys and 4 for values, Q8 is 8 bits, 8bit keeps the upper byte of FP16. Implies version 2.',
      unit: '',
      default: 'none',
      choices: ['none', ...Object.keys(PRESETS)],
    },
    {
      key: 'compand',
      title: 'Compander of V3',
      text: 'Bends the grid: the smaller, the finer around zero; 0 leaves it even.',
      unit: '',
      default: 0,
      min: 0,
      max: 1,
      step: 0.05,
    },
  ],
  facts: {
    code: 'https://github.com/turboderp-org/exllamav3',
    licence: 'MIT (both versions)',
    fidelity: {
      approximate:
        'arithmetic is f32; version 2 computes in FP16. Version 2 has no widths but those of its modes; V3 groups 32 values of the ' +
        'whole row, which are these groups where 32 divides the head size',
    },
    published: [
      {
        what: 'HumanEval pass@1, Llama-3.1-8B-Instruct at 6.0 bits per weight, by K and V bits',
        numbers: 'K2V8 18 %, K3V2 55 %, K3V3 61 %, K4V2 65 %, K4V3 72 %, K4V4 70 %, K8V2 66 %, K8V8 68 %',
        source: 'a picture in the README of ExLlamaV3',
      },
      {
        what: 'perplexity of V2 with FP16, FP8 and Q4 caches',
        numbers: 'Mistral-7B 12.69, 12.71, 12.69; Llama2-7B 10.91, 11.24, 11.05 (Q4 without the rotation 11.16)',
        source: "ExLlamaV2's qcache_eval",
      },
    ],
  },
  build({ k, v, variant, preset, compand }) {
    const mode = PRESETS[String(preset)];
    if (mode && (k !== DEFAULT_WIDTH || v !== DEFAULT_WIDTH))
      throw new KvError('bad-config', `preset=${preset} says what k and v are; leave them out.`);
    if (Number(compand) !== 0 && (mode || variant === 'v2'))
      throw new KvError('bad-config', 'compand belongs to variant=v3 of system=exllama.');
    const [bitsK, bitsV] = mode ?? [Number(k), Number(v)];
    const version = mode ? 'v2' : String(variant);
    const side = (bits: number): Side =>
      preset === '8bit' ? { ...uniformSide(bits), codec: 'f16-high' } : sideOf(bits, version, Number(compand));
    const plain = { ...defaultConfig(), k: side(bitsK), v: side(bitsV) };
    if (version === 'v3') return plain;
    // A row is coded after the attention of its own pass.
    return {
      ...plain,
      keep: { ...plain.keep, window: 1, windowRule: 'decodeOnlyFlush' },
      prefill: 'fp16',
      self: 'fp16',
    };
  },
};

export default system;
