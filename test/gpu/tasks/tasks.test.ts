import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../../gpu/tasks/random';
import { taskOf, tasks } from '../../../gpu/tasks/registry';
import type { Instance } from '../../../gpu/tasks/task';
import { LENGTHS, sizeFor } from '../../../gpu/tasks/task';

type Sample = Instance & { task: string; seed: number; size: number };

/** Written by train/fixture.py. */
const samples = readFileSync(new URL('./instances.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): Sample => JSON.parse(line));

test('the numbers of a seed, by hand', () => {
  // mulberry32(1): 2693262067, 11749833, 2265367787
  const random = seeded(1);
  expect([random.below(100), random.below(100), random.below(100)]).toEqual([62, 0, 52]);
});

test.each(samples)(
  '$task, seed $seed, size $size: the text that training uses',
  ({ task, seed, size, ...expected }) => {
    const made = taskOf(task).make(seeded(seed), size);
    expect({ ...made, chance: undefined }).toEqual({ ...expected, chance: undefined });
    expect(made.chance).toBeCloseTo(expected.chance, 12);
  },
);

test('every task has samples, and a file of its own name', () => {
  expect(tasks.map(({ id }) => id)).toEqual([...new Set(samples.map(({ task }) => task))]);
});

describe.each(tasks)('$id', (task) => {
  const many = LENGTHS.flatMap((length) =>
    Array.from({ length: 20 }, (_, seed) => task.make(seeded(seed + length), sizeFor(task.id, length))),
  );

  test('a longer text has more in it', () => {
    const sizes = LENGTHS.map((length) => sizeFor(task.id, length));
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(new Set(sizes).size).toBe(LENGTHS.length);
  });

  test('the answer continues the prompt, and the keys lie inside it on whole words', () => {
    for (const { prompt, answer, keys, chance } of many) {
      expect(answer).toMatch(/^ \S.*\.$/);
      expect(prompt).toMatch(/\S$/);
      expect(keys.length).toBeGreaterThan(0);
      for (const [from, to] of keys) {
        expect(prompt.slice(from, to)).toMatch(/^\S(.*\S)?$/);
        expect(prompt.slice(from - 1, from)).toMatch(/^(\s|)$/);
      }
      expect(chance).toBeGreaterThanOrEqual(0);
      expect(chance).toBeLessThanOrEqual(1);
    }
  });

  test('two seeds give two texts', () => {
    expect(new Set(many.map(({ prompt }) => prompt)).size).toBe(many.length);
  });
});
