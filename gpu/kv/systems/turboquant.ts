import { KvError } from '../../errors';
import type { CacheConfig, Side } from '../config';
import { defaultConfig, uniformSide } from '../config';
import type { ParamValue } from '../entry';
import type { System } from '../system';

/** What a preset makes of one side. */
interface Grid {
  codec: string;
  bits: number;
  own?: Record<string, ParamValue>;
  transforms?: string[];
}
interface Preset {
  k: Grid;
  v: Grid;
  /** The first and last two layers stay FP16 and the prompt attends in FP16. */
  vllm?: true;
}

const ROTATED = ['hadamard'];
const lloyd = (bits: number, own?: Grid['own'], transforms = ROTATED): Grid => ({
  codec: 'lloyd',
  bits,
  ...(own ? { own } : {}),
  transforms,
});
const plain = (bits: number): Grid => ({ codec: 'uniform', bits });
const both = (grid: Grid): Preset => ({ k: grid, v: grid });
const vllm = (k: Grid, v: Grid): Preset => ({ k, v, vllm: true });
/** Blocks of 128 with a sign pattern before the transform; the 4-bit type has 32 bits of its own beside the codes. */
const thetom = (bits: number): Preset =>
  both(lloyd(bits, { norm: 'unit', pad: 128, ...(bits === 4 ? { meta: 'f32' } : {}) }, ['signs', 'hadamard']));

const PRESETS: Readonly<Record<string, Preset>> = {
  'tq-mse': both(lloyd(4)),
  'tq-prod': { k: lloyd(4, { residual: 'qjl' }), v: lloyd(4) },
  'vllm-k8v4': vllm({ codec: 'fp8', bits: 8 }, plain(4)),
  'vllm-4bit_nc': vllm(lloyd(4, { norm: 'unit' }), plain(4)),
  'vllm-k3v4_nc': vllm(lloyd(3, { norm: 'unit' }), plain(4)),
  'vllm-3bit_nc': vllm(lloyd(3, { norm: 'unit' }), plain(3)),
  'ort-q4': both(lloyd(4, { meta: 'f32' })),
  'ort-q8': both({ codec: 'absmax', bits: 8 }),
  'thetom-turbo2': thetom(2),
  'thetom-turbo3': thetom(3),
  'thetom-turbo4': thetom(4),
  'lmdeploy-42': { k: lloyd(4, { residual: 'coord' }), v: lloyd(2) },
};

/** The side of a grid, at another width where one is asked for. */
function sideOf(preset: string, name: 'k' | 'v', width: ParamValue): Side {
  const { codec, bits, own, transforms = [] } = PRESETS[preset][name];
  const wanted = width === 'auto' ? bits : Number(width);
  const widths = codec === 'lloyd' ? [own?.residual ? 2 : 1, 5] : codec === 'uniform' ? [1, 8] : [bits, bits];
  if (wanted < widths[0] || wanted > widths[1])
    throw new KvError(
      'bad-config',
      `${name}=${width} is not possible with preset=${preset}, whose ${name} is ${codec}.`,
    );
  return { ...uniformSide(wanted), codec, group: 'head', transforms: [...transforms], ...(own ? { own } : {}) };
}

const system: System = {
  id: 'turboquant',
  title: 'TurboQuant',
  text:
    'A head is turned by a Hadamard matrix, which makes its coordinates look like normal numbers, and kept as its length and the ' +
    'nearest direction of a fixed codebook. The presets are the paper and what engines made of it: they differ in how the length ' +
    'is stored, in what values become, and in what stays FP16.',
  formula: 'y = W x, n = |x|, code = nearest Lloyd-Max level of y sqrt(D) / n, value = n level / sqrt(D), turned back',
  source: 'https://arxiv.org/abs/2504.19874',
  bits: ['auto', 1, 2, 3, 4, 5, 6, 7, 8],
  widths: { k: 'auto', v: 'auto' },
  params: [
    {
      key: 'preset',
      title: 'Preset',
      text:
        "tq-mse and tq-prod: the paper's variants without and with a sketch of what the levels leave over of keys. vllm: keys as FP8 or normalised directions, values evenly spaced and not " +
        'rotated. ort: ONNX Runtime WebGPU. thetom: a llama.cpp fork with blocks of 128. lmdeploy-42: with the sign of what is left.',
      unit: '',
      default: 'tq-mse',
      choices: Object.keys(PRESETS),
    },
  ],
  facts: {
    paper: 'https://arxiv.org/abs/2504.19874',
    code: 'https://github.com/vllm-project/vllm/pull/38479',
    licence:
      'Apache-2.0 (vLLM, LMDeploy), MIT (ONNX Runtime, the llama.cpp fork); another port is GPL-3.0, of which only formulas were used',
    fidelity: {
      approximate:
        'a Hadamard matrix without signs stands for the random rotation of the paper, random signs for the normal numbers of its ' +
        'sketch, and the signs of thetom presets are our own; ' +
        'those presets leave out its rule that swaps in q8_0, and heads below 128 channels repeat their codes as its padding does; ' +
        'the length that unit rules divide is rounded to FP16 after the division',
    },
    published: [
      {
        what: 'LongBench, Llama-3.1-8B (full 50.06)',
        numbers: '3.5 bit 50.06, 2.5 bit 49.44',
        source: "the paper's table, not verified",
      },
      { what: 'needle in a haystack (full .997)', numbers: '.997', source: 'the paper, not verified' },
      {
        what: 'perplexity against FP16, and compression',
        numbers: 'k8v4 +1.17 % (2.6x), 4bit_nc +2.71 % (3.8x), k3v4_nc +10.63 %, 3bit_nc +20.59 % (4.9x)',
        source: "vLLM's documentation",
      },
      {
        what: 'ONNX Runtime WebGPU, 4 bits, 1K tokens',
        numbers: '140.9 against 159.4 tokens per second, 18.6 % less memory',
        source: 'onnxruntime pull requests 28059 and 32284',
      },
    ],
  },
  build({ preset, k, v }): CacheConfig {
    const name = String(preset);
    const isVllm = PRESETS[name].vllm === true;
    return {
      ...defaultConfig(),
      k: sideOf(name, 'k', k),
      v: sideOf(name, 'v', v),
      layers: { ...defaultConfig().layers, skipFirst: isVllm ? 2 : 0, skipLast: isVllm ? 2 : 0 },
      prefill: isVllm ? 'fp16' : 'quant',
      self: 'quant',
    };
  },
};

export default system;
