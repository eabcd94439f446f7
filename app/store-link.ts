import type { Receipt, ReceiptVerdict } from '../gpu/measure/receipt';
import type { State } from './store';

/** Where the settings on screen come from. */
export type LinkOrigin =
  | { kind: 'own' }
  /** A link is open beside the visitor's own session, untouched so far. */
  | { kind: 'opened'; receipt: Receipt | null; hash: string; from?: 'recording' }
  | { kind: 'forked' }
  /** The link could not be opened; the page shows only that. */
  | { kind: 'broken'; reason: BrokenReason; read: [string, string][] };

export interface LinkModel {
  ref: string;
  sha12: string;
}

/** Why a link is refused; the words are in the text catalogue. */
export interface BrokenReason {
  code: 'cut' | 'newer' | 'unknown-key' | 'bad-value' | 'not-a-link';
  detail: string;
}

export interface LinkSlice {
  link: LinkOrigin;
  /** The model that the link or the last session names. */
  wanted: LinkModel | null;
  verdict: ReceiptVerdict | null;
  setLink(link: LinkOrigin): void;
}

export function linkSlice(set: (patch: Partial<State>) => void): LinkSlice {
  return { link: { kind: 'own' }, wanted: null, verdict: null, setLink: (link) => set({ link, verdict: null }) };
}
