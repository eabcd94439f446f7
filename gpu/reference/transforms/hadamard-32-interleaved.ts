import type { ReferenceTransform } from '../codec';
import { hadamard } from '../hadamard';

/** Even and odd channels of each 64 apart. */
function turn(row: Float32Array): void {
  for (let block = 0; block < row.length; block += 64)
    for (const first of [block, block + 1]) {
      const half = Float32Array.from({ length: 32 }, (_, i) => row[first + 2 * i]);
      for (const [i, value] of hadamard(half, 32).entries()) row[first + 2 * i] = value;
    }
}

const transform: ReferenceTransform = { id: 'hadamard-32-interleaved', forward: turn, inverse: turn };

export default transform;
