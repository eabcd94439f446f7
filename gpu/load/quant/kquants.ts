import { F16_VALUES } from '../f16';

/** ggml's 256-value super-blocks (`block_q4_K`, `block_q5_K`, `block_q6_K`): f16 super-scales over small integer scales. */

/** 6-bit scale and min of sub-block j (0..7) out of the 12 packed bytes at `p`: scale in bits 0..5, min in bits 8..13. */
export function subScale(bytes: Uint8Array, p: number, j: number): number {
  if (j < 4) return (bytes[p + j] & 63) | ((bytes[p + j + 4] & 63) << 8);
  const both = bytes[p + j + 4];
  const scale = (both & 15) | ((bytes[p + j - 4] >>> 6) << 4);
  const min = (both >>> 4) | ((bytes[p + j] >>> 6) << 4);
  return scale | (min << 8);
}

/** d, dmin, 12 scale bytes, 128 nibble bytes: value = d sc q - dmin mn, sub-blocks 2i (low) and 2i + 1 (high) share 32 bytes. */
export function q4_KRow(bytes: Uint8Array, offset: number, count: number, out: Float64Array): void {
  for (let at = 0, p = offset; at < count; at += 256, p += 144) {
    const d = F16_VALUES[bytes[p] | (bytes[p + 1] << 8)];
    const dmin = F16_VALUES[bytes[p + 2] | (bytes[p + 3] << 8)];
    for (let j = 0; j < 8; j++) {
      const s = subScale(bytes, p + 4, j);
      const scale = d * (s & 63);
      const min = dmin * (s >>> 8);
      const q = p + 16 + (j >>> 1) * 32;
      const shift = (j & 1) * 4;
      for (let i = 0; i < 32; i++) out[at + j * 32 + i] = scale * ((bytes[q + i] >>> shift) & 15) - min;
    }
  }
}

/** As Q4_K with 32 bytes of fifth bits before the nibbles: bit j of byte i belongs to value i of sub-block j. */
export function q5_KRow(bytes: Uint8Array, offset: number, count: number, out: Float64Array): void {
  for (let at = 0, p = offset; at < count; at += 256, p += 176) {
    const d = F16_VALUES[bytes[p] | (bytes[p + 1] << 8)];
    const dmin = F16_VALUES[bytes[p + 2] | (bytes[p + 3] << 8)];
    for (let j = 0; j < 8; j++) {
      const s = subScale(bytes, p + 4, j);
      const scale = d * (s & 63);
      const min = dmin * (s >>> 8);
      const high = p + 16;
      const q = p + 48 + (j >>> 1) * 32;
      const shift = (j & 1) * 4;
      for (let i = 0; i < 32; i++) {
        const code = ((bytes[q + i] >>> shift) & 15) | (((bytes[high + i] >>> j) & 1) << 4);
        out[at + j * 32 + i] = scale * code - min;
      }
    }
  }
}

/**
 * 128 bytes of low nibbles, 64 bytes of high pairs, 16 int8 scales, d: value = d sc (q - 32), 16 values per scale.
 * Per half of 128 values: value 32 k + i takes nibble byte (k & 1) * 32 + i (high nibble for k >= 2) and bits 2k of pair byte i.
 */
export function q6_KRow(bytes: Uint8Array, offset: number, count: number, out: Float64Array): void {
  for (let at = 0, p = offset; at < count; at += 256, p += 210) {
    const d = F16_VALUES[bytes[p + 208] | (bytes[p + 209] << 8)];
    for (let half = 0; half < 2; half++) {
      const low = p + half * 64;
      const high = p + 128 + half * 32;
      for (let k = 0; k < 4; k++) {
        for (let i = 0; i < 32; i++) {
          const nibble = (bytes[low + (k & 1) * 32 + i] >>> ((k >>> 1) * 4)) & 15;
          const code = nibble | (((bytes[high + i] >>> (2 * k)) & 3) << 4);
          const scale = (bytes[p + 192 + half * 8 + 2 * k + (i >>> 4)] << 24) >> 24;
          out[at + half * 128 + k * 32 + i] = d * scale * (code - 32);
        }
      }
    }
  }
}
