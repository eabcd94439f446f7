import type { Decisions } from '../../gpu/kv/decisions';

/** How a head stores a token: exact, exact for the size of its activations, coded (with the fewer bits of two classes), or not at all. */
export type TokenState = 'pinned' | 'exact' | 'coded' | 'low' | 'evicted';

/** In the order of a legend. */
export const TOKEN_STATES: readonly TokenState[] = ['pinned', 'exact', 'coded', 'low', 'evicted'];

/** Positions of ranges such as `0-3,40`. */
export function* positionsOf(text: string): Generator<number> {
  if (text === '') return;
  for (const range of text.split(',')) {
    const [from, to = from] = range.split('-').map(Number);
    for (let position = from; position <= to; position++) yield position;
  }
}

/** The ranges of one head; one text stands for all heads of a layer. */
const textOf = (texts: string[][] | undefined, layer: number, head: number): string | undefined => {
  const heads = texts?.[layer];
  return heads?.[head % heads.length];
};

/** What one head of one layer does with every token, by position; a query head where the lane's lists go by those, else a KV head. */
export function tokenStates(decisions: Decisions, layer: number, head: number, tokens: number): TokenState[] {
  const { kept, exact, classes, pinned } = decisions;
  const held = textOf(kept, layer, head);
  const states = new Array<TokenState>(tokens).fill(held === undefined ? 'coded' : 'evicted');
  const mark = (text: string | undefined, state: TokenState, only?: TokenState) => {
    for (const position of positionsOf(text ?? ''))
      if (position < tokens && (only === undefined || states[position] === only)) states[position] = state;
  };
  // Without a codec every row that is held is exact.
  mark(held, exact ? 'coded' : 'exact');
  mark(textOf(exact, layer, head), 'exact');
  mark(textOf(classes, layer, head), 'low', 'coded');
  mark(pinned?.[layer], 'pinned', 'exact');
  return states;
}

/** How many tokens are in each state. */
export function countStates(states: readonly TokenState[]): Record<TokenState, number> {
  const counts: Record<TokenState, number> = { pinned: 0, exact: 0, coded: 0, low: 0, evicted: 0 };
  for (const state of states) counts[state]++;
  return counts;
}

/** Tokens that each head of each layer holds: [layers][1 or KV or query heads]; null where nothing leaves. */
export function heldCounts({ kept }: Decisions, tokens: number): number[][] | null {
  if (!kept) return null;
  return kept.map((heads) =>
    heads.map((text) => {
      let count = 0;
      for (const position of positionsOf(text)) if (position < tokens) count++;
      return count;
    }),
  );
}

/** True where some heads hold more tokens than others: then a map of them says something. */
export const countsDiffer = (counts: readonly number[][] | null): counts is number[][] =>
  counts?.some((heads) => heads.some((count) => count !== counts[0][0])) ?? false;
