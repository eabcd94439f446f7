import type { ChoiceParam, RangeParam } from './entry';

/** The settings that every lane has, with their words, ranges and defaults: the source of grammar, schema and form. */
export const BITS: ChoiceParam = {
  key: 'bits',
  title: 'Bits',
  text: 'Code width; 16 stores FP16, 32 stores f32 and is there for tests, on both sides at once.',
  unit: 'bits',
  perSide: true,
  default: 4,
  choices: [1, 2, 3, 4, 5, 6, 7, 8, 16, 32],
};

export const GROUP: ChoiceParam = {
  key: 'group',
  title: 'Group',
  text: 'How many values share a scale: channels of one token, or tokens of one channel. "head" is all channels of a head.',
  unit: 'values',
  perSide: true,
  default: 32,
  choices: [32, 64, 'head'],
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
