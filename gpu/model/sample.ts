import { KvError } from '../errors';
import type { DecodeRule } from '../run-types';
import { uniformDraw } from './philox';

/**
 * Chooses the next token from a full row of logits. Temperature 0 is greedy. Otherwise the filters run in the order of
 * Hugging Face's generation: temperature, top-k (0 = off), top-p (1 = off), min-p (0 = off), each over what the one before
 * left; then one draw decides, in the order of ids. The draw depends on (seed, step) only: lanes at the same step share it, so
 * that they differ by their distributions and not by luck. Among equal logits the lowest ids come first everywhere.
 */
export function sample(logits: ArrayLike<number>, rule: DecodeRule, step: number): number {
  const best = greedyToken(logits);
  if (rule.temperature === 0) return best;
  const weights = keptWeights(logits, logits[best], rule);
  let total = 0;
  for (const weight of weights) total += weight;
  const target = uniformDraw(rule.seed, step) * total;
  let sum = 0;
  let last = best;
  for (let id = 0; id < weights.length; id++) {
    if (weights[id] === 0) continue;
    sum += weights[id];
    last = id;
    if (sum > target) return id;
  }
  return last;
}

/** The largest logit's id, the lowest on a tie. Throws KvError('internal') when the row has no finite maximum. */
export function greedyToken(logits: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i] > logits[best] || Number.isNaN(logits[best])) best = i;
  if (!Number.isFinite(logits[best])) {
    throw new KvError('internal', 'The model gave no usable logits.', 'The largest one is not a finite number.');
  }
  return best;
}

/** The distribution that `sample` draws from at temperature > 0: probabilities [V], 0 for what the filters left out. */
export function distribution(logits: ArrayLike<number>, rule: DecodeRule): Float64Array {
  const weights = keptWeights(logits, logits[greedyToken(logits)], rule);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function keptWeights(logits: ArrayLike<number>, max: number, rule: DecodeRule): Float64Array {
  const weights = Float64Array.from(logits, (x) =>
    x > Number.NEGATIVE_INFINITY ? Math.exp((x - max) / rule.temperature) : 0,
  );
  if (rule.topK > 0 && rule.topK < weights.length) keepLargest(weights, weights.toSorted(), rule.topK);
  if (rule.topP < 1) {
    const ascending = weights.toSorted();
    keepLargest(weights, ascending, countForMass(ascending, rule.topP));
  }
  if (rule.minP > 0) for (let i = 0; i < weights.length; i++) if (weights[i] < rule.minP) weights[i] = 0;
  return weights;
}

/** Sets all but the `count` largest weights to 0; of equal ones at the border the lowest ids stay. */
function keepLargest(weights: Float64Array, ascending: Float64Array, count: number): void {
  const border = ascending[ascending.length - count];
  let room = count;
  for (let i = ascending.length - 1; i >= 0 && ascending[i] > border; i--) room--;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] < border || (weights[i] === border && room-- <= 0)) weights[i] = 0;
  }
}

/** How many of the largest weights it takes to hold share `mass` of their sum; at least one. */
function countForMass(ascending: Float64Array, mass: number): number {
  let total = 0;
  for (const weight of ascending) total += weight;
  let sum = 0;
  let count = 0;
  while (count < ascending.length && (count === 0 || sum < mass * total)) {
    count++;
    sum += ascending[ascending.length - count];
  }
  return count;
}

/** Refuses a rule whose numbers mean nothing. Throws KvError('bad-config') naming the setting and its range. */
export function checkRule(rule: DecodeRule): void {
  const whole = (x: number, max: number) => Number.isInteger(x) && x >= 0 && x <= max;
  const rows: [string, number, boolean, string][] = [
    ['temperature', rule.temperature, rule.temperature >= 0 && rule.temperature <= 100, '0..100'],
    ['top-k', rule.topK, whole(rule.topK, 2 ** 31), 'a whole number from 0 (off)'],
    ['top-p', rule.topP, rule.topP > 0 && rule.topP <= 1, 'above 0, up to 1 (off)'],
    ['min-p', rule.minP, rule.minP >= 0 && rule.minP <= 1, '0 (off) to 1'],
    ['seed', rule.seed, whole(rule.seed, 2 ** 32 - 1), '0..4294967295'],
  ];
  for (const [name, value, fits, may] of rows) {
    if (!fits) throw new KvError('bad-config', `${name}=${value} is not possible; ${name} may be ${may}.`);
  }
}
