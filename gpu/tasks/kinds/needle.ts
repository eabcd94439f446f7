import type { Random } from '../random';
import { range } from '../random';
import type { Task } from '../task';
import { fill, joined } from '../task';
import words from '../words.json';

/** Codes of near-alike things hidden in filler sentences; the question asks for one of them. */
function make(random: Random, size: number) {
  const count = 2 + Math.floor(size / 12);
  const things = random.shuffled(words.objects).slice(0, Math.floor(count / 2) + 1);
  const needles = random
    .shuffled(range(things.length * words.adjectives.length))
    .slice(0, count)
    .map((pair) => ({
      name: `${words.adjectives[Math.floor(pair / things.length)]} ${things[pair % things.length]}`,
      code: 100 + random.below(900),
    }));
  const places = random.some(count, size + count);
  const sentences = range(size + count).map(() => fill(random.pick(words.filler), random));
  for (const [i, { name, code }] of needles.entries()) sentences[places[i]] = `The code of the ${name} is ${code}.`;
  const { text, ranges } = joined(sentences, places);
  const at = random.below(count);
  return {
    prompt: `${text}\nQuestion: What is the code of the ${needles[at].name}?\nAnswer:`,
    answer: ` ${sentences[places[at]]}`,
    keys: [ranges[at]],
    chance: 1 / count,
  };
}

const task: Task = {
  id: 'needle',
  title: 'Needle in a text',
  text: 'A few codes lie in unrelated sentences; the question asks for one of them.',
  make,
};

export default task;
