/**
 * GPT-2's printable stand-ins for bytes: byte-level vocabularies spell every byte as one visible character
 * (space = U+0120). Printable Latin-1 stands for itself, the rest from U+0100 on in byte order.
 */
export const BYTE_CHARS: string[] = (() => {
  const chars: string[] = [];
  let next = 0x100;
  for (let byte = 0; byte < 256; byte++) {
    const itself = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte < 0x100 && byte !== 0xad);
    chars.push(String.fromCharCode(itself ? byte : next++));
  }
  return chars;
})();

export const CHAR_BYTES: Map<string, number> = new Map(BYTE_CHARS.map((char, byte) => [char, byte]));

/** Text of a byte-level token spelling: the bytes behind its characters, or its UTF-8 where a character is no stand-in. */
export function bytesOfSpelling(spelling: string): Uint8Array {
  const bytes: number[] = [];
  for (const char of spelling) {
    const byte = CHAR_BYTES.get(char);
    if (byte === undefined) return new TextEncoder().encode(spelling);
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
