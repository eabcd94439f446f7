import { KvError } from '../errors';

/** Why an answer cannot be used, or null when it is the range that was asked for. `offset`: first byte asked for. */
export function refusal(response: Response, name: string, offset: number): KvError | null {
  const { status } = response;
  if (status === 401 || status === 403) {
    return new KvError(
      'gated',
      `The server refuses access to ${name} (${status}).`,
      'The model may be gated or private, or the address is wrong.',
      'Accept its terms on the hub, download the file there and drop it on the page, or choose another model.',
    );
  }
  if (status === 404 || status === 410) {
    return new KvError(
      'network',
      `${name} was not found (${status}).`,
      '',
      'Check the repository, the file name and the revision.',
    );
  }
  if (status === 408 || status === 429 || status >= 500) return new PassingError(name, status);
  if (!response.ok)
    return new KvError('network', `The server answered ${status} for ${name}.`, '', 'Try another copy of the model.');
  if (/^text\/html\b/i.test(response.headers.get('content-type') ?? '')) {
    return new KvError(
      'bad-file',
      `${name} is a web page, not a model file.`,
      'The server sent HTML, perhaps a sign-in or error page.',
      'Use the download address of the file itself.',
    );
  }
  if (status !== 206) return noRanges(name);
  const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  return start !== undefined && Number(start) !== offset ? noRanges(name) : null;
}

/** Whole length of the file from `Content-Range: bytes 0-0/123`, null when absent or hidden by CORS. */
export function contentTotal(response: Response): number | null {
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  const size = Number(total ?? 'none');
  return Number.isSafeInteger(size) ? size : null;
}

/** The last failure of a series, as the visitor should read it. */
export function asError(error: unknown): KvError {
  if (error instanceof KvError) return error;
  return new KvError(
    'network',
    'The download failed.',
    `${error instanceof Error ? error.message : String(error)}. The connection dropped, or the server does not allow this page to read the file (CORS).`,
    'Check the connection and try again, or download the file and drop it on the page.',
  );
}

/** A server fault that may be gone a moment later. */
export class PassingError extends KvError {
  constructor(name: string, status: number) {
    super('network', `The server is too busy to send ${name} (${status}).`, '', 'Wait a moment and try again.');
  }
}

function noRanges(name: string): KvError {
  return new KvError(
    'bad-file',
    `The server cannot send parts of ${name}.`,
    'It ignored the requested byte range, so the model would have to fit in memory twice.',
    'Download the file and drop it on the page.',
  );
}
