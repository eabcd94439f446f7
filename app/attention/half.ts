/** f16 bit patterns to numbers. Attention weights: never negative, never infinite. */
export function fromHalf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  return exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const decoded = new WeakMap<Uint16Array, Float32Array>();

/** Decoded once per row, however often it is painted. */
export function rowValues(bits: Uint16Array): Float32Array {
  let values = decoded.get(bits);
  if (!values) {
    values = new Float32Array(bits.length);
    for (let i = 0; i < bits.length; i++) values[i] = fromHalf(bits[i]);
    decoded.set(bits, values);
  }
  return values;
}
