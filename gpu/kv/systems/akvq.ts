import type { CacheConfig, Side } from '../config';
import { defaultConfig, uniformSide } from '../config';
import type { RangeParam } from '../entry';
import { parseSpans, SPANS } from '../spans';
import type { System } from '../system';

const count = (key: string, title: string, text: string, value: number): RangeParam => ({
  key,
  title,
  text,
  unit: 'tokens',
  default: value,
  min: 0,
  max: 4096,
  step: 1,
});

const side = (bits: number): Side => ({
  ...uniformSide(bits),
  codec: 'zero-point',
  group: 'head',
  transforms: ['hadamard'],
  own: { zero: 'int', clip: 0.8, clipWide: 'off' },
});

/** Layers 0 .. n - 1 are the ones that look at text. */
const TEXT_LAYERS = { none: 0, first: 1, 'first-2': 2, 'first-4': 4 };

const system: System = {
  id: 'akvq',
  title: 'AKVQ-VL',
  text:
    'Layers come in two kinds. Early ones look at the text as a whole: theirs is coded with 4 bits. The others rest on a few pivot ' +
    'tokens with very large activations: those and the newest tokens stay exact, all else gets 2 bits. Tokens marked as bulk get 2 bits ' +
    'everywhere, as pictures do in the original. Heads are rotated first.',
  formula: 's = clip (max - min) / (2^b - 1), z = -round(clip min / s), code = round(x / s) + z, value = s (code - z)',
  source: 'https://arxiv.org/abs/2501.15021',
  bits: [],
  widths: { k: 2, v: 2 },
  params: [
    count('recent', 'Recent', 'The newest tokens, the current one included, stay exact.', 128),
    count(
      'pivots',
      'Pivots',
      'So many prompt tokens with the largest activations stay exact in each layer of the second kind.',
      15,
    ),
    {
      key: 'textLayers',
      title: 'Text layers',
      text: 'How many layers at the beginning are of the first kind.',
      unit: '',
      default: 'first-2',
      choices: Object.keys(TEXT_LAYERS),
    },
    {
      ...SPANS,
      key: 'bulk',
      title: 'Bulk tokens',
      text: 'Positions of the prompt, counted from 0, that get 2 bits in text layers too, as vision tokens do in the original.',
      unit: '',
    },
  ],
  facts: {
    paper: 'https://arxiv.org/abs/2501.15021',
    licence: 'no public code: written from notes on the paper',
    fidelity: {
      approximate:
        'how pivots are found is our choice (the largest activations before each layer), and so is the number of text layers; there ' +
        'are no vision tokens unless a part of the prompt is marked as bulk, so that text layers hold everything else with 4 bits; groups are heads',
    },
    published: [
      {
        what: 'MileBench, LLaVA-1.5-7B, FP16 against AKVQ-VL: Webpage QA; Scene Transition',
        numbers: '59.0 and 57.0; 73 and 78',
        source: 'notes on the paper',
      },
      {
        what: 'Scene Transition at 2 bits: plain, with rotation, with text layers, with pivots',
        numbers: '7.5, 20.5, 41.0, 78.0',
        source: 'notes on the paper',
      },
      { what: 'peak memory, batch, throughput', numbers: '2.13, 3.25, 2.46 times', source: 'abstract' },
    ],
    scaled: { text: '32 recent tokens for short chats', values: { recent: 32 } },
  },
  build({ recent, pivots, textLayers, bulk }) {
    const text = TEXT_LAYERS[textLayers as keyof typeof TEXT_LAYERS];
    const config: CacheConfig = {
      ...defaultConfig(),
      k: side(2),
      v: side(2),
      prefill: 'fp16',
      self: 'fp16',
    };
    Object.assign(config.keep, { sinks: Number(pivots), sinkRule: 'pivot', sinkFrom: text, window: Number(recent) });
    const spans = parseSpans('bulk', String(bulk));
    if (spans.length > 0) config.bulk = { bits: 2, spans };
    if (text > 0) config.layers.pairs = [{ from: 0, to: text - 1, k: 4, v: 4 }];
    return config;
  },
};

export default system;
