import type { Random } from '../../tasks/random';
import { range } from '../../tasks/random';
import words from '../../tasks/words.json';

/** A rule shown by examples only: the last line asks for one more. */
export interface Mapping {
  prompt: string;
  /** With its leading space. */
  answer: string;
  chance: number;
}

/** Examples before the question. */
const SHOTS = 8;

interface Rule {
  chance: number;
  pair(random: Random): readonly [string, string];
}

const KINDS = [
  ['animal', words.animals],
  ['food', words.foods],
  ['job', words.jobs],
  ['city', words.cities],
] as const;

const RULES: Rule[] = [
  {
    chance: 1 / KINDS.length,
    pair(random) {
      const [kind, list] = random.pick(KINDS);
      return [random.pick(list), kind];
    },
  },
  {
    chance: 1 / 90,
    pair(random) {
      const number = 1 + random.below(89);
      return [String(number), String(number + 1)];
    },
  },
  {
    chance: 1 / words.objects.length,
    pair(random) {
      const [adjective, object] = [random.pick(words.adjectives), random.pick(words.objects)];
      return [`the ${adjective} ${object}`, object];
    },
  },
];

/** Few-shot mapping `i`: kind of a word, the next number, or the last word, in turn. No example repeats the question. */
export function mapping(random: Random, i: number): Mapping {
  const { pair, chance } = RULES[i % RULES.length];
  const [asked, answer] = pair(random);
  const lines = range(SHOTS).map(() => {
    let example = pair(random);
    while (example[0] === asked) example = pair(random);
    return `${example[0]} => ${example[1]}`;
  });
  return { prompt: `${lines.join('\n')}\n${asked} =>`, answer: ` ${answer}`, chance };
}
