import { KvError } from '../errors';
import { cancelled, pause, throwIfCancelled } from './cancel';
import { asError, contentTotal, PassingError, refusal } from './http-errors';

export interface HttpOptions {
  /** For example an Authorization header; sent with every request. */
  headers?: Record<string, string>;
  fetch?: typeof fetch;
  signal?: AbortSignal;
  /** Attempts in a row without a single new byte before giving up. */
  tries?: number;
  /** First pause in ms before a retry; doubles each time. */
  backoff?: number;
}

/** What is known of a remote file after the first answer. `etag` is null when the server does not show it. */
export interface Remote {
  url: string;
  name: string;
  size: number;
  etag: string | null;
}

/** Asks for the first byte: the size in bytes, and proof that the server honours Range. */
export async function probe(
  url: string,
  name: string,
  options: HttpOptions,
): Promise<{ size: number; etag: string | null }> {
  const response = await attempt(options, 2, () => request(url, name, 0, 1, options));
  await drop(response);
  const size = contentTotal(response) ?? (await headLength(url, options));
  if (size === null) {
    throw new KvError(
      'bad-file',
      `The server does not say how long ${name} is.`,
      'Neither Content-Range nor Content-Length can be read.',
      'Download the file and drop it on the page.',
    );
  }
  return { size, etag: response.headers.get('etag') };
}

/** Bytes offset .. offset + length; a dropped connection is resumed where it broke. */
export async function readRange(
  remote: Remote,
  offset: number,
  length: number,
  options: HttpOptions,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let got = 0;
  while (got < length) {
    got = await attempt(options, options.tries ?? 5, async () => {
      const response = await request(remote.url, remote.name, offset + got, length - got, options);
      checkSame(remote, response);
      const arrived = await fill(response, bytes, got, options.signal);
      if (arrived === got) throw new TypeError('the connection closed without data');
      return arrived;
    });
  }
  return bytes;
}

/** Runs `work`, again after a pause when the failure is one that passes (dropped connection, 429, 5xx). */
async function attempt<T>(options: HttpOptions, tries: number, work: () => Promise<T>): Promise<T> {
  for (let failed = 1; ; failed++) {
    throwIfCancelled(options.signal);
    try {
      return await work();
    } catch (error) {
      if (options.signal?.aborted) throw cancelled();
      if (error instanceof KvError && !(error instanceof PassingError)) throw error;
      if (failed >= tries) throw asError(error);
      await pause((options.backoff ?? 400) * 2 ** (failed - 1), options.signal);
    }
  }
}

async function request(
  url: string,
  name: string,
  offset: number,
  length: number,
  options: HttpOptions,
): Promise<Response> {
  const response = await (options.fetch ?? fetch)(url, {
    headers: { ...options.headers, Range: `bytes=${offset}-${offset + length - 1}` },
    signal: options.signal,
  });
  const error = refusal(response, name, offset);
  if (!error) return response;
  await drop(response);
  throw error;
}

/** Copies the body to bytes[at..]; returns the end of what arrived, short when the connection broke. */
async function fill(response: Response, bytes: Uint8Array, at: number, signal?: AbortSignal): Promise<number> {
  const reader = response.body?.getReader();
  if (!reader) throw new TypeError('the answer has no body');
  let end = at;
  try {
    while (end < bytes.length) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, bytes.length - end);
      bytes.set(part, end);
      end += part.length;
    }
  } catch (error) {
    if (signal?.aborted || end === at) throw error;
  } finally {
    reader.cancel().catch(() => {});
  }
  return end;
}

function checkSame(remote: Remote, response: Response): void {
  const total = contentTotal(response);
  const etag = response.headers.get('etag');
  const same =
    (total === null || total === remote.size) && (etag === null || remote.etag === null || etag === remote.etag);
  if (same) return;
  throw new KvError(
    'bad-file',
    `${remote.name} changed on the server while it was read.`,
    'Its length or version is no longer the one the download began with.',
    'Load it again.',
  );
}

async function headLength(url: string, options: HttpOptions): Promise<number | null> {
  try {
    const response = await (options.fetch ?? fetch)(url, {
      method: 'HEAD',
      headers: options.headers,
      signal: options.signal,
    });
    const length = Number(response.headers.get('content-length') ?? 'none');
    return response.ok && Number.isSafeInteger(length) ? length : null;
  } catch {
    throwIfCancelled(options.signal);
    return null;
  }
}

async function drop(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => {});
}
