import type { Random } from '../random';
import type { Task } from '../task';
import { fill, joined } from '../task';
import words from '../words.json';

/** A report with numbered notes among other sentences; the summary collects the notes. */
function make(random: Random, size: number) {
  const sentences: string[] = [];
  const notes: string[] = [];
  const places: number[] = [];
  for (let number = 1; number <= size; number++) {
    for (let rest = random.below(3); rest > 0; rest--) sentences.push(fill(random.pick(words.filler), random));
    const note = fill('the {places} is {states}.', random);
    notes.push(`${number}: ${note}`);
    places.push(sentences.length);
    sentences.push(`Note ${number}: ${note}`);
  }
  const { text, ranges } = joined(
    ['Report.', ...sentences],
    places.map((at) => at + 1),
  );
  return { prompt: `${text}\nSummary:`, answer: ` ${notes.join(' ')}`, keys: ranges, chance: 0 };
}

const task: Task = {
  id: 'extract',
  title: 'Notes of a report',
  text: 'A report with numbered notes; the summary repeats the notes and nothing else.',
  make,
};

export default task;
