import type { ChoiceParam, RangeParam } from './entry';
import type { AttentionNeed, Cached, Settings } from './evict';
import { lastRows } from './evict';

/** Settings of the scorers that look at the last prompt queries, as SnapKV does. */
export const windowParam = (rows: number): RangeParam => ({
  key: 'window',
  title: 'Observation window',
  text: 'So many last prompt queries say which keys matter; their own rows always stay.',
  unit: 'tokens',
  default: rows,
  min: 1,
  max: 4096,
  step: 1,
});

export const kernelParam = (width: number): RangeParam => ({
  key: 'kernel',
  title: 'Pooling width',
  text: 'A key is judged with its neighbours, so many in all; an odd number.',
  unit: 'tokens',
  default: width,
  min: 1,
  max: 63,
  step: 2,
});

export const poolParam = (kind: 'max' | 'avg'): ChoiceParam => ({
  key: 'pool',
  title: 'Pooling',
  text: 'What stands for a key and its neighbours: the largest of their scores, or the average.',
  unit: '',
  default: kind,
  choices: ['max', 'avg'],
});

export const windowAttention = ({ window, heads }: Settings): AttentionNeed => ({
  heads: heads === 'query' ? 'query' : 'kv',
  prompt: (tokens) => lastRows(tokens, Number(window)),
  decode: 'ignore',
});

/** Column sums of the window's queries, pooled over the keys before the window; the window's own columns stay 0. */
export function windowScores({ sums = [] }: Cached, { window, kernel, pool }: Settings): Float64Array[] {
  return sums.map((columns) => {
    const before = Array.from(columns).slice(0, Math.max(0, columns.length - Number(window)));
    const scores = new Float64Array(columns.length);
    scores.set(pooled(before, Number(kernel), pool === 'avg' ? 'avg' : 'max'));
    return scores;
  });
}

/** Stride 1, as long as the row; beyond its ends `avg` counts zeros and `max` nothing. */
export function pooled(row: ArrayLike<number>, kernel: number, kind: 'max' | 'avg'): Float64Array {
  const half = Math.floor(kernel / 2);
  return Float64Array.from({ length: row.length }, (_, at) => {
    let sum = 0;
    let max = Number.NEGATIVE_INFINITY;
    for (let i = Math.max(0, at - half); i <= Math.min(row.length - 1, at + half); i++) {
      sum += row[i];
      max = Math.max(max, row[i]);
    }
    return kind === 'max' ? max : sum / kernel;
  });
}
