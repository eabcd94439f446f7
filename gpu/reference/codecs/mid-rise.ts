import type { Side } from '../../kv/config';
import { roundF16 } from '../../load/f16';
import type { ReferenceCodec } from '../codec';
import { roundEven } from '../uniform';

/**
 * The cache grids of ExLlama, for 32 rotated channels y that share a scale a = max|y| in FP16; h = 2^(b-1).
 * v3: no code stands for zero. Cells are even in t, code = floor(t h + h), value = a f(t) with t at the middle of the cell, where
 * y = a f(t), f(t) = c t + (1 - c) t^3 with compander c, and f(t) = t without one (c = 0). Codes use the stored a.
 * v2: code = round(y / a h) + h, halves to even, at most 2^b - 1, so that the largest positive value is one step low;
 * value = a (code - h) / h.
 */
export interface MidRiseBlock {
  /** As stored. */
  scale: number;
  /** 0 .. 2^bits - 1. */
  codes: Uint8Array;
}

export interface Grid {
  variant: string;
  compand: number;
  bits: number;
}

const BLOCK = 32;
const { fround } = Math;
/** Added to max|y| by v3. */
const LEAST = fround(1e-10);
const LARGEST_HALF = 65504;

const curve = (t: number, c: number): number =>
  c === 0 ? t : fround(t * fround(fround(fround(t * t) * fround(1 - c)) + c));

/** Codes 32 rotated f32 values. */
export function encodeBlock(y: Float32Array, { variant, compand, bits }: Grid): MidRiseBlock {
  const most = y.reduce((a, v) => Math.max(a, Math.abs(v)), 0);
  const top = 2 ** bits - 1;
  const half = 2 ** (bits - 1);
  const c = fround(compand);
  if (variant === 'v2') {
    const scale = storedScale(most);
    const code = (v: number) => roundEven(fround(fround(v / scale) * half)) + half;
    return { scale, codes: Uint8Array.from(y, scale === 0 ? () => half : (v) => clamp(code(v), top)) };
  }
  const scale = storedScale(most + LEAST);
  const code = (v: number) => {
    const x = fround(v / scale);
    if (c === 0) return Math.floor(fround(fround(x * half) + half));
    let found = 0;
    while (found < top && curve((found + 1 - half) / half, c) <= x) found++;
    return found;
  };
  return { scale, codes: Uint8Array.from(y, scale === 0 ? () => half : (v) => clamp(code(v), top)) };
}

const storedScale = (a: number): number => roundF16(Math.min(fround(a), LARGEST_HALF));
const clamp = (code: number, top: number): number => Math.min(Math.max(code, 0), top);

export function decodeBlock({ scale, codes }: MidRiseBlock, { variant, compand, bits }: Grid): number[] {
  const half = 2 ** (bits - 1);
  if (variant === 'v2') return Array.from(codes, (code) => fround(scale * ((code - half) / half)));
  return Array.from(codes, (code) => fround(scale * curve((code - half + 0.5) / half, fround(compand))));
}

export const gridOf = (side: Side): Grid => ({
  variant: String(side.own?.variant ?? 'v3'),
  compand: Number(side.own?.compand ?? 0),
  bits: side.bits,
});

const codec: ReferenceCodec = {
  id: 'mid-rise',
  through(rows, _, side) {
    const grid = gridOf(side);
    const out = new Float32Array(rows.length);
    for (let at = 0; at < rows.length; at += BLOCK)
      out.set(decodeBlock(encodeBlock(rows.subarray(at, at + BLOCK), grid), grid), at);
    return out;
  },
};

export default codec;
