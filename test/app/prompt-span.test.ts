import { expect, test } from 'vitest';
import { spanOfSelection } from '../../app/precision/prompt-span';

const pieces = ['<user>', 'The ', 'lamp ', 'had ', 'burned', '<end>'];
const text = 'The lamp had burned';

test('a selection takes every token that it touches, counted in the prompt as the model sees it', () => {
  const span = (from: number, to: number) => spanOfSelection(pieces, text, { from, to });
  expect(span(0, 3)).toBe('1-1');
  expect(span(4, 9)).toBe('2-2');
  expect(span(5, 10)).toBe('2-3');
  expect(span(0, 19)).toBe('1-4');
});

test('nothing selected, no text, or another text than the tokens: no span', () => {
  expect(spanOfSelection(pieces, text, { from: 4, to: 4 })).toBeNull();
  expect(spanOfSelection([], '', { from: 0, to: 3 })).toBeNull();
  expect(spanOfSelection(pieces, 'Another text', { from: 0, to: 3 })).toBeNull();
});
