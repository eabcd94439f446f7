import { contains, wordsOf } from '../../measure/answer-text';
import type { Random } from '../../tasks/random';
import { range } from '../../tasks/random';
import { fill } from '../../tasks/task';
import words from '../../tasks/words.json';

/** A request whose form a program can check, whatever the content. */
export interface FormatProbe {
  text: string;
  check(answer: string): boolean;
}

interface Person {
  name: string;
  city: string;
  job: string;
}

type Rule = (person: Person) => { ask: string; check: (answer: string) => boolean };

const lines = (text: string) => text.trim().split(/\n+/);

/** Each asks for one form. A blind answer meets none of them by chance, save the length of a list. */
const RULES: Rule[] = [
  ({ name, city }) => ({
    ask: `Answer with a JSON object that has the keys "name" and "city", for ${name}.`,
    check: (answer) => isJson(answer, { name, city }),
  }),
  ({ name }) => ({
    ask: `Write one sentence about ${name} in capital letters only.`,
    check: (answer) => /\p{Lu}/u.test(answer) && !/\p{Ll}/u.test(answer),
  }),
  ({ name }) => ({
    ask: `Where does ${name} live? Begin your answer with the word Note.`,
    check: (answer) => wordsOf(answer)[0] === 'note',
  }),
  ({ name }) => ({
    ask: `What does ${name} do? End your answer with the word done.`,
    check: (answer) => wordsOf(answer).at(-1) === 'done',
  }),
  ({ name }) => ({
    ask: `Say three things about ${name}. Write exactly three lines, each beginning with "- ".`,
    check: (answer) => lines(answer).length === 3 && lines(answer).every((line) => line.trim().startsWith('- ')),
  }),
  ({ name, city, job }) => ({
    ask: `Name the city and the job of ${name}, in this order, parted by a semicolon, and nothing else.`,
    check: (answer) => {
      const parts = answer.split(';');
      return parts.length === 2 && contains(parts[0], city) && contains(parts[1], job);
    },
  }),
];

/** Facts about one person among `filler` other sentences, then a request for one form of answer; `i` chooses which. */
export function formatProbe(random: Random, filler: number, i: number): FormatProbe {
  const person = { name: random.pick(words.names), city: random.pick(words.cities), job: random.pick(words.jobs) };
  const facts = `${person.name} lives in ${person.city} and works as a ${person.job}.`;
  const rest = range(filler).map(() => fill(random.pick(words.filler), random));
  rest.splice(random.below(rest.length + 1), 0, facts);
  const { ask, check } = RULES[i % RULES.length](person);
  return { text: `${rest.join(' ')}\n${ask}`, check };
}

function isJson(answer: string, wanted: Record<string, string>): boolean {
  try {
    const found: unknown = JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
    return Object.entries(wanted).every(
      ([key, value]) =>
        typeof found === 'object' && found !== null && contains(String((found as Record<string, unknown>)[key]), value),
    );
  } catch {
    return false;
  }
}
