/** A format instruction that a program can check. */
export interface Instruction {
  /** The words of the prompt that ask for it. */
  words: string;
  /** True once the text cannot keep it any more; with `ended`, also where something is missing. */
  broken(text: string, ended: boolean): boolean;
}

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const NUMBER = `(\\d{1,3}|${NUMBERS.join('|')})`;
const COUNT = `(\\d{1,3}|${NUMBERS.join('|')}|a single|an?)`;
const THINGS =
  '(?:things|items|ideas|tips|reasons|examples|facts|points|steps|ways|questions|words|names|benefits|bullet points|bullets)';

const countOf = (word: string): number => {
  const at = NUMBERS.indexOf(word.toLowerCase());
  if (at >= 0) return at + 1;
  return /^\d/.test(word) ? Number(word) : 1;
};

const words = (text: string): number => text.match(/\S+/g)?.length ?? 0;
/** Sentences begun. A point inside a number or before a small letter ends none; an abbreviation before a capital does. */
const sentences = (text: string): number =>
  text.trim() === '' ? 0 : 1 + (text.trim().match(/[.!?]["'”)\]]*\s+(?=["'“(]?[^\s\p{Ll}])/gu)?.length ?? 0);
const paragraphs = (text: string): number => (text.trim() === '' ? 0 : text.trim().split(/\n\s*\n/).length);
const items = (text: string): number => text.match(/^\s*(?:[-*•]|\d{1,2}[.)])\s+\S/gm)?.length ?? 0;

/** More than so many at any time, or another number at the end. */
const exactly =
  (wanted: number, count: (text: string) => number): Instruction['broken'] =>
  (text, ended) =>
    count(text) > wanted || (ended && count(text) !== wanted);

/** A beginning of a number: sign, digits, separators. */
const numberSoFar = (text: string) => /^\s*[-+−$€£]?\s*(?:\d[\d.,]*)?\s*[%.]?\s*$/.test(text);

interface Rule {
  pattern: RegExp;
  broken(match: RegExpMatchArray): Instruction['broken'];
}

const RULES: Rule[] = [
  {
    pattern: new RegExp(`\\bin (?:exactly |just |only )?${COUNT} (?:short |brief |simple |clear )?sentences?\\b`, 'i'),
    broken: ([, count]) => exactly(countOf(count), sentences),
  },
  {
    pattern: new RegExp(`\\bin (?:exactly |just |only )?${COUNT} (?:short |brief |simple )?paragraphs?\\b`, 'i'),
    broken: ([, count]) => exactly(countOf(count), paragraphs),
  },
  {
    pattern:
      /\b(?:in (?:at most|under|fewer than|less than|up to|no more than)|at most|no more than|use up to|within) (\d{1,4}) words\b/i,
    broken:
      ([, most]) =>
      (text) =>
        words(text) > Number(most),
  },
  {
    pattern: new RegExp(
      `\\b(?:list|(?:give|write|name|suggest)(?: me)?(?: a list of)?) (?:exactly |the )?${NUMBER} (?:\\w+ ){0,2}${THINGS}\\b`,
      'i',
    ),
    broken: ([, count]) => exactly(countOf(count), items),
  },
  {
    pattern: /\banswer (?:only |just )?(?:with )?(?:only |just )?["“']?(yes)["”']? or ["“']?(no)["”']?/i,
    broken: () => (text, ended) =>
      !/^\s*["“']?(?:y|ye|yes|n|no)?["”']?[.\s]*$/i.test(text) || (ended && text.trim() === ''),
  },
  {
    pattern:
      /\b(?:answer|reply|respond) (?:only |just )?with (?:only |just )?(?:the |a )?(?:final )?number(?: only)?\b/i,
    broken: () => (text, ended) => !numberSoFar(text) || (ended && !/\d/.test(text)),
  },
  {
    pattern: /\b(?:answer|reply|respond) (?:only )?with (?:only )?(?:one|a single) word\b/i,
    broken: () => (text, ended) => words(text) > 1 || (ended && words(text) !== 1),
  },
  {
    pattern: /\b(?:final|resulting) (?:number|answer|result) on the last line\b/i,
    broken: () => (text, ended) => ended && !/\d/.test(text.trim().split('\n').at(-1) ?? ''),
  },
  {
    pattern: /\b(?:(?:as|return|output|valid|only)(?: a| the)?(?: single)? JSON\b|in JSON(?= format\b|[.,:;]|\s*$))/im,
    broken: () => (text, ended) => !isJsonSoFar(text) || (ended && !isJson(text)),
  },
  {
    pattern: /\b(?:in |use |only )(?:all )?(?:caps|capitals|capital letters|upper ?case)\b/i,
    broken: () => (text) => /\p{Ll}/u.test(text),
  },
  {
    pattern: /\b(?:in |use |only )(?:all )?lower ?case\b/i,
    broken: () => (text) => /\p{Lu}/u.test(text),
  },
  {
    pattern: /\b(?:do not use|don't use|without using|avoid) the word ["“']?(\w+)["”']?/i,
    broken: ([, word]) => {
      const forbidden = new RegExp(`\\b${word}\\b`, 'i');
      return (text) => forbidden.test(text);
    },
  },
];

function isJson(text: string): boolean {
  try {
    JSON.parse(unfenced(text));
    return true;
  } catch {
    return false;
  }
}

const unfenced = (text: string) =>
  text
    .trim()
    .replace(/^```(?:json)?\s*/, '')
    .replace(/\s*```$/, '');

/** The beginning of some JSON object or list: opens with a bracket, and nothing but a code fence follows where it is closed. */
function isJsonSoFar(text: string): boolean {
  const start = text.trimStart().replace(/^`{1,3}(?:j(?:s(?:on?)?)?)?\s*/, '');
  if (start === '') return true;
  if (!/^[[{]/.test(start)) return false;
  let [depth, quoted] = [0, false];
  for (let i = 0; i < start.length; i++) {
    const char = start[i];
    if (quoted) {
      if (char === '\\') i++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return /^[\s`]*$/.test(start.slice(i + 1));
  }
  return true;
}

/** The checkable instructions of a prompt, each once. */
export function instructionsIn(prompt: string): Instruction[] {
  return RULES.flatMap((rule) => {
    const match = rule.pattern.exec(prompt);
    return match ? [{ words: match[0], broken: rule.broken(match) }] : [];
  });
}
