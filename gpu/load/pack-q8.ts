import { words16 } from './aligned';
import type { PackedRows } from './types';

/** 34-byte blocks: f16 scales leave for their own stream, two to a word along the row; codes keep their order. */
export function packQ8_0(
  bytes: Uint8Array,
  rows: number,
  blocks: number,
  order: Uint32Array | undefined,
  { codes, meta }: PackedRows,
): void {
  const source = words16(bytes);
  const scales = new Uint16Array(meta.buffer, meta.byteOffset, meta.length * 2);
  const scalesPerRow = blocks + (blocks & 1);
  for (let row = 0, c = 0; row < rows; row++) {
    let p = (order ? order[row] : row) * blocks * 17;
    for (let b = 0; b < blocks; b++, p += 17, c += 8) {
      scales[row * scalesPerRow + b] = source[p];
      codes[c] = source[p + 1] | (source[p + 2] << 16);
      codes[c + 1] = source[p + 3] | (source[p + 4] << 16);
      codes[c + 2] = source[p + 5] | (source[p + 6] << 16);
      codes[c + 3] = source[p + 7] | (source[p + 8] << 16);
      codes[c + 4] = source[p + 9] | (source[p + 10] << 16);
      codes[c + 5] = source[p + 11] | (source[p + 12] << 16);
      codes[c + 6] = source[p + 13] | (source[p + 14] << 16);
      codes[c + 7] = source[p + 15] | (source[p + 16] << 16);
    }
  }
}
