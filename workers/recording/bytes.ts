/**
 * Numbers as bytes that compress well: the lowest bytes of all values, then the second lowest, and so on. All little-endian,
 * whatever the machine.
 */
export function planesOf(values: Uint16Array | Uint32Array): Uint8Array {
  const { BYTES_PER_ELEMENT: width, length } = values;
  const bytes = new Uint8Array(values.byteLength);
  for (let plane = 0; plane < width; plane++) {
    for (let i = 0; i < length; i++) bytes[plane * length + i] = values[i] >>> (8 * plane);
  }
  return bytes;
}

export function u32From(bytes: Uint8Array): Uint32Array {
  const length = bytes.length / 4;
  const values = new Uint32Array(length);
  for (let i = 0; i < length; i++) {
    values[i] = bytes[i] | (bytes[length + i] << 8) | (bytes[2 * length + i] << 16) | (bytes[3 * length + i] << 24);
  }
  return values;
}

export function u16From(bytes: Uint8Array): Uint16Array {
  const length = bytes.length / 2;
  const values = new Uint16Array(length);
  for (let i = 0; i < length; i++) values[i] = bytes[i] | (bytes[length + i] << 8);
  return values;
}

/** To the bit. */
export const floatPlanes = (values: ArrayLike<number>): Uint8Array =>
  planesOf(new Uint32Array(Float32Array.from(values).buffer));

export const floatsFrom = (bytes: Uint8Array): Float32Array => new Float32Array(u32From(bytes).buffer as ArrayBuffer);

/** Whole numbers up to 2^53 that change little from one to the next, as f64 differences. */
export function countPlanes(values: ArrayLike<number>): Uint8Array {
  const steps = Float64Array.from(values, (value, i) => (i === 0 ? value : value - values[i - 1]));
  return planesOf(new Uint32Array(steps.buffer));
}

export function countsFrom(bytes: Uint8Array): Float64Array {
  const values = new Float64Array(u32From(bytes).buffer as ArrayBuffer);
  for (let i = 1; i < values.length; i++) values[i] += values[i - 1];
  return values;
}
