import type { Side } from '../../kv/config';
import { groupSize } from '../../kv/config';
import { borders, LEVELS } from '../../kv/lloyd-max';
import { roundF16 } from '../../load/f16';
import type { ReferenceCodec } from '../codec';

/**
 * The definition of the `lloyd` codec (TurboQuant, Zandieh et al. 2025, section 3.1): a vector x of n channels is its length and
 * its direction. u = x / |x|, code = number of borders below u, with the Lloyd-Max levels and borders of N(0, 1/n).
 * `residual: coord` gives one of the bits to the sign of r = u - level, which stands for rho = |r| / sqrt(n). `residual: qjl`
 * (section 3.2) gives it to the signs of S r, S = n x n random signs, and adds sqrt(pi / 2) / n |r| S^T sign(S r).
 * |x| = sqrt(sum x^2 + 1e-8) and |r| likewise, so that a row of zeros has a direction.
 */
export interface Vector {
  /** What the direction is multiplied by, as stored; depends on the norm rule. */
  length: number;
  /** RMS of the residual of u (coord) or its length (qjl), as stored; 0 without one. */
  rho: number;
  /** Signs of S r, for qjl. */
  sketch?: Int8Array;
  /** Borders below u, with the sign of the residual as the highest bit. */
  codes: Uint8Array;
}

export interface VectorRules {
  bits: number;
  norm: 'raw' | 'unit' | 'unbiased';
  residual: 'none' | 'coord' | 'qjl';
  meta: 'f16' | 'f32';
}

const EPSILON = 1e-8;
/** Sums over the equal residuals of a row of zeros cancel but for rounding. */
const ZERO = -1e-3;
/** A row of zeros has no direction: its length stays as it is. */
const LEAST = 0.01;
const { fround } = Math;
const sum = (values: Float32Array, of: (x: number, i: number) => number): number =>
  values.reduce((total, x, i) => total + of(x, i), 0);

/** Level of a code for N(0, 1). */
function level(code: number, bits: number): number {
  const half = 2 ** (bits - 1);
  return code >= half ? LEVELS[bits][code - half] : -LEVELS[bits][half - 1 - code];
}

/** The sign of channel i in sum j of the sketch: a bit of lowbias32(4 i + word of j, xor a seed). */
function sketchSign(i: number, j: number): number {
  let x = (4 * i + (j >> 5)) ^ 0x9e3779b9;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x ^ (x >>> 16)) >>> (j & 31)) & 1 ? 1 : -1;
}

const innerBits = ({ bits, residual }: VectorRules): number => (residual === 'none' ? bits : bits - 1);

/** The coded direction, one number per channel. */
function direction({ codes, rho, sketch }: Omit<Vector, 'length'>, rules: VectorRules): Float32Array {
  const { residual } = rules;
  const inner = innerBits(rules);
  const root = Math.sqrt(codes.length);
  return Float32Array.from(codes, (code, i) => {
    const sign = residual === 'coord' ? 2 * (code >> inner) - 1 : 0;
    const sums = sketch ? sketch.reduce((total, s, j) => total + s * sketchSign(i, j), 0) : 0;
    const unsketched = (Math.sqrt(Math.PI / 2) / codes.length) * sums;
    return level(code & (2 ** inner - 1), inner) / root + rho * (sketch ? unsketched : sign);
  });
}

export function encodeVector(x: Float32Array, rules: VectorRules): Vector {
  const { norm, residual, meta } = rules;
  const store = meta === 'f16' ? roundF16 : fround;
  const inner = innerBits(rules);
  const root = Math.sqrt(x.length);
  const upper = borders(inner).map((border) => border / root);
  const all = [...upper.map((border) => -border).reverse(), 0, ...upper];
  const length = Math.sqrt(sum(x, (value) => value * value) + EPSILON);
  const u = x.map((value) => value / length);
  const codes = Uint8Array.from(u, (value) => all.filter((border) => border < value).length);
  const r = u.map((value, i) => value - level(codes[i], inner) / root);
  const size = Math.sqrt(sum(r, (value) => value * value) + EPSILON);
  const rho = residual === 'none' ? 0 : store(residual === 'coord' ? size / root : size);
  if (residual === 'coord') for (const [i, value] of r.entries()) codes[i] |= (value >= 0 ? 1 : 0) << inner;
  const signOfSum = (_: number, j: number) => (sum(r, (value, i) => value * sketchSign(i, j)) * root >= ZERO ? 1 : -1);
  const sketch = residual === 'qjl' ? Int8Array.from(r, signOfSum) : undefined;
  const coded = direction({ codes, rho, ...(sketch ? { sketch } : {}) }, rules);
  const by = {
    raw: () => 1,
    unit: () => Math.sqrt(sum(coded, (value) => value * value)),
    unbiased: () => sum(coded, (value, i) => value * u[i]),
  }[norm]();
  return { length: store(length / (by > LEAST ? by : 1)), rho, codes, ...(sketch ? { sketch } : {}) };
}

export const decodeVector = (vector: Vector, rules: VectorRules): Float32Array =>
  direction(vector, rules).map((value) => vector.length * value);

export const rulesOf = ({ bits, own }: Side): VectorRules => ({
  bits,
  norm: (own?.norm ?? 'raw') as VectorRules['norm'],
  residual: (own?.residual ?? 'none') as VectorRules['residual'],
  meta: (own?.meta ?? 'f16') as VectorRules['meta'],
});

const codec: ReferenceCodec = {
  id: 'lloyd',
  through(rows, { headDim }, side) {
    const [n, rules] = [groupSize(side, headDim), rulesOf(side)];
    const out = new Float32Array(rows.length);
    for (let at = 0; at < rows.length; at += n)
      out.set(decodeVector(encodeVector(rows.subarray(at, at + n), rules), rules), at);
    return out;
  },
};

export default codec;
