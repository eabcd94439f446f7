import type { ReferenceTransform } from '../codec';
import { hadamard } from '../hadamard';

const transform: ReferenceTransform = {
  id: 'hadamard',
  forward: (row) => void hadamard(row, row.length),
  inverse: (row) => void hadamard(row, row.length),
};

export default transform;
