import type { Learned, Learning } from './learned';
import { findLearned, keepLearned } from './learned';
import type { KeyValueNorms, NormKind } from './weight-norms';

type Measure = (kind: NormKind) => Promise<KeyValueNorms>;

const asWords = (numbers: readonly number[]) => new Uint32Array(Float64Array.from(numbers).buffer);
const asNumbers = (words: Uint32Array) => [...new Float64Array(words.slice().buffer)];

/** The norms of a model's projections, from before where they are kept: those of `layers` layers, bit for bit as measured. */
export async function knownNorms(
  learning: Learning,
  layers: number,
  measure: Measure,
  kind: NormKind,
): Promise<{ norms: KeyValueNorms; from: Learned }> {
  const name = `norms ${kind}`;
  const fits = (lists: readonly Uint32Array[]) =>
    lists.length === 2 && lists.every((list) => list.length === 2 * layers && asNumbers(list).every((x) => x >= 0));
  const found = await findLearned(learning, name, name, fits);
  if (found) return { norms: { k: asNumbers(found.lists[0]), v: asNumbers(found.lists[1]) }, from: found };
  const norms = await measure(kind);
  return { norms, from: await keepLearned(learning, name, name, [asWords(norms.k), asWords(norms.v)]) };
}
