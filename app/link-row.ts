import type { Receipt } from '../gpu/measure/receipt';
import type { Settings } from './settings';
import { defaultSettings } from './settings';
import type { HeadId, State } from './store';
import type { LinkModel } from './store-link';

/** Everything a link, a run file or the saved session can hold. */
export interface LinkContent {
  settings: Settings;
  model: LinkModel | null;
  view: Pick<State, 'cursor' | 'view' | 'section' | 'tab' | 'lane' | 'metric'> & { head: HeadId | null };
  prefs: Pick<State, 'lock' | 'scope' | 'length' | 'keys' | 'theme'>;
  receipt: Receipt | null;
}

export const emptyContent = (): LinkContent => ({
  settings: defaultSettings(),
  model: null,
  view: { cursor: 'live', view: 'run', section: 'grid', tab: 'attention', lane: 1, metric: 'tv', head: null },
  prefs: { lock: false, scope: 'all', length: 8192, keys: true, theme: 'auto' },
  receipt: null,
});

/** `run` decides the result and may never be guessed; `view` and `pref` may be ignored. */
type Group = 'run' | 'view' | 'pref' | 'receipt';

export interface Row {
  key: string;
  group: Group;
  /** Where the setting is stored. */
  link: boolean;
  saved: boolean;
  /** Values to write, none when the setting has its default. */
  write(content: LinkContent): string[];
  /** Throws when a value is impossible. */
  read(values: string[], content: LinkContent): void;
}

interface Spec<T> {
  key: string;
  group: Group;
  link?: boolean;
  saved?: boolean;
  initial: T;
  get(content: LinkContent): T;
  set(content: LinkContent, value: T): void;
  format(value: T): string | string[];
  parse(value: string, all: string[]): T;
  /** May stand more than once. */
  repeats?: boolean;
}

export function row<T>(spec: Spec<T>): Row {
  const words = (value: T) => [spec.format(value)].flat().filter((word) => word !== '');
  const usual = words(spec.initial).join('&');
  return {
    key: spec.key,
    group: spec.group,
    link: spec.link ?? true,
    saved: spec.saved ?? true,
    write: (content) => {
      const said = words(spec.get(content));
      return said.join('&') === usual ? [] : said;
    },
    read: (values, content) => {
      if (values.length > 1 && !spec.repeats) throw new Error('stands twice');
      spec.set(content, spec.parse(values[0], values));
    },
  };
}

export const fail = (why: string): never => {
  throw new Error(why);
};

export function whole(word: string, min: number, max: number): number {
  const value = /^(0|[1-9]\d{0,9})$/.test(word) ? Number(word) : Number.NaN;
  return value >= min && value <= max ? value : fail(`${min}..${max}`);
}

export function decimal(word: string, min: number, max: number): number {
  const value = /^\d{1,4}(\.\d{1,6})?$/.test(word) ? Number(word) : Number.NaN;
  return value >= min && value <= max ? value : fail(`${min}..${max}`);
}

export const oneOf =
  <T extends string>(...words: readonly T[]) =>
  (word: string): T =>
    words.includes(word as T) ? (word as T) : fail(words.join(', '));

export const flag = { format: (on: boolean) => (on ? '1' : ''), parse: (word: string) => oneOf('1')(word) === '1' };
