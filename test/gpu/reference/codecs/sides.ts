import type { Side } from '../../../../gpu/kv/config';
import { uniformSide } from '../../../../gpu/kv/config';
import type { ParamValue } from '../../../../gpu/kv/entry';

const wholeHead = (codec: string, bits: number, own: Record<string, ParamValue>): Side => ({
  ...uniformSide(bits),
  codec,
  group: 'head',
  own,
});

/** Sides whose groups are whole heads, with settings of the codec's own. */
export const zeroPointSide = (bits: number, own: Record<string, ParamValue>): Side =>
  wholeHead('zero-point', bits, own);
export const hqqSide = (bits: number, own: Record<string, ParamValue>): Side => wholeHead('hqq', bits, own);
