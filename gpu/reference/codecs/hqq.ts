import { groupSize } from '../../kv/config';
import { roundF16 } from '../../load/f16';
import type { ReferenceCodec } from '../codec';
import { roundEven } from '../uniform';

/**
 * Half-quadratic quantization (Badri and Shaji 2023): M = round(2^b - 1), s = M / (max - min), at most 2e4, z = -min s;
 * code = clamp(round(x s + z), 0, M), value = (code - z) / s. Then z alone is moved, at most `iters` times, with p = 0.7,
 * beta = 10 and beta <- beta kappa after each step: e = shrink(x - value), shrink(u) = sgn(u) max(|u| - |u|^(p-1) / beta, 0),
 * z <- mean over the group of code - (x - e) s. The steps end early, for all rows of a layer at once, with the first step at whose
 * start mean|x - value| has not fallen; its z still counts. Stored are 1 / s and z as f16; codes come from the unrounded ones.
 * A group whose z is beyond f16 holds nothing but its smallest value: 1 / s = min, z = -1, every code 0.
 */
export interface HqqGroup {
  min: number;
  /** Codes per unit. */
  s: number;
  z: number;
}

const { fround } = Math;
const MOST_S = 2e4;
const POWER = fround(-0.3);
const BETA = 10;

/** The largest code. */
export const levels = (bits: number): number => Math.round(2 ** bits - 1);

export function startGroup(x: Float32Array, most: number): HqqGroup {
  const min = x.reduce((a, v) => Math.min(a, v));
  const range = fround(x.reduce((a, v) => Math.max(a, v)) - min);
  const s = fround(range * MOST_S) <= most ? MOST_S : fround(most / range);
  return { min, s, z: fround(-min * s) };
}

const codeOf = (x: number, { s, z }: HqqGroup, most: number): number =>
  Math.min(Math.max(roundEven(fround(fround(x * s) + z)), 0), most);

/** One step: moves z and returns the sum of |x - value| before it. */
export function refine(x: Float32Array, group: HqqGroup, most: number, beta: number): number {
  let [sum, error] = [0, 0];
  const weight = fround(1 / beta);
  for (const v of x) {
    const code = codeOf(v, group, most);
    const u = fround(v - fround(fround(code - group.z) / group.s));
    const size = Math.abs(u);
    const kept = size === 0 ? 0 : Math.max(0, fround(size - fround(fround(size ** POWER) * weight)));
    sum = fround(sum + fround(code - fround(fround(v - Math.sign(u) * kept) * group.s)));
    error += size;
  }
  group.z = fround(sum / x.length);
  return error;
}

/** Steps that count, given the errors at the start of each: up to and with the first that has not fallen. */
export function stepsOf(errors: readonly number[]): number {
  const end = errors.findIndex((error, i) => i > 0 && error >= errors[i - 1]);
  return end < 0 ? errors.length : end + 1;
}

/** What a reader gets back for the group. */
export function decode(x: Float32Array, group: HqqGroup, most: number): number[] {
  const [scale, zero] = [roundF16(fround(1 / group.s)), roundF16(group.z)];
  if (!Number.isFinite(zero)) return Array.from(x, () => roundF16(group.min));
  return Array.from(x, (v) => fround(scale * codeOf(v, group, most) - scale * zero));
}

const codec: ReferenceCodec = {
  id: 'hqq',
  through(rows, shape, side) {
    const size = groupSize(side, shape.headDim);
    const most = levels(side.bits);
    const parts = Array.from({ length: rows.length / size }, (_, i) => rows.subarray(i * size, (i + 1) * size));
    const { iters = 20, kappa = 1.01 } = (side.own ?? {}) as { iters?: number; kappa?: number };
    const run = (groups: HqqGroup[], steps: number): number[] => {
      const errors: number[] = [];
      let beta = BETA;
      for (let step = 0; step < steps; step++) {
        errors.push(groups.reduce((sum, group, i) => sum + refine(parts[i], group, most, beta), 0));
        beta = fround(beta * fround(kappa));
      }
      return errors;
    };
    const steps = stepsOf(
      run(
        parts.map((x) => startGroup(x, most)),
        iters,
      ),
    );
    const groups = parts.map((x) => startGroup(x, most));
    run(groups, steps);
    const out = new Float32Array(rows.length);
    for (const [i, x] of parts.entries()) out.set(decode(x, groups[i], most), i * size);
    return out;
  },
};

export default codec;
