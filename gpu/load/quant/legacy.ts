import { F16_VALUES } from '../f16';

/**
 * ggml's 32-value blocks. d, m are f16; nibble byte j holds value j (low) and value j + 16 (high);
 * qh is a 32-bit field with the fifth bit of value j at bit j.
 */

/** d, 32 x int8: value = d q. */
export function q8_0Row(bytes: Uint8Array, offset: number, count: number, out: Float64Array): void {
  for (let at = 0, p = offset; at < count; at += 32, p += 34) {
    const d = F16_VALUES[bytes[p] | (bytes[p + 1] << 8)];
    for (let j = 0; j < 32; j++) out[at + j] = d * ((bytes[p + 2 + j] << 24) >> 24);
  }
}

/** d, 16 nibble bytes: value = d (q - 8). */
export function q4_0Row(bytes: Uint8Array, offset: number, count: number, out: Float64Array): void {
  for (let at = 0, p = offset; at < count; at += 32, p += 18) {
    const d = F16_VALUES[bytes[p] | (bytes[p + 1] << 8)];
    for (let j = 0; j < 16; j++) {
      const q = bytes[p + 2 + j];
      out[at + j] = d * ((q & 15) - 8);
      out[at + 16 + j] = d * ((q >>> 4) - 8);
    }
  }
}

/** d, m, 16 nibble bytes: value = d q + m. */
export function q4_1Row(bytes: Uint8Array, offset: number, count: number, out: Float64Array): void {
  for (let at = 0, p = offset; at < count; at += 32, p += 20) {
    const d = F16_VALUES[bytes[p] | (bytes[p + 1] << 8)];
    const m = F16_VALUES[bytes[p + 2] | (bytes[p + 3] << 8)];
    for (let j = 0; j < 16; j++) {
      const q = bytes[p + 4 + j];
      out[at + j] = d * (q & 15) + m;
      out[at + 16 + j] = d * (q >>> 4) + m;
    }
  }
}

/** d, qh, 16 nibble bytes: value = d (q - 16). */
export function q5_0Row(bytes: Uint8Array, offset: number, count: number, out: Float64Array): void {
  for (let at = 0, p = offset; at < count; at += 32, p += 22) {
    const d = F16_VALUES[bytes[p] | (bytes[p + 1] << 8)];
    const high = bytes[p + 2] | (bytes[p + 3] << 8) | (bytes[p + 4] << 16) | (bytes[p + 5] << 24);
    for (let j = 0; j < 16; j++) {
      const q = bytes[p + 6 + j];
      out[at + j] = d * (((q & 15) | (((high >>> j) & 1) << 4)) - 16);
      out[at + 16 + j] = d * (((q >>> 4) | (((high >>> (j + 16)) & 1) << 4)) - 16);
    }
  }
}

/** d, m, qh, 16 nibble bytes: value = d q + m. */
export function q5_1Row(bytes: Uint8Array, offset: number, count: number, out: Float64Array): void {
  for (let at = 0, p = offset; at < count; at += 32, p += 24) {
    const d = F16_VALUES[bytes[p] | (bytes[p + 1] << 8)];
    const m = F16_VALUES[bytes[p + 2] | (bytes[p + 3] << 8)];
    const high = bytes[p + 4] | (bytes[p + 5] << 8) | (bytes[p + 6] << 16) | (bytes[p + 7] << 24);
    for (let j = 0; j < 16; j++) {
      const q = bytes[p + 8 + j];
      out[at + j] = d * ((q & 15) | (((high >>> j) & 1) << 4)) + m;
      out[at + 16 + j] = d * ((q >>> 4) | (((high >>> (j + 16)) & 1) << 4)) + m;
    }
  }
}
