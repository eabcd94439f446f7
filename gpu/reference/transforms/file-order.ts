import type { ReferenceTransform } from '../codec';

const transform: ReferenceTransform = {
  id: 'file-order',
  forward(row) {
    const half = row.length / 2;
    row.set(Float32Array.from(row, (_, c) => row[c % 2 === 0 ? c / 2 : (c - 1) / 2 + half]));
  },
  inverse(row) {
    const half = row.length / 2;
    row.set(Float32Array.from(row, (_, c) => row[c < half ? 2 * c : 2 * (c - half) + 1]));
  },
};

export default transform;
