import type { RangeParam } from './entry';

/** Words that several scorers share. */
export const sinksParam = (count: number): RangeParam => ({
  key: 'sinks',
  title: 'Sinks',
  text: 'So many first tokens always stay.',
  unit: 'tokens',
  default: count,
  min: 0,
  max: 4096,
  step: 1,
});

export const recentParam = (count: number): RangeParam => ({
  key: 'recent',
  title: 'Recent',
  text: 'So many newest tokens always stay, the current one included.',
  unit: 'tokens',
  default: count,
  min: 1,
  max: 100_000,
  step: 1,
});

export const capParam = (rows: number): RangeParam => ({
  key: 'cap',
  title: 'Capacity',
  text: 'Prompt tokens that stay, per head; with 0 the ratio says how many.',
  unit: 'tokens',
  default: rows,
  min: 0,
  max: 100_000,
  step: 1,
});

export const RATIO: RangeParam = {
  key: 'ratio',
  title: 'Compression ratio',
  text: 'Share of the prompt that leaves the cache, where no capacity is given.',
  unit: '',
  default: 0.5,
  min: 0,
  max: 0.99,
  step: 0.01,
};
