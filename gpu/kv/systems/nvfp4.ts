import { defaultConfig, uniformSide } from '../config';
import type { System } from '../system';

const system: System = {
  id: 'nvfp4',
  title: 'NVFP4',
  text:
    'Keys and values as 4-bit floats. Sixteen channels share a scale in FP8, and each layer has one scale for keys and one for ' +
    'values above those. Everything is coded as it is written, in the prompt too; nothing stays exact.',
  formula: 's = g e4m3(max|x| / 6 / g), value = s e2m1(x / s), g = max|x| of the prompt / 2688',
  source: 'https://github.com/NVIDIA/TensorRT-LLM/pull/6244',
  bits: [],
  widths: { k: 4, v: 4 },
  params: [
    {
      key: 'global',
      title: 'Scale of a layer',
      text: 'prompt takes it from the largest value of the prompt and keeps it for the run; 1 goes without.',
      unit: '',
      default: 'prompt',
      choices: ['prompt', 1],
    },
  ],
  facts: {
    code: 'https://github.com/NVIDIA/TensorRT-LLM/pull/6244',
    licence: 'Apache-2.0; only the format was taken',
    fidelity: {
      approximate:
        'the scale of a layer comes from the prompt where the original calibrates it beforehand; arithmetic is f32',
    },
    published: [
      {
        what: 'NVFP4 cache against FP8',
        numbers: 'less than 1 % accuracy lost, half the memory, about 5 % better than MXFP4',
        source: "NVIDIA's page",
      },
    ],
  },
  build({ global }) {
    const side = {
      ...uniformSide(4),
      codec: 'nvfp4',
      group: 16,
      ...(global === 'prompt' ? {} : { own: { global } }),
    };
    return { ...defaultConfig(), k: side, v: { ...side } };
  },
};

export default system;
