import { F16_VALUES } from '../f16';

/** `count` little-endian values from `offset` into `out`. */
export function f32Row(bytes: Uint8Array, offset: number, count: number, out: Float64Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, count * 4);
  for (let i = 0; i < count; i++) out[i] = view.getFloat32(i * 4, true);
}

export function f16Row(bytes: Uint8Array, offset: number, count: number, out: Float64Array): void {
  for (let i = 0, p = offset; i < count; i++, p += 2) out[i] = F16_VALUES[bytes[p] | (bytes[p + 1] << 8)];
}

/** bfloat16 is the upper half of an f32. */
export function bf16Row(bytes: Uint8Array, offset: number, count: number, out: Float64Array): void {
  const word = new Uint32Array(1);
  const value = new Float32Array(word.buffer);
  for (let i = 0, p = offset; i < count; i++, p += 2) {
    word[0] = (bytes[p] << 16) | (bytes[p + 1] << 24);
    out[i] = value[0];
  }
}
