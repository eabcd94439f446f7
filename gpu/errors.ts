/** Every failure a visitor can meet. The code is stable (links, tests, exit codes); the three texts are for people. */
export type ErrorCode =
  | 'no-webgpu'
  | 'no-adapter'
  | 'limit'
  | 'out-of-memory'
  | 'device-lost'
  | 'bad-file'
  | 'bad-recording'
  | 'newer-recording'
  | 'unsupported-arch'
  | 'unsupported-type'
  | 'unsupported-tokenizer'
  | 'network'
  | 'gated'
  | 'storage'
  | 'bad-config'
  | 'bad-prompt'
  | 'context-overflow'
  | 'cancelled'
  | 'usage'
  | 'internal';

/** What happened (message), why (cause in words) and what to do next. Survives the worker boundary through `toPlain`. */
export class KvError extends Error {
  override name = 'KvError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly why = '',
    readonly next = '',
  ) {
    super(message);
  }
}

export interface PlainError {
  code: ErrorCode;
  message: string;
  why: string;
  next: string;
}

export function toPlain(error: unknown): PlainError {
  if (error instanceof KvError) {
    return { code: error.code, message: error.message, why: error.why, next: error.next };
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return { code: 'cancelled', message: 'Cancelled.', why: '', next: '' };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message, why: 'This is a fault in kvscope.', next: 'Reload the page and try again.' };
}

export function fromPlain(plain: PlainError): KvError {
  return new KvError(plain.code, plain.message, plain.why, plain.next);
}
