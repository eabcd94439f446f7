import type { Side } from '../config';
import { defaultConfig, uniformSide } from '../config';
import type { System } from '../system';

const TYPES = ['f16', 'q8_0', 'q5_1', 'q5_0', 'q4_1', 'q4_0', 'iq4_nl'];

/** A side of a block type, in the order of channels that a GGUF file has (keys only). */
function sideOf(type: string, name: 'k' | 'v', isRotated: boolean): Side {
  if (type === 'f16') return uniformSide(16);
  const transforms = name === 'k' ? ['file-order'] : [];
  if (isRotated) transforms.push(name === 'k' ? 'hadamard-wide' : 'hadamard-64');
  return {
    ...uniformSide(Number(/\d/.exec(type))),
    codec: 'ggml',
    transforms,
    ...(type === 'q4_0' ? {} : { own: { type } }),
  };
}

const system: System = {
  id: 'llamacpp',
  title: 'llama.cpp',
  text:
    'The cache types of llama.cpp (-ctk, -ctv): blocks of 32 channels, keys and values chosen apart. Every row is coded as it is ' +
    'written and always read from the cache, in the prompt too. Since April 2026 rows are turned by a Hadamard matrix first when the ' +
    'type is quantized and 64 divides the head size. Keys are grouped in the order of the GGUF file.',
  formula: 'rotation: y = W x before coding, with W Walsh-Hadamard; queries and outputs are turned by the same W',
  source: 'https://github.com/ggml-org/llama.cpp',
  bits: TYPES,
  widths: { k: 'q8_0', v: 'q8_0' },
  params: [
    {
      key: 'rotation',
      title: 'Rotation',
      text: 'auto turns quantized sides where 64 divides the head size; off is what llama.cpp did before, or LLAMA_ATTN_ROT_DISABLE=1.',
      unit: '',
      default: 'auto',
      choices: ['auto', 'off'],
    },
  ],
  facts: {
    code: 'https://github.com/ggml-org/llama.cpp',
    licence: 'MIT',
    fidelity: {
      approximate:
        'queries stay as they are here, while the CPU and CUDA kernels of llama.cpp also quantize the query before its product with ' +
        'quantized keys; rows are rounded to FP16 before they are coded',
    },
    published: [
      {
        what: 'perplexity of Qwen3-0.6B without and with rotation',
        numbers: 'q5_1 61.70 and 14.15, q4_1 212.5 and 22.28',
        source: 'summary of pull request 21038, second hand',
      },
      {
        what: 'perplexity of Qwen3.5-4B, q4_0 with rotation',
        numbers: '+0.22 %',
        source: 'second hand',
      },
      {
        what: 'perplexity of Qwen3.8-Flash-Next, FP16 against q4_0 with rotation',
        numbers: '1.4804 and 1.4906',
        source: 'an issue thread, second hand',
      },
      {
        what: 'Gemma-4-26B with q8_0 on both sides (a fork): some models lose a little by the rotation',
        numbers: '+1.4 % with rotation, +1.7 % with rotated keys only',
        source: 'an issue thread, second hand',
      },
    ],
  },
  build({ k, v, rotation }) {
    const isRotated = rotation === 'auto';
    return {
      ...defaultConfig(),
      k: sideOf(String(k), 'k', isRotated),
      v: sideOf(String(v), 'v', isRotated),
      prefill: 'quant',
      self: 'quant',
    };
  },
};

export default system;
