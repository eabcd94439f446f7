import { expect, test } from 'vitest';
import { placeFlags } from '../../../app/draw/flags';

const width = (text: string) => text.length * 6;
const sides = (flags: { x: number; text: string }[]) => placeFlags(flags, width, 38, 620).map((flag) => flag.side);

test('a label stands to the right of its line', () => {
  expect(sides([{ x: 200, text: 'V 4→2' }])).toEqual(['right']);
});

test('of two that collide the older goes to the left of its line', () => {
  const flags = [
    { x: 130, text: 'K 8→4, V 8→4' },
    { x: 184, text: 'V 4→2' },
  ];
  expect(sides(flags)).toEqual(['left', 'right']);
});

test('a label without room at either side folds to its triangle', () => {
  const flags = [
    { x: 60, text: 'K 8→4, V 8→4' },
    { x: 90, text: 'V 4→2' },
  ];
  expect(sides(flags)).toEqual([null, 'right']);
});

test('at the right end a label turns to the left', () => {
  expect(sides([{ x: 610, text: 'V 4→2' }])).toEqual(['left']);
});

test('more than four fold to triangles only', () => {
  const flags = [100, 200, 300, 400, 500].map((x) => ({ x, text: 'V 4→2' }));
  expect(sides(flags)).toEqual([null, null, null, null, null]);
});

test('flags come back in order of position with their texts', () => {
  const placed = placeFlags(
    [
      { x: 300, text: 'b' },
      { x: 100, text: 'a' },
    ],
    width,
    38,
    620,
  );
  expect(placed.map((flag) => flag.text)).toEqual(['a', 'b']);
});
