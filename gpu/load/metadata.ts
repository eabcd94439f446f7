import { KvError } from '../errors';

/** GGUF metadata with every read checked; a missing or misshapen key is named in a KvError('bad-file'). */
export type Metadata = Record<string, unknown>;

const AGAIN = 'The file is damaged or was written by an unusual converter. Try another copy of the model.';

export function has(metadata: Metadata, key: string): boolean {
  return Object.hasOwn(metadata, key) && metadata[key] !== undefined && metadata[key] !== null;
}

/** A whole number >= `least` that a double holds exactly; 64-bit values count when they fit. */
export function whole(metadata: Metadata, key: string, least: number, otherwise?: number): number {
  if (!has(metadata, key) && otherwise !== undefined) return otherwise;
  const value = Number(scalar(metadata, key));
  if (!Number.isSafeInteger(value) || value < least) throw wrong(key, `a whole number from ${least} up`, metadata[key]);
  return value;
}

/** A finite number above 0. */
export function positive(metadata: Metadata, key: string, otherwise?: number): number {
  if (!has(metadata, key) && otherwise !== undefined) return otherwise;
  const value = Number(scalar(metadata, key));
  if (!Number.isFinite(value) || value <= 0) throw wrong(key, 'a number above 0', metadata[key]);
  return value;
}

export function text(metadata: Metadata, key: string, otherwise?: string): string {
  if (!has(metadata, key) && otherwise !== undefined) return otherwise;
  const value = metadata[key];
  if (typeof value !== 'string') throw wrong(key, 'text', value);
  return value;
}

export function flag(metadata: Metadata, key: string, otherwise: boolean): boolean {
  if (!has(metadata, key)) return otherwise;
  const value = metadata[key];
  if (typeof value !== 'boolean') throw wrong(key, 'true or false', value);
  return value;
}

export function texts(metadata: Metadata, key: string): string[] {
  const value = metadata[key];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw wrong(key, 'a list of texts', value);
  return value;
}

/** A list of numbers, `length` long when given. */
export function numbers(metadata: Metadata, key: string, length?: number): number[] {
  const value = metadata[key];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'number')) {
    throw wrong(key, 'a list of numbers', value);
  }
  if (length !== undefined && value.length !== length) throw wrong(key, `a list of ${length} numbers`, value);
  return value;
}

function scalar(metadata: Metadata, key: string): unknown {
  const value = metadata[key];
  if (typeof value !== 'number' && typeof value !== 'bigint') throw wrong(key, 'a number', value);
  return value;
}

function wrong(key: string, want: string, got: unknown): KvError {
  const found = got === undefined ? 'it is missing' : `it is ${show(got)}`;
  return new KvError(
    'bad-file',
    `The model file says nothing usable for "${key}".`,
    `It should be ${want}, but ${found}.`,
    AGAIN,
  );
}

function show(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return `"${String(value).slice(0, 60)}"`;
}
