import { roundF16 } from '../../load/f16';
import type { ReferenceCodec } from '../codec';

const codec: ReferenceCodec = { id: 'f16', through: (rows) => rows.map(roundF16) };

export default codec;
