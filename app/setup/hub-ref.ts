import type { ModelRef } from '../../workers/protocol';

type HubRef = Extract<ModelRef, { kind: 'hub' }>;

/** `owner/repo/path/file.gguf`, or the address of such a file on the hub; null when it is neither. */
export function parseHubRef(text: string): HubRef | null {
  const path = text
    .trim()
    .replace(/^(https?:\/\/)?(www\.)?(huggingface\.co|hf\.co)\//, '')
    .replace(/[?#].*$/, '');
  const [owner, name, ...rest] = path.split('/').map(decode);
  if (!owner || !name || rest.length === 0) return null;
  const isPage = rest[0] === 'blob' || rest[0] === 'resolve' || rest[0] === 'raw';
  const revision = isPage ? rest[1] : undefined;
  const file = (isPage ? rest.slice(2) : rest).join('/');
  const parts = [owner, name, ...file.split('/')];
  const isPlain = parts.every((part) => /^[\w.@ +-]+$/.test(part) && part !== '.' && part !== '..');
  if (!isPlain || !/\.gguf$/i.test(file)) return null;
  const isMain = revision === undefined || revision === 'main';
  return { kind: 'hub', repo: `${owner}/${name}`, file, ...(isMain ? {} : { revision }) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
