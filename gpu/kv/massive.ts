import type { Keep } from './config';

/**
 * Prompt tokens with the largest activations before a layer, ascending. `massive`: tokens that own the `sinks` largest numbers
 * (RotateKV, arXiv 2501.16383: often far fewer tokens). `pivot`: the `sinks` tokens whose largest number is largest (AKVQ-VL, arXiv
 * 2501.15021, which leaves the rule open). Of equal ones the earlier. input [tokens][width].
 */
export function massiveTokens(input: ArrayLike<number>, width: number, { sinkRule, sinks }: Keep): number[] {
  const tokens = input.length / width;
  const all = Array.from({ length: tokens }, (_, token) => token);
  if (sinks === 0 || sinkRule === 'first') return [];
  const sizes = all.map((token) => largest(input, token * width, width, sinkRule === 'massive' ? sinks : 1));
  const entries = all.flatMap((token) => sizes[token].map((size) => ({ token, size })));
  entries.sort((a, b) => b.size - a.size || a.token - b.token);
  return [...new Set(entries.slice(0, sinks).map(({ token }) => token))].sort((a, b) => a - b);
}

/** The `count` largest magnitudes of a row. */
function largest(input: ArrayLike<number>, at: number, width: number, count: number): number[] {
  const best: number[] = [];
  for (let i = at; i < at + width; i++) {
    const size = Math.abs(input[i]);
    if (best.length === count && size <= best[count - 1]) continue;
    let place = best.length;
    while (place > 0 && best[place - 1] < size) place--;
    best.splice(place, 0, size);
    if (best.length > count) best.pop();
  }
  return best;
}
