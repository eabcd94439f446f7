import type { Random } from '../random';
import { range } from '../random';
import type { Task } from '../task';
import { fill, joined } from '../task';
import words from '../words.json';

/** Coins are counted; every step changes the number. The answer works the steps out one by one. */
function make(random: Random, size: number) {
  const head = fill('We count the coins at the {places}.', random);
  let value = 1 + random.below(98);
  const lines = [`1. We had ${value}.`];
  const work = [...lines];
  for (let step = 2; step < size + 2; step++) {
    const plus = value < 2 || (value < 98 && random.below(2) === 0);
    const change = 1 + random.below(plus ? 99 - value : value);
    const after = plus ? value + change : value - change;
    const line = `${step}. We ${random.pick(plus ? words.gains : words.losses)} ${change}`;
    lines.push(`${line}.`);
    work.push(`${line}: ${value}${plus ? '+' : '-'}${change}=${after}.`);
    value = after;
  }
  const { text, ranges } = joined([head, ...lines], range(size + 2).slice(1));
  return { prompt: `${text}\nWork:`, answer: ` ${work.join(' ')} Answer: ${value}.`, keys: ranges, chance: 0.01 };
}

const task: Task = {
  id: 'arithmetic',
  title: 'Chains of sums',
  text: 'A number changes step by step; the answer works out every step and says the last number.',
  make,
};

export default task;
