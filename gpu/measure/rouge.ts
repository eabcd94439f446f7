import { wordsOf } from './answer-text';

/**
 * ROUGE-L of a text to a reference, 0..1: F1 of the longest common subsequence of words (Lin 2004, with precision and recall
 * weighing alike). No stemming. Two empty texts score 1.
 */
export function rougeL(text: string, reference: string): number {
  const [a, b] = [wordsOf(text), wordsOf(reference)];
  if (a.length === 0 && b.length === 0) return 1;
  return (2 * commonLength(a, b)) / (a.length + b.length);
}

/** Length of the longest common subsequence. */
function commonLength(a: readonly string[], b: readonly string[]): number {
  let above = new Uint32Array(b.length + 1);
  for (const word of a) {
    const row = new Uint32Array(b.length + 1);
    for (let j = 0; j < b.length; j++) row[j + 1] = word === b[j] ? above[j] + 1 : Math.max(row[j], above[j + 1]);
    above = row;
  }
  return above[b.length];
}
