/**
 * What a codec, transform, policy or system says about itself: plain data, no code.
 * The settings form, the lane grammar, `eval --list` and the docs page are all built from it.
 */
export type ParamValue = number | string;

interface ParamBase {
  /** The word of the lane string and, where the field exists, the key of `CacheConfig`. */
  key: string;
  title: string;
  /** One sentence: what it does to the cache. */
  text: string;
  /** `bits`, `tokens`, `channels` ... ; empty for a bare number or a word. */
  unit: string;
  /** True when `k.` and `v.` may set it apart for keys and values. */
  perSide?: boolean;
}

/** One value of a short list. */
export interface ChoiceParam extends ParamBase {
  default: ParamValue;
  choices: readonly ParamValue[];
}

/** A number from `min` to `max`, both allowed, in steps of `step`. */
export interface RangeParam extends ParamBase {
  default: number;
  min: number;
  max: number;
  step: number;
}

/** A short text of a given form, such as a list of layer ranges. */
export interface TextParam extends ParamBase {
  default: string;
  /** What it must look like, as a regular expression over the whole text. */
  pattern: string;
  /** For messages and docs. */
  example: string;
}

export type Param = ChoiceParam | RangeParam | TextParam;

export interface Entry {
  /** Also the file's name and the word in links. */
  id: string;
  title: string;
  /** One paragraph for people. */
  text: string;
  /** Plain-text formula from value to code and back. */
  formula?: string;
  /** Where the method is published: a link. */
  source?: string;
  /** Widths that `k` and `v` may take; codecs and systems only. */
  bits?: readonly ParamValue[];
  params: readonly Param[];
  /** Systems only. */
  facts?: SystemFacts;
}

/** What a published system says of itself beside its settings. */
export interface SystemFacts {
  paper?: string;
  code?: string;
  /** Licence of the code that was read, and what follows from it. */
  licence: string;
  /** `exact`, or why what runs here only comes close to the original. */
  fidelity: 'exact' | { approximate: string };
  /** Numbers its authors (or others) published; never measured here. */
  published: readonly { what: string; numbers: string; source: string }[];
  /** Settings scaled down for short contexts; not the system's own. */
  scaled?: { text: string; values: Readonly<Record<string, ParamValue>> };
}

export type EntryKind = 'codec' | 'transform' | 'policy' | 'system';

export const isChoice = (param: Param): param is ChoiceParam => 'choices' in param;
export const isText = (param: Param): param is TextParam => 'pattern' in param;

/** `1, 2, 3` or `0..100000 tokens`: the allowed values of a parameter, for messages and docs. */
export function allowed(param: Param): string {
  if (isChoice(param)) return param.choices.join(', ');
  if (isText(param)) return `of the form ${param.example}`;
  return `${param.min}..${param.max}${param.unit === '' ? '' : ` ${param.unit}`}`;
}
