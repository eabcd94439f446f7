import type { Side } from '../../kv/config';
import { roundF16 } from '../../load/f16';
import type { ReferenceCodec } from '../codec';

/**
 * The block types of ggml (`quantize_row_*_ref`): 32 channels share a scale d in FP16, and a minimum m where the type ends in _1.
 * Codes come from d and m before they are rounded to FP16; values from what is stored.
 * q8_0: d = max|x| / 127, code = round(x / d), halves away from zero. q4_0, q5_0: d = M / -2^(b-1) with M the value of largest
 * magnitude, sign kept; code = floor(x / d + 2^(b-1) + 0.5), at most 2^b - 1. q4_1, q5_1: d = (max - min) / (2^b - 1),
 * code = floor((x - min) / d + 0.5). iq4_nl: the nearest of 16 uneven steps of M / -127, then d fitted by least squares with
 * weights x^2.
 */
export interface GgmlBlock {
  d: number;
  m: number;
  /** q8_0: -127 .. 127; else 0 .. 2^b - 1. */
  codes: Int32Array;
}

export const IQ4_NL = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];
const BLOCK = 32;
const { fround } = Math;

/** Codes 32 f32 values. */
export function encodeBlock(x: Float32Array, type: string): GgmlBlock {
  if (type === 'iq4_nl') return encodeNl(x);
  const bits = Number(type[1]);
  if (type.endsWith('_1')) {
    const low = Math.min(...x);
    const top = 2 ** bits - 1;
    const d = fround(fround(Math.max(...x) - low) / top);
    const id = inverse(d);
    const code = (v: number) => Math.min(top, Math.floor(fround(fround(fround(v - low) * id) + 0.5)));
    return { d: roundF16(d), m: roundF16(low), codes: Int32Array.from(x, code) };
  }
  const d = fround(type === 'q8_0' ? Math.abs(largest(x)) / 127 : largest(x) / -(2 ** (bits - 1)));
  const id = inverse(d);
  const half = 2 ** (bits - 1);
  const code = (v: number) => {
    const steps = fround(v * id);
    if (type === 'q8_0') return Math.sign(steps) * Math.floor(Math.abs(steps) + 0.5);
    return Math.min(2 * half - 1, Math.floor(fround(steps + half + 0.5)));
  };
  return { d: roundF16(d), m: 0, codes: Int32Array.from(x, code) };
}

function encodeNl(x: Float32Array): GgmlBlock {
  const id = inverse(fround(largest(x) / -127));
  const codes = Int32Array.from(x, (v) => {
    const steps = fround(v * id);
    return IQ4_NL.slice(1).filter((step, k) => steps >= (step + IQ4_NL[k]) / 2).length;
  });
  let [up, down] = [0, 0];
  for (const [i, v] of x.entries()) {
    const step = IQ4_NL[codes[i]];
    const weight = fround(v * v);
    up = fround(up + fround(fround(weight * step) * v));
    down = fround(down + fround(fround(weight * step) * step));
  }
  return { d: roundF16(down === 0 ? 0 : fround(up / down)), m: 0, codes };
}

/** The value of largest magnitude with its sign; the first of equals. */
const largest = (x: Float32Array): number => x.reduce((most, v) => (Math.abs(v) > Math.abs(most) ? v : most), 0);
const inverse = (d: number): number => (d === 0 ? 0 : fround(1 / d));

export function decodeBlock({ d, m, codes }: GgmlBlock, type: string): number[] {
  if (type === 'iq4_nl') return Array.from(codes, (code) => fround(d * IQ4_NL[code]));
  if (type.endsWith('_1')) return Array.from(codes, (code) => fround(fround(d * code) + m));
  const zero = type === 'q8_0' ? 0 : 2 ** (Number(type[1]) - 1);
  return Array.from(codes, (code) => fround(d * (code - zero)));
}

/** The block type of a side; a side that was moved to another width has the plain type of that width. */
export function typeOf(side: Side): string {
  const type = String(side.own?.type ?? 'q4_0');
  return Number(/\d/.exec(type)) === side.bits ? type : `q${side.bits}_0`;
}

const codec: ReferenceCodec = {
  id: 'ggml',
  through(rows, _, side) {
    const type = typeOf(side);
    const out = new Float32Array(rows.length);
    for (let at = 0; at < rows.length; at += BLOCK)
      out.set(decodeBlock(encodeBlock(rows.subarray(at, at + BLOCK), type), type), at);
    return out;
  },
};

export default codec;
