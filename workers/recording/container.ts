import { sha256 } from '@noble/hashes/sha2.js';
import { deflateSync, inflateSync } from 'fflate';
import { alteredRecording, cutRecording, newerRecording, notRecording } from './fault';

/**
 * The file: a preamble of 48 bytes, a JSON head, then sections, head and sections deflated each on its own.
 *   0 "KVREC\n"   6 version u16   8 bytes of the whole file u32   12 head, packed u32   16 SHA-256 of 0..15 and 48..end   48 head
 * Little-endian. The head's `sections` lists name, packed bytes and bytes of every section, in file order.
 */
export const VERSION = 1;
const MAGIC = [75, 86, 82, 69, 67, 10];
const PREAMBLE = 48;
const SUM = 16;
/** Far above the longest run, far below what would hurt a page. */
const MOST_BYTES = 256 * 2 ** 20;
const MOST_HEAD = 4 * 2 ** 20;

type SectionEntry = [name: string, packed: number, bytes: number];

export interface Container {
  head: Record<string, unknown>;
  sections: Map<string, Uint8Array>;
}

export const isRecording = (bytes: Uint8Array): boolean => MAGIC.every((byte, i) => bytes[i] === byte);

/** Packs one section at a time and lets others run in between: long runs take a while. */
export async function pack({ head, sections }: Container, rest = async () => {}): Promise<Uint8Array<ArrayBuffer>> {
  const entries: SectionEntry[] = [];
  const parts: Uint8Array[] = [];
  for (const [name, bytes] of sections) {
    const packed = deflateSync(bytes, { level: 9 });
    entries.push([name, packed.length, bytes.length]);
    parts.push(packed);
    await rest();
  }
  parts.unshift(deflateSync(new TextEncoder().encode(JSON.stringify({ ...head, sections: entries })), { level: 9 }));
  const total = parts.reduce((sum, part) => sum + part.length, PREAMBLE);
  const file = new Uint8Array(total);
  const view = new DataView(file.buffer);
  file.set(MAGIC);
  view.setUint16(6, VERSION, true);
  view.setUint32(8, total, true);
  view.setUint32(12, parts[0].length, true);
  let at = PREAMBLE;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  file.set(checksum(file), SUM);
  return file;
}

/** Errors: bad-recording (no recording, cut, altered), newer-recording. */
export function unpack(file: Uint8Array): Container {
  if (!isRecording(file)) throw file.length < MAGIC.length ? cutRecording(file.length, 0) : notRecording();
  if (file.length < PREAMBLE) throw cutRecording(file.length, 0);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const version = view.getUint16(6, true);
  if (version > VERSION) throw newerRecording(version, VERSION);
  const total = view.getUint32(8, true);
  if (file.length < total) throw cutRecording(file.length, total);
  const sum = checksum(file);
  if (file.length > total || version < 1 || sum.some((byte, i) => byte !== file[SUM + i])) {
    throw alteredRecording('Its checksum does not match: something in it was changed on the way.');
  }
  const headEnd = PREAMBLE + view.getUint32(12, true);
  const head = readHead(file.subarray(PREAMBLE, headEnd));
  return { head, sections: readSections(file.subarray(headEnd), entriesOf(head)) };
}

function checksum(file: Uint8Array): Uint8Array {
  return sha256.create().update(file.subarray(0, SUM)).update(file.subarray(PREAMBLE)).digest();
}

function readHead(packed: Uint8Array): Record<string, unknown> {
  const text = inflate('head', packed, MOST_HEAD);
  try {
    const head: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
    if (typeof head === 'object' && head !== null) return head as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw alteredRecording('Its head cannot be read.');
}

function entriesOf({ sections }: Record<string, unknown>): SectionEntry[] {
  const size = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  const isEntry = (entry: unknown) =>
    Array.isArray(entry) && typeof entry[0] === 'string' && size(entry[1]) && size(entry[2]);
  if (!Array.isArray(sections) || !sections.every(isEntry))
    throw alteredRecording('Its list of sections cannot be read.');
  const entries = sections as SectionEntry[];
  if (entries.reduce((sum, entry) => sum + entry[2], 0) > MOST_BYTES) {
    throw alteredRecording(`It would take more than ${MOST_BYTES / 2 ** 20} MB to unpack.`);
  }
  return entries;
}

function readSections(bytes: Uint8Array, entries: SectionEntry[]): Map<string, Uint8Array> {
  const sections = new Map<string, Uint8Array>();
  let at = 0;
  for (const [name, packed, length] of entries) {
    const section = inflate(name, bytes.subarray(at, at + packed), length);
    if (section.length !== length)
      throw alteredRecording(`Its section "${name}" has another length than its head says.`);
    sections.set(name, section);
    at += packed;
  }
  if (at !== bytes.length) throw alteredRecording('Its sections do not fill the file.');
  return sections;
}

/** At most `most` bytes, whatever the packed bytes claim. */
function inflate(name: string, packed: Uint8Array, most: number): Uint8Array {
  if (most === 0) return new Uint8Array(0);
  try {
    return inflateSync(packed, { out: new Uint8Array(most) });
  } catch {
    throw alteredRecording(`Its section "${name}" cannot be unpacked.`);
  }
}
