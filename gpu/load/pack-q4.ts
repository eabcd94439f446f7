import { KvError } from '../errors';
import { words16, words32 } from './aligned';
import { F16_VALUES, f16FromNumber } from './f16';
import { subScale } from './quant/kquants';
import type { PackedRows } from './types';

/** 20-byte blocks are five aligned words: (scale, min), then the nibbles in the order the GPU reads. */
export function packQ4_1(
  bytes: Uint8Array,
  rows: number,
  blocks: number,
  order: Uint32Array | undefined,
  { codes, meta }: PackedRows,
): void {
  const source = words32(bytes);
  for (let row = 0, b = 0; row < rows; row++) {
    let p = (order ? order[row] : row) * blocks * 5;
    for (const end = b + blocks; b < end; b++, p += 5) {
      meta[b] = source[p];
      codes[b * 4] = source[p + 1];
      codes[b * 4 + 1] = source[p + 2];
      codes[b * 4 + 2] = source[p + 3];
      codes[b * 4 + 3] = source[p + 4];
    }
  }
}

/** As Q4_1 with min = -8 scale. Throws KvError('bad-file') where that leaves the range of f16 (a scale of 8192 or more). */
export function packQ4_0(
  bytes: Uint8Array,
  rows: number,
  blocks: number,
  order: Uint32Array | undefined,
  { codes, meta }: PackedRows,
): void {
  const source = words16(bytes);
  const mins = minOfScale();
  for (let row = 0, b = 0; row < rows; row++) {
    let p = (order ? order[row] : row) * blocks * 9;
    for (const end = b + blocks; b < end; b++, p += 9) {
      const scale = source[p];
      const min = mins[scale];
      if ((min & 0x7c00) === 0x7c00) throw overflow(F16_VALUES[scale]);
      meta[b] = scale | (min << 16);
      codes[b * 4] = source[p + 1] | (source[p + 2] << 16);
      codes[b * 4 + 1] = source[p + 3] | (source[p + 4] << 16);
      codes[b * 4 + 2] = source[p + 5] | (source[p + 6] << 16);
      codes[b * 4 + 3] = source[p + 7] | (source[p + 8] << 16);
    }
  }
}

/**
 * Each 256-value super-block becomes eight blocks with f32 scale = d sc and f32 min = -dmin mn (both products exact).
 * ggml keeps sub-blocks 2i and 2i + 1 in the low and high nibbles of the same 32 bytes; here every block owns its 16.
 */
export function packQ4_K(
  bytes: Uint8Array,
  rows: number,
  blocks: number,
  order: Uint32Array | undefined,
  { codes, meta }: PackedRows,
): void {
  const source = words32(bytes);
  const scales = new Float32Array(meta.buffer, meta.byteOffset, meta.length);
  const supers = blocks / 8;
  for (let row = 0, b = 0; row < rows; row++) {
    let p = (order ? order[row] : row) * supers * 36;
    for (let s = 0; s < supers; s++, p += 36) {
      const d = F16_VALUES[source[p] & 0xffff];
      const dmin = F16_VALUES[source[p] >>> 16];
      for (let j = 0; j < 8; j++, b++) {
        const packed = subScale(bytes, p * 4 + 4, j);
        scales[b * 2] = d * (packed & 63);
        scales[b * 2 + 1] = -dmin * (packed >>> 8);
        const q = p + 4 + (j >>> 1) * 8;
        const shift = (j & 1) * 4;
        for (let w = 0; w < 4; w++) {
          const first = (source[q + w] >>> shift) & 0x0f0f0f0f;
          const second = (source[q + w + 4] >>> shift) & 0x0f0f0f0f;
          codes[b * 4 + w] = first | (second << 4);
        }
      }
    }
  }
}

let mins: Uint16Array | null = null;

/** f16 bits of -8 x, by the f16 bits of x. */
function minOfScale(): Uint16Array {
  if (!mins) {
    mins = new Uint16Array(65536);
    for (let bits = 0; bits < 65536; bits++) mins[bits] = f16FromNumber(-8 * F16_VALUES[bits]);
  }
  return mins;
}

function overflow(scale: number): KvError {
  return new KvError(
    'bad-file',
    `A Q4_0 block has the scale ${scale}.`,
    'Weights of this size cannot be right; the file is damaged.',
    'Download the file again.',
  );
}
