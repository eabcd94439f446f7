/** A number (a minus counts where nothing stands before it: 24-21 are two positive ones) or a run of letters and digits. */
const WORD = /(?<![\p{L}\p{N}])-?\d+(?:\.\d+)?(?![\p{L}\p{N}])|\d+\.\d+(?![\p{L}\p{N}])|[\p{L}\p{N}\p{M}]+/gu;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** Words of a text as answers are compared: compatibility forms unified, lower case, no punctuation; 1,000 reads 1000. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('−', '-')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .match(WORD) ?? [];

export const normalised = (text: string): string => wordsOf(text).join(' ');

/** True when the words of `value` stand side by side in the text: "12" is not in "112". */
export const contains = (text: string, value: string): boolean =>
  normalised(value) !== '' && ` ${normalised(text)} `.includes(` ${normalised(value)} `);

/** The last number of a text, or null. */
export function lastNumber(text: string): number | null {
  const last = wordsOf(text).findLast((word) => NUMBER.test(word));
  return last === undefined ? null : Number(last);
}
