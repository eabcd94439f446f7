import type { Arena, SideOf } from './arena';
import { isExact } from './config';

/** Sides with the same settings and at most so many bits; exact ones as they are. */
export const atMost =
  (side: SideOf, bits: number): SideOf =>
  (layer) => {
    const of = side(layer);
    return isExact(of) ? of : { ...of, bits: Math.min(of.bits, bits) };
  };

/** Words that let any later move fit: every row at 16 bits with the densest scales (a word per group of 32 values or fewer). */
export function codedReserve(
  cap: number,
  { kvHeads, headDim }: Arena,
  group: number,
): { codes: number; scales: number } {
  const rows = Math.ceil(cap / 128) * 128;
  const perRow = Math.ceil(headDim / Math.min(32, group));
  return { codes: rows * kvHeads * (headDim / 2), scales: HEADERS + rows * kvHeads * perRow };
}

/** Room for the headers of the classes that moves open. */
const HEADERS = 256;
