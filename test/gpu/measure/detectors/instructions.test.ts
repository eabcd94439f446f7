import { expect, test } from 'vitest';
import { instructionsIn } from '../../../../gpu/measure/instructions';
import { Watch } from '../../../../gpu/measure/watch';
import { aRun, aStep } from './watched';

/** Of a prompt with one instruction: is a text that is still going on, or one that is over, broken? */
function rule(prompt: string) {
  const found = instructionsIn(prompt);
  expect(found.map(({ words }) => words)).toHaveLength(1);
  return {
    open: (text: string) => found[0].broken(text, false),
    over: (text: string) => found[0].broken(text, true),
  };
}

test('plain prompts ask for no format', () => {
  for (const prompt of [
    'Tell me a story about a lamp.',
    'Day 3: light rain. The keeper wiped the glass.\nQuestion: Which word did the keeper choose?\nAnswer:',
    'def lower(s): return s.lowercase()  # parse the JSON file in one pass',
    'Go through the whole list once more and name the order.',
  ])
    expect(instructionsIn(prompt)).toEqual([]);
});

test('sentences', () => {
  const { open, over } = rule('Summarize the following report in three sentences.');
  expect(open('One. Two, at 8.4 million. Three')).toBe(false);
  expect(open('One. Two. Three.')).toBe(false);
  expect(open('One. Two. Three. F')).toBe(true);
  expect(over('One. Two.')).toBe(true);
  expect(over('One. Two! "Three."')).toBe(false);
  expect(rule('Explain it in one sentence').open('It is. B')).toBe(true);
});

test('paragraphs', () => {
  const { open, over } = rule('Answer in one short paragraph. Which planet is it?');
  expect(open('Mercury.\nIt is fast.')).toBe(false);
  expect(open('Mercury.\n\nIt')).toBe(true);
  expect(over('Mercury.')).toBe(false);
});

test('words', () => {
  const { open } = rule('Describe it in no more than 5 words.');
  expect(open('a b c d e')).toBe(false);
  expect(open('a b c d e f')).toBe(true);
});

test('lists', () => {
  const { open, over } = rule('List five things to check before a long trip, with one reason each.');
  const list = (n: number) => Array.from({ length: n }, (_, i) => `${i + 1}. thing`).join('\n');
  expect(open(`Here:\n${list(5)}`)).toBe(false);
  expect(open(list(6))).toBe(true);
  expect(over(list(4))).toBe(true);
  expect(over(list(5))).toBe(false);
});

test('yes or no, a number, one word', () => {
  const yes = rule('Is it? Answer only with yes or no.');
  expect([yes.open('Y'), yes.open('Yes.'), yes.open('Yes, it'), yes.over('')]).toEqual([false, false, true, true]);
  const number = rule('What is 6 x 7? Answer with only the number.');
  expect([number.open(' 4'), number.over('42'), number.open('The'), number.over('')]).toEqual([
    false,
    false,
    true,
    true,
  ]);
  const word = rule('Which is it? Reply with one word.');
  expect([word.open('marigold'), word.open('the marigold')]).toEqual([false, true]);
});

test('the number on the last line is asked for at the end only', () => {
  const { open, over } = rule('Solve it step by step and give the final number on the last line.');
  expect(open('Let us see')).toBe(false);
  expect(over('It is 4.\nSo that is it.')).toBe(true);
  expect(over('It is 4.\nAnswer: 145')).toBe(false);
});

test('JSON, also one that is not complete yet', () => {
  const { open, over } = rule('Give the result as JSON.');
  expect(open('```json\n{"a": [1, "}"')).toBe(false);
  expect(open('Sure! {')).toBe(true);
  expect(open('{"a": 1} and more')).toBe(true);
  expect(over('{"a": 1')).toBe(true);
  expect(over('```json\n{"a": 1}\n```')).toBe(false);
});

test('letters and words that are forbidden', () => {
  expect(rule('Reply in all caps.').open('HELLO w')).toBe(true);
  expect(rule('Write in lowercase, please.').open('hello W')).toBe(true);
  expect(rule('Describe it; do not use the word "sea".').open('The season')).toBe(false);
  expect(rule('Describe it; do not use the word "sea".').open('The Sea')).toBe(true);
});

const feed = (texts: [string, string], mode: 'free-running' | 'same-prefix' = 'free-running') => {
  const watch = new Watch(aRun({ mode, prompt: 'Tell it in one sentence.' }), (token) => token === 9);
  for (let i = 0; i < 12; i++) watch.take(aStep([{}, {}], [], i === 0 ? ['A', 'A'] : [' b', ' b']));
  watch.take(aStep([{}, {}], [], texts));
  return watch;
};

test('only what the lane breaks and FP16 keeps counts', () => {
  expect(feed(['.', '. Then']).finding('instruction', 1)).toMatchObject({ firstStep: 12, peak: 1 });
  expect(feed(['. Then', '. Then']).finding('instruction', 1)).toMatchObject({ firstStep: null, peak: 0 });
  expect(feed(['. Then', '. Then']).finding('instruction', 0)).toMatchObject({ firstStep: 12 });
  expect(feed(['.', '.'], 'same-prefix').finding('instruction', 1).absent).toBe('free-only');
});

test('what is missing counts only where the lane itself has ended', () => {
  const watch = new Watch(aRun({ mode: 'free-running', prompt: 'Tell it in two sentences.' }), (token) => token === 9);
  watch.take(aStep([{}, {}], [], ['A.', 'A.']));
  watch.take(aStep([{}, { token: -1 }], [], [' B', '']));
  expect(watch.finding('instruction', 1).firstStep).toBeNull();
  watch.take(aStep([{}, { token: 9 }], [], [' b', '']));
  expect(watch.finding('instruction', 1).firstStep).toBe(2);
});
