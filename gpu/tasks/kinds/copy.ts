import type { Random } from '../random';
import type { Task } from '../task';
import words from '../words.json';

const { objects, animals, places, foods, jobs, adjectives } = words;
const POOL = [...objects, ...animals, ...places, ...foods, ...jobs, ...adjectives];

/** A list of different words, to be written again in order. */
function make(random: Random, size: number) {
  const items = random.shuffled(POOL).slice(0, size).join(', ');
  return {
    prompt: `List: ${items}.\nCopy:`,
    answer: ` ${items}.`,
    keys: [[6, 6 + items.length]] as [number, number][],
    chance: 0,
  };
}

const task: Task = {
  id: 'copy',
  title: 'List copying',
  text: 'A list of words, to be written again in the same order.',
  make,
};

export default task;
