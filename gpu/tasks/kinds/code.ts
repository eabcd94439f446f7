import type { Random } from '../random';
import { range } from '../random';
import type { Task } from '../task';
import { joined } from '../task';
import words from '../words.json';

const NAMES = [...words.objects, ...words.foods, ...words.animals];

/** Variables with numbers, then a line that adds two of them; its comment says the values. */
function make(random: Random, size: number) {
  const names = random.shuffled(NAMES);
  const values = range(size).map(() => 1 + random.below(49));
  const lines = values.map((value, i) => `let ${names[i]} = ${value};`);
  const a = random.below(size);
  const b = (a + 1 + random.below(size - 1)) % size;
  const { text, ranges } = joined(lines, [Math.min(a, b), Math.max(a, b)], '\n');
  const total = `${names[size]} = ${values[a] + values[b]}`;
  return {
    prompt: `${text}\nlet ${names[size]} = ${names[a]} + ${names[b]}; //`,
    answer: ` ${names[a]} = ${values[a]}, ${names[b]} = ${values[b]}, ${total}.`,
    keys: ranges,
    chance: 1 / (size * (size - 1)),
  };
}

const task: Task = {
  id: 'code',
  title: 'Lines of code',
  text: 'Variables are set; the comment of the last line says what it adds up.',
  make,
};

export default task;
