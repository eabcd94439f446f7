import { KvError } from '../errors';
import type { Param, ParamValue } from './entry';
import { allowed, isChoice, isText } from './entry';

/** `a=1 b=x` to its words. Throws KvError('bad-config') for a word that is not key=value or stands twice. */
export function splitWords(text: string): Map<string, string> {
  const words = new Map<string, string>();
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const equals = word.indexOf('=');
    const key = word.slice(0, equals);
    if (equals < 1 || equals === word.length - 1) refuse(`"${word}" in a lane is not key=value.`);
    if (words.has(key)) refuse(`"${key}" stands twice in the lane.`);
    words.set(key, word.slice(equals + 1));
  }
  if (words.size === 0) refuse('The lane is empty; write for example k=4 v=4.');
  return words;
}

/**
 * The value that `text` gives to a setting; undefined when it is not said. Numbers are written one way only (no sign, no leading
 * or trailing zero), so that equal lanes are equal strings. Throws KvError('bad-config') naming the word and what is allowed.
 */
export function readValue(param: Param, word: string, text: string | undefined): ParamValue | undefined {
  if (text === undefined) return undefined;
  const number = /^(0|[1-9]\d{0,8})(\.\d{0,7}[1-9])?$/.test(text) ? Number(text) : undefined;
  const value = number ?? text;
  if (!fits(param, text, number)) refuse(`${word}=${text} is not possible; ${word} may be ${allowed(param)}.`);
  return isText(param) ? text : value;
}

function fits(param: Param, text: string, number: number | undefined): boolean {
  if (isChoice(param)) return param.choices.includes(number ?? text);
  if (isText(param)) return new RegExp(`^(?:${param.pattern})$`).test(text);
  if (number === undefined || number < param.min || number > param.max) return false;
  const steps = (number - param.min) / param.step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}

const refuse = (message: string): never => {
  throw new KvError('bad-config', message);
};
