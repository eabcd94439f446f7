import { expect, test } from 'vitest';
import { parseRange } from '../../scripts/local-model.mjs';

test.each([
  [undefined, null],
  ['bytes=0-3', [0, 3]],
  ['bytes=6-', [6, 9]],
  ['bytes=-4', [6, 9]],
  ['bytes=-40', [0, 9]],
  ['bytes=8-400', [8, 9]],
  ['bytes=10-12', 'bad'],
  ['bytes=5-4', 'bad'],
  ['bytes=-0', 'bad'],
  // Several ranges at once, or another unit: the whole file is a legal answer.
  ['bytes=0-1,3-4', null],
  ['lines=0-1', null],
])('the range header %s of a file of 10 bytes gives %j', (header, expected) => {
  expect(parseRange(header, 10)).toEqual(expected);
});
