import { KvError } from '../errors';
import type { TextParam } from './entry';

/** First and last position of a run of tokens, both of them in it. */
export type Span = readonly [number, number];

export const SPANS: Pick<TextParam, 'pattern' | 'example' | 'default'> = {
  pattern: 'none|\\d{1,6}(-\\d{1,6})?(,\\d{1,6}(-\\d{1,6})?)*',
  example: '12-40',
  default: 'none',
};

/** `12-40,57` to spans; `none` to none. Throws KvError('bad-config') naming a span that ends before it begins. */
export function parseSpans(word: string, text: string): Span[] {
  if (text === 'none') return [];
  return text.split(',').map((part): Span => {
    const [from, to = from] = part.split('-').map(Number);
    if (to < from) throw new KvError('bad-config', `${word}: "${part}" ends before it begins.`);
    return [from, to];
  });
}

export const inSpans = (spans: readonly Span[], position: number): boolean =>
  spans.some(([from, to]) => position >= from && position <= to);

/** Most positions that the spans name. */
export const spanTokens = (spans: readonly Span[]): number => spans.reduce((sum, [from, to]) => sum + to - from + 1, 0);
