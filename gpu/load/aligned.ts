/** `bytes` as u16 or u32 words, copied first when it does not start on a word border. Little-endian, as every WebGPU host is. */
export function words16(bytes: Uint8Array): Uint16Array {
  const at = bytes.byteOffset % 2 ? bytes.slice() : bytes;
  return new Uint16Array(at.buffer, at.byteOffset, at.length >>> 1);
}

export function words32(bytes: Uint8Array): Uint32Array {
  const at = bytes.byteOffset % 4 ? bytes.slice() : bytes;
  return new Uint32Array(at.buffer, at.byteOffset, at.length >>> 2);
}
