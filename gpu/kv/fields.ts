import type { ChoiceParam, RangeParam } from './entry';

/** The settings that every lane has, with their words, ranges and defaults: the source of grammar, schema and form. */
export const BITS: ChoiceParam = {
  key: 'bits',
  title: 'Bits',
  text: 'Code width; 16 stores FP16, 32 stores f32 and is there for tests, on both sides at once.',
  unit: 'bits',
  perSide: true,
  default: 4,
  choices: [1, 1.5, 1.58, 2, 3, 4, 5, 6, 7, 8, 16, 32],
};

export const GROUP: ChoiceParam = {
  key: 'group',
  title: 'Group',
  text: 'How many values share a scale: channels of one token, or tokens of one channel. "head" is all channels of a head.',
  unit: 'values',
  perSide: true,
  default: 32,
  choices: [16, 32, 64, 128, 'head'],
};

export const ALONG: ChoiceParam = {
  key: 'along',
  title: 'Along',
  text: 'Which way a group runs: over the channels of one token, or over the tokens of one channel as KIVI does for keys.',
  unit: '',
  perSide: true,
  default: 'channel',
  choices: ['channel', 'token'],
};

export const SCHEME: ChoiceParam = {
  key: 'scheme',
  title: 'Scheme',
  text: 'asym stores a scale and a minimum per group; sym stores a scale only, with codes centred on zero.',
  unit: '',
  perSide: true,
  default: 'asym',
  choices: ['asym', 'sym'],
};

export const DOMAIN: ChoiceParam = {
  key: 'domain',
  title: 'Domain',
  text: 'Of keys only: postRope codes them as attention reads them; preRope codes them before their rotation, which is made when they are read.',
  unit: '',
  perSide: true,
  default: 'postRope',
  choices: ['postRope', 'preRope'],
};

export const WINDOW: RangeParam = {
  key: 'window',
  title: 'Window',
  text: 'The newest tokens, the current one included, stay exact.',
  unit: 'tokens',
  default: 0,
  min: 0,
  max: 100_000,
  step: 1,
};

export const SINKS: RangeParam = {
  key: 'sinks',
  title: 'Sinks',
  text: 'The first tokens stay exact for the whole run.',
  unit: 'tokens',
  default: 0,
  min: 0,
  max: 100_000,
  step: 1,
};

export const SINK_RULE: ChoiceParam = {
  key: 'sinkRule',
  title: 'Which sinks',
  text:
    'first: the first tokens. massive: prompt tokens that own the largest activations before a layer. pivot: as massive, but so many ' +
    'different tokens.',
  unit: '',
  default: 'first',
  choices: ['first', 'massive', 'pivot'],
};

export const SINK_FROM: RangeParam = {
  key: 'sinkFrom',
  title: 'Sinks from layer',
  text: 'Layers before this one keep no massive or pivot sinks.',
  unit: '',
  default: 0,
  min: 0,
  max: 1000,
  step: 1,
};

export const PREFILL: ChoiceParam = {
  key: 'prefill',
  title: 'Prompt sees',
  text: 'What prompt queries read: exact FP16 rows, or rows as one-by-one feeding would have coded them.',
  unit: '',
  default: 'quant',
  choices: ['fp16', 'quant'],
};

export const SELF: ChoiceParam = {
  key: 'self',
  title: 'Own token sees',
  text: "What the current token's query reads of its own key and value; fp16 acts as a window of at least 1.",
  unit: '',
  default: 'quant',
  choices: ['fp16', 'quant'],
};

export const WINDOW_RULE: ChoiceParam = {
  key: 'windowRule',
  title: 'Window rule',
  text:
    'slide: a row is coded when it leaves the window. blockFlush: keys are coded a whole window at a time, values slide (KIVI). ' +
    'decodeOnlyFlush: the prompt is coded at once, generated tokens a whole window at a time (Hugging Face).',
  unit: '',
  default: 'slide',
  choices: ['slide', 'blockFlush', 'decodeOnlyFlush'],
};

export const REQUANT: ChoiceParam = {
  key: 'requantOnFlush',
  title: 'Code old rows anew',
  text: 'When a window is flushed, rows that are coded already are coded again from what they read as.',
  unit: '',
  default: 'off',
  choices: ['off', 'on'],
};

const layers = (key: string, title: string, where: string): RangeParam => ({
  key,
  title,
  text: `So many layers at the ${where} keep FP16 keys and values.`,
  unit: 'layers',
  default: 0,
  min: 0,
  max: 1000,
  step: 1,
});
export const SKIP_FIRST = layers('skipFirst', 'First layers exact', 'beginning');
export const SKIP_LAST = layers('skipLast', 'Last layers exact', 'end');

/** Only a word of the lane string: `file` stands for the transform `file-order` on keys. */
export const ORDER: ChoiceParam = {
  key: 'order',
  title: 'Channel order of keys',
  text: "file groups the channels of a key as a GGUF file stores them (neighbouring pairs); hf as Hugging Face's halves.",
  unit: '',
  default: 'hf',
  choices: ['hf', 'file'],
};

/** Settings that each side has, and settings of the whole lane. */
export const SIDE_PARAMS = [GROUP, ALONG, SCHEME, DOMAIN];
export const LANE_PARAMS = [
  WINDOW,
  SINKS,
  SINK_RULE,
  SINK_FROM,
  WINDOW_RULE,
  REQUANT,
  PREFILL,
  SELF,
  SKIP_FIRST,
  SKIP_LAST,
];
