import { receiptOf } from '../gpu/measure/receipt';
import { frames } from './frames';
import { formatLink, formatSaved, LinkError, parseLink } from './link';
import type { LinkContent } from './link-row';
import type { SessionKey } from './saved';
import { readSession, writeSession } from './saved';
import type { State } from './store';
import { useStore } from './store';
import { ownState } from './store-recording';
import { en } from './text/en';

const FORK = 'kvscope-fork';
const get = useStore.getState;

/** What of the state a link or the saved session holds. */
export function contentOf(s: State, withReceipt: boolean): LinkContent {
  const sha12 = s.model?.sha256.slice(0, 12);
  const steps = Math.min(frames.count, s.settings.steps + 1);
  const isRun = s.runInfo !== null && s.edits === s.runEdits && steps > 0 && s.prompt !== null;
  return {
    settings: s.settings,
    model: sha12 ? { ref: s.modelRef, sha12 } : s.wanted,
    view: {
      cursor: s.cursor,
      view: s.view,
      section: s.section,
      tab: s.tab,
      lane: s.lane,
      metric: s.metric,
      head: s.head.layer + s.head.head > 0 ? s.head : null,
    },
    prefs: { lock: s.lock, scope: s.scope, length: s.length, keys: s.keys, theme: s.theme },
    receipt: withReceipt && isRun ? receiptOf(s.prompt?.ids ?? [], frames, steps) : null,
  };
}

export const shareLink = (): string => formatLink(contentOf(get(), true));

function apply(content: LinkContent, withPrefs: boolean): void {
  const { head, ...view } = content.view;
  get().putSettings(content.settings);
  get().set({ wanted: content.model, ...view, ...(head ? { head } : {}), ...(withPrefs ? content.prefs : {}) });
}

/** Opens a link's text beside the visitor's own session; a link that cannot be read gets a page of its own. */
export function openLink(fragment: string): void {
  try {
    const { content, ignored } = parseLink(fragment);
    apply(content, false);
    get().setLink({ kind: 'opened', receipt: content.receipt, hash: fragment });
    if (ignored.length > 0) get().notice(en.link.ignored(ignored));
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    get().setLink({ kind: 'broken', reason: error.reason, read: error.read });
  }
}

/** At page load: the link in the address, else what this tab or this browser had last. */
export async function openSession(): Promise<void> {
  const hash = location.hash.slice(1);
  if (hash !== '') return openLink(hash);
  const key: SessionKey = sessionStorage.getItem(FORK) ? 'fork' : 'session';
  const saved = await readSession(key);
  // A visitor who was faster than the database keeps what they did.
  if (saved === undefined || get().edits > 0) return;
  try {
    const { content } = parseLink(saved);
    apply(content, true);
    if (key === 'fork') get().setLink({ kind: 'forked' });
  } catch {
    // Written by a newer release: start fresh, leave it in place until something is changed.
  }
}

/** Leaves a link or a fork and returns to the visitor's own session. */
export function ownWork(): void {
  sessionStorage.removeItem(FORK);
  history.replaceState(null, '', location.pathname + location.search);
  location.reload();
}

/** Keeps the session as it changes. A link that is only looked at is not written anywhere. */
export function watchSession(): void {
  let written = '';
  let waiting = false;
  useStore.subscribe((now, was) => {
    const [s, before] = [ownState(now), ownState(was)];
    if (s.link.kind === 'forked' && before.link.kind !== 'forked') {
      sessionStorage.setItem(FORK, '1');
      history.replaceState(null, '', location.pathname + location.search);
    }
    if (s.link.kind === 'opened' || s.link.kind === 'broken') return;
    const key: SessionKey = s.link.kind === 'forked' ? 'fork' : 'session';
    const save = () => {
      waiting = false;
      const text = formatSaved(contentOf(ownState(get()), false));
      if (text !== written) void writeSession(key, text);
      written = text;
    };
    const isFirst = s.link.kind !== before.link.kind;
    if (!waiting) setTimeout(save, isFirst ? 0 : 600);
    waiting = true;
  });
  window.addEventListener('hashchange', () => {
    if (location.hash.startsWith('#v')) location.reload();
  });
}
