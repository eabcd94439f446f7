import { f16FromNumber, f16ToNumber } from '../../load/f16';
import type { ReferenceCodec } from '../codec';

/** Every number as FP16 without its lower 8 bits: e5m2 rounded towards zero. */
const codec: ReferenceCodec = {
  id: 'f16-high',
  through: (rows) => rows.map((x) => f16ToNumber(f16FromNumber(x) & 0xff00)),
};

export default codec;
