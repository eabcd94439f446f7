import type { ReferenceTransform } from '../codec';
import { hadamard } from '../hadamard';

const transform: ReferenceTransform = {
  id: 'hadamard-32',
  forward: (row) => void hadamard(row, 32),
  inverse: (row) => void hadamard(row, 32),
};

export default transform;
