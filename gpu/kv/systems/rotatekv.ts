import type { Side } from '../config';
import { defaultConfig, uniformSide } from '../config';
import type { ParamValue } from '../entry';
import type { System } from '../system';

const system: System = {
  id: 'rotatekv',
  title: 'RotateKV',
  text:
    'Keys are coded before RoPE: a few heads are rotated together, the channels of all heads are sorted by their mean, and slices of a ' +
    'head share a scale. Values are rotated head by head. Prompt tokens with the largest activations stay FP16 in each layer; everything ' +
    'else is coded at once, and the prompt attends to coded rows. Reading restores whole heads in scratch memory, so a step takes longer than ' +
    'with other systems.',
  formula:
    's = clip (max - min) / (2^b - 1), z = round(-clip min / s), code = clamp(round(x / s) + z, 0, 2^b - 1), value = s (code - z)',
  source: 'https://arxiv.org/abs/2501.16383',
  bits: [2, 3, 4],
  widths: { k: 2, v: 2 },
  params: [
    {
      key: 'headGroup',
      title: 'Heads per rotation',
      text: 'KV heads of keys that are rotated together, where their number allows.',
      unit: 'heads',
      default: 4,
      choices: [1, 2, 4],
    },
    {
      key: 'permute',
      title: 'Channel order',
      text: 'prompt sorts channels of keys by their means over the prompt, text by those over a built-in text; off leaves them in place.',
      unit: '',
      default: 'prompt',
      choices: ['prompt', 'text', 'off'],
    },
    {
      key: 'sinkTopK',
      title: 'Largest activations',
      text: 'Prompt tokens that own one of so many largest numbers before a layer stay FP16 in it, often far fewer tokens.',
      unit: 'numbers',
      default: 20,
      min: 0,
      max: 256,
      step: 1,
    },
    {
      key: 'clip',
      title: 'Clip at 2 bits',
      text: 'Both ends of the range are multiplied by this at 2 bits; wider codes are not clipped.',
      unit: '',
      default: 0.8,
      min: 0.5,
      max: 1,
      step: 0.01,
    },
    {
      key: 'repo3bit',
      title: 'Released 3-bit code',
      text: 'on cuts the range into 8 steps at 3 bits while codes end at 7, as the released code does.',
      unit: '',
      default: 'off',
      choices: ['off', 'on'],
    },
  ],
  facts: {
    paper: 'https://arxiv.org/abs/2501.16383',
    code: 'https://github.com/ZunhaiSu/RotateKV',
    licence: 'none: only the formulas are used, none of its channel orders',
    fidelity: {
      approximate:
        'channel orders are learned from the prompt, or from a short built-in text, instead of the released ones from the test part of ' +
        'WikiText-2; fewer heads are rotated together where their number is no multiple of four; slices are heads where heads have fewer ' +
        'than 128 channels; channel orders are not counted in the bits',
    },
    published: [
      { what: 'Llama-2-13B, WikiText-2 perplexity at 2 bits', numbers: 'less than 0.3 above FP16', source: 'abstract' },
      { what: 'GSM8K and reasoning at 2 bits', numbers: 'less than 1.7 % lost', source: 'abstract' },
      { what: 'peak memory, batch, decoding speed', numbers: '3.97, 5.75 and 2.32 times', source: 'abstract' },
    ],
  },
  build({ k, v, headGroup, permute, sinkTopK, clip, repo3bit }) {
    const clips: Record<string, ParamValue> = clip === 0.8 ? {} : { clip };
    const rotated = (bits: ParamValue, own: Record<string, ParamValue>): Side => ({
      ...uniformSide(Number(bits)),
      ...{ codec: 'rotated-order', group: 'head' },
      ...(Object.keys(own).length > 0 ? { own } : {}),
    });
    const repo: Record<string, ParamValue> = repo3bit === 'on' ? { steps3: 'repo' } : {};
    const values: Side =
      repo3bit === 'on' && v === 3
        ? rotated(v, { headGroup: 1, permute: 'off', ...repo })
        : {
            ...uniformSide(Number(v)),
            ...{ codec: 'zero-point', group: 'head', transforms: ['hadamard'] },
            own: { zero: 'int', ...(clip === 1 ? {} : { clip }), clipWide: 'off' },
          };
    const config = defaultConfig();
    const sinks = Number(sinkTopK);
    return {
      ...config,
      k: {
        ...rotated(k, {
          ...(headGroup === 4 ? {} : { headGroup }),
          ...(permute === 'prompt' ? {} : { permute }),
          ...clips,
          ...repo,
        }),
        domain: 'preRope',
      },
      v: values,
      keep: { ...config.keep, sinks, sinkRule: sinks > 0 ? 'massive' : 'first' },
    };
  },
};

export default system;
