import { KvError } from '../gpu/errors';
import type { LinkContent, Row } from './link-row';
import { emptyContent } from './link-row';
import { ROWS } from './link-rows';
import { checksum, escapeValue, unescapeValue } from './link-text';
import type { BrokenReason } from './store-link';

/** Schema of the link. A newer one is refused; older ones are migrated step by step. */
export const VERSION = 1;
export const LENGTH_WARN = 1800;
export const LENGTH_MAX = 4000;
/** Keys of view settings that a later release may add begin with this, so that this release may pass over them. */
const FUTURE_VIEW = '_';

export class LinkError extends Error {
  constructor(
    readonly reason: BrokenReason,
    /** What could be read before the failure: key and value. */
    readonly read: [string, string][],
  ) {
    super(reason.code);
  }
}

/** The fragment, without `#`: version, settings that differ from the default in fixed order, checksum. */
export function formatLink(content: LinkContent): string {
  return sealed(
    ROWS.filter((row) => row.link),
    content,
  );
}

/** The same for this browser's own storage: own habits included, receipt left out. */
export function formatSaved(content: LinkContent): string {
  return sealed(
    ROWS.filter((row) => row.saved),
    content,
  );
}

function sealed(rows: readonly Row[], content: LinkContent): string {
  const pairs = rows.flatMap((row) => row.write(content).map((value) => `${row.key}=${escapeValue(value)}`));
  const body = [`v=${VERSION}`, ...pairs].join('&');
  return `${body}&ck=${checksum(body)}`;
}

export interface ReadLink {
  content: LinkContent;
  /** View settings that were passed over, by key. */
  ignored: string[];
}

/** Reads a fragment. Throws LinkError: cut, newer, an unknown key or an impossible value of the run, by name. */
export function parseLink(fragment: string): ReadLink {
  const text = fragment.replace(/^#/, '');
  const pairs = split(text);
  const read = pairs.filter(([key]) => key !== 'ck');
  const refuse = (code: BrokenReason['code'], detail = ''): never => {
    throw new LinkError({ code, detail }, read);
  };
  const version = /^v=(\d{1,4})(?=&)/.exec(text)?.[1];
  if (!text.startsWith('v') || text.length > LENGTH_MAX * 4) refuse('not-a-link');
  if (version !== undefined && Number(version) > VERSION) refuse('newer', version);
  const end = text.lastIndexOf('&ck=');
  if (version === undefined || end < 0 || checksum(text.slice(0, end)) !== text.slice(end + 4)) refuse('cut');

  const content = emptyContent();
  const ignored: string[] = [];
  const byKey = new Map<string, string[]>();
  for (const [key, value] of read.slice(1)) byKey.set(key, [...(byKey.get(key) ?? []), value]);
  for (const key of byKey.keys()) {
    if (ROWS.some((row) => row.key === key)) continue;
    if (key.startsWith(FUTURE_VIEW)) ignored.push(key);
    else refuse('unknown-key', key);
  }
  for (const row of ROWS) {
    const values = byKey.get(row.key);
    if (!values) continue;
    try {
      row.read(values, content);
    } catch (error) {
      if (row.group === 'run' || row.group === 'receipt') refuse('bad-value', why(row.key, values, error));
      ignored.push(row.key);
    }
  }
  return { content, ignored };
}

const why = (key: string, values: string[], error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  const shown = values.join(', ').slice(0, 120);
  return error instanceof KvError ? `${key}: ${text}` : `${key}=${shown} (${text})`;
};

function split(text: string): [string, string][] {
  return text.split('&').flatMap((part): [string, string][] => {
    const equals = part.indexOf('=');
    if (equals < 1) return [];
    try {
      return [[part.slice(0, equals), unescapeValue(part.slice(equals + 1))]];
    } catch {
      return [];
    }
  });
}
