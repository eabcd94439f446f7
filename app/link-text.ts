import { deflateSync, inflateSync } from 'fflate';

/** Own text in a link: UTF-8, deflated, base64url. */
export function packText(text: string): string {
  const bytes = deflateSync(new TextEncoder().encode(text), { level: 9 });
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Throws on anything that `packText` did not write. */
export function unpackText(word: string): string {
  if (!/^[\w-]+$/.test(word)) throw new Error('not base64url');
  const binary = atob(word.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = inflateSync(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** Percent-encodes what a fragment cannot carry; spaces become `+`, and `=` stays so that lanes can be read. */
export const escapeValue = (value: string): string =>
  encodeURIComponent(value)
    .replaceAll('%20', '+')
    .replace(/%(3D|2C|2F|40|3A)/g, (code) => decodeURIComponent(code));

export const unescapeValue = (value: string): string => decodeURIComponent(value.replaceAll('+', ' '));

/** CRC-32 of the link before `&ck=`, 8 hex: finds every cut and every single changed character. */
export function checksum(text: string): string {
  let crc = ~0;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (~crc >>> 0).toString(16).padStart(8, '0');
}
