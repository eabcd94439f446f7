import { groupSize } from '../../kv/config';
import type { ReferenceCodec } from '../codec';
import { perHead } from '../per-head';
import type { Inverse } from '../uniform';
import { throughUniform } from '../uniform';

const codec: ReferenceCodec = {
  id: 'uniform',
  through(rows, shape, side) {
    const inverse = (side.own?.inverse ?? 'exact') as Inverse;
    const group = groupSize(side, shape.headDim);
    return perHead(rows, shape, (one) => throughUniform(one, shape.headDim, { ...side, group, inverse }));
  },
};

export default codec;
