import type { Random } from '../random';
import { range } from '../random';
import type { Task } from '../task';
import { fill, joined } from '../task';
import words from '../words.json';

/** Facts about people, some sharing a name, some a relation; then a question about one fact. */
function make(random: Random, size: number) {
  const relations = random.shuffled(words.relations).slice(0, Math.min(5, 2 + Math.floor(size / 12)));
  const names = random.shuffled(words.names).slice(0, Math.floor(size / relations.length) + 1);
  const values = relations.map((r) => random.shuffled(valuesOf(r.values)));
  const used = relations.map(() => 0);
  const facts = random
    .shuffled(range(names.length * relations.length))
    .slice(0, size)
    .map((pair) => {
      const kind = pair % relations.length;
      const value = values[kind][used[kind]++ % values[kind].length];
      return { name: names[Math.floor(pair / relations.length)], kind, value };
    });
  const sentences = facts.map(({ name, kind, value }) => fill(relations[kind].fact, random, { name, value }));
  const { text, ranges } = joined(['Facts:', ...sentences], range(size + 1).slice(1));
  const at = random.below(size);
  const question = fill(relations[facts[at].kind].question, random, { name: facts[at].name });
  return {
    prompt: `${text}\nQuestion: ${question}\nAnswer:`,
    answer: ` ${sentences[at]}`,
    keys: [ranges[at]],
    chance: 1 / used[facts[at].kind],
  };
}

const valuesOf = (list: string): string[] => (words as unknown as Record<string, string[]>)[list];

const task: Task = {
  id: 'qa',
  title: 'Short questions',
  text: 'Facts about people, then a question about one of them.',
  make,
};

export default task;
