/** A slot entry: where the row of a token is, class << 28 | slot. */

/** Entry of a token that a head no longer holds; the destination of an op that is none. */
export const EVICTED = 0xffffffff;

export const slotEntry = (classIndex: number, slot: number): number => ((classIndex << 28) | slot) >>> 0;

/** An entry as the source of an op: bit 31, class << 27, slot. */
export const sourceAt = (entry: number): number => (0x80000000 | ((entry >>> 28) << 27) | (entry & 0x7ffffff)) >>> 0;
