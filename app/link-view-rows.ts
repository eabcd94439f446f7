import type { Receipt } from '../gpu/measure/receipt';
import { EVERY } from '../gpu/measure/receipt';
import { HEAD_MEASURES } from '../gpu/run-types';
import type { Row } from './link-row';
import { emptyContent, fail, flag, oneOf, row, whole } from './link-row';
import { RUN_CAP } from './settings';
import type { HeadId, Tab } from './store';

const TABS: readonly Tab[] = ['text', 'kl', 'attention', 'setup'];
const base = emptyContent();

/** What the recipient sees first; never part of the result. */
export const VIEW_ROWS: readonly Row[] = [
  row<number | 'live'>({
    key: 'at',
    group: 'view',
    saved: false,
    initial: 'live',
    get: (c) => c.view.cursor,
    set: (c, cursor) => Object.assign(c.view, { cursor }),
    format: String,
    parse: (word) => whole(word, 0, RUN_CAP),
  }),
  row<HeadId | null>({
    key: 'h',
    group: 'view',
    initial: null,
    get: (c) => c.view.head,
    set: (c, head) => Object.assign(c.view, { head }),
    format: (head) => (head ? `${head.layer}.${head.head}` : ''),
    parse: (word) => {
      const [layer, head, ...rest] = word.split('.');
      if (rest.length > 0 || head === undefined) fail('layer.head');
      return { layer: whole(layer, 0, 999), head: whole(head, 0, 999) };
    },
  }),
  row({
    key: 'hm',
    group: 'view',
    initial: base.view.metric,
    get: (c) => c.view.metric,
    set: (c, metric) => Object.assign(c.view, { metric }),
    format: String,
    parse: oneOf(...HEAD_MEASURES),
  }),
  row({
    key: 'ln',
    group: 'view',
    initial: 1,
    get: (c) => c.view.lane,
    set: (c, lane) =>
      Object.assign(c.view, { lane: lane <= c.settings.lanes.length ? lane : fail('lanes of this link') }),
    format: String,
    parse: (word) => whole(word, 1, 7),
  }),
  row({
    key: 'tab',
    group: 'view',
    initial: base.view.tab,
    get: (c) => c.view.tab,
    set: (c, tab) => Object.assign(c.view, { tab }),
    format: String,
    parse: oneOf(...TABS),
  }),
  row({
    key: '_view',
    group: 'view',
    initial: base.view.view,
    get: (c) => c.view.view,
    set: (c, view) => Object.assign(c.view, { view }),
    format: String,
    parse: oneOf('run', 'lab', 'compare'),
  }),
  row({
    key: '_lab',
    group: 'view',
    initial: base.view.section,
    get: (c) => c.view.section,
    set: (c, section) => Object.assign(c.view, { section }),
    format: String,
    parse: (word) => (/^[a-z-]{1,24}$/.test(word) ? word : fail('a section of the lab')),
  }),
];

/** The visitor's own habits: kept in this browser, never sent. */
export const PREF_ROWS: readonly Row[] = [
  row({
    key: 'lk',
    group: 'pref',
    link: false,
    initial: false,
    get: (c) => c.prefs.lock,
    set: (c, lock) => Object.assign(c.prefs, { lock }),
    ...flag,
  }),
  row({
    key: 'ap',
    group: 'pref',
    link: false,
    initial: base.prefs.scope,
    get: (c) => c.prefs.scope,
    set: (c, scope) => Object.assign(c.prefs, { scope }),
    format: String,
    parse: oneOf('all', 'new'),
  }),
  row({
    key: 'len',
    group: 'pref',
    link: false,
    initial: base.prefs.length,
    get: (c) => c.prefs.length,
    set: (c, length) => Object.assign(c.prefs, { length }),
    format: String,
    parse: (word) => whole(word, 512, 131072),
  }),
  row({
    key: 'keys',
    group: 'pref',
    link: false,
    initial: true,
    get: (c) => c.prefs.keys,
    set: (c, keys) => Object.assign(c.prefs, { keys }),
    format: (on) => (on ? 'on' : 'off'),
    parse: (word) => oneOf('on', 'off')(word) === 'on',
  }),
  row({
    key: 'th',
    group: 'pref',
    link: false,
    initial: base.prefs.theme,
    get: (c) => c.prefs.theme,
    set: (c, theme) => Object.assign(c.prefs, { theme }),
    format: String,
    parse: oneOf('auto', 'light', 'dark'),
  }),
];

export const RECEIPT_ROW: Row = row<Receipt | null>({
  key: 'x',
  group: 'receipt',
  saved: false,
  initial: null,
  get: (c) => c.receipt,
  set: (c, receipt) => {
    c.receipt = receipt;
  },
  format: (x) => (x ? [x.steps, x.tokens, x.kl, x.prefixes.join('')].join('.') : ''),
  parse: (word) => {
    const match = /^(\d{1,4})\.([0-9a-f]{8})\.([0-9a-f]{8})\.((?:[0-9a-f]{4})*)$/.exec(word);
    if (!match) return fail('steps.tokens.kl.prefixes');
    const steps = whole(match[1], 1, RUN_CAP + 1);
    const prefixes = match[4].match(/.{4}/g) ?? [];
    return prefixes.length === Math.floor(steps / EVERY)
      ? { steps, tokens: match[2], kl: match[3], prefixes }
      : fail('one prefix in 32 steps');
  },
});
