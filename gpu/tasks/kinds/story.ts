import type { Random } from '../random';
import { range } from '../random';
import type { Task } from '../task';
import { fill, joined } from '../task';
import words from '../words.json';

/** A small story of two people with a thing each; the last sentence names again who owned what and where home is. */
function make(random: Random, size: number) {
  const [name, friend] = random.shuffled(words.names);
  const adjectives = random.shuffled(words.adjectives);
  const objects = random.shuffled(words.objects);
  const towns = random.shuffled(words.cities);
  const people = [name, friend];
  const opening = people.map((who, i) => `Once ${who} from ${towns[i]} had a ${adjectives[i]} ${objects[i]}.`);
  const middle = range(size).map(() => fill(random.pick(words.story), random, { name, friend }));
  const which = random.below(2);
  const { text, ranges } = joined([...opening, ...middle], [which]);
  return {
    prompt: `${text} At night ${people[which]} took`,
    answer: ` the ${adjectives[which]} ${objects[which]} home to ${towns[which]}.`,
    keys: ranges,
    chance: 0.5,
  };
}

const task: Task = {
  id: 'story',
  title: 'End of a story',
  text: 'A tiny story; its last sentence needs what the first ones said.',
  make,
};

export default task;
