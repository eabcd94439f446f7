import type { ReferenceTransform } from '../codec';
import { hadamard } from '../hadamard';

/** Heads whose size is no multiple of 64 stay as they are. */
const turn = (row: Float32Array) => void (row.length % 64 === 0 && hadamard(row, 64));

const transform: ReferenceTransform = { id: 'hadamard-64', forward: turn, inverse: turn };

export default transform;
