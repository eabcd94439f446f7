import type { ReferenceTransform } from '../codec';
import { hadamard } from '../hadamard';

/** Blocks of the largest power of two that divides the head; heads whose size is no multiple of 64 stay as they are. */
const turn = (row: Float32Array) => void (row.length % 64 === 0 && hadamard(row, row.length & -row.length));

const transform: ReferenceTransform = { id: 'hadamard-wide', forward: turn, inverse: turn };

export default transform;
