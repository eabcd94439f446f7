import { expect, test } from 'vitest';
import { LocalErrors } from '../../../gpu/measure/local-errors';
import { HEAD_MEASURES } from '../../../gpu/run-types';

const [LAYERS, HEADS, LANES] = [2, 2, 3];

/** A frame whose numbers are made by place: [layer][lane][head or block]. */
function frame(
  local: (l: number, lane: number, part: number) => [number, number],
  tv: (l: number, lane: number, h: number) => number,
) {
  const each = <T>(parts: number, of: (l: number, lane: number, part: number) => T[]) =>
    Array.from({ length: LAYERS }, (_, l) =>
      Array.from({ length: LANES }, (_, lane) => Array.from({ length: parts }, (_, part) => of(l, lane, part))),
    ).flat(3);
  const measures = HEAD_MEASURES.map((id) => id === 'tv');
  return {
    local: Float32Array.from(each(HEADS + 1, local)),
    heads: Float32Array.from(each(HEADS, (l, lane, h) => measures.map((is) => (is ? tv(l, lane, h) : 99)))),
  };
}

test('errors are pooled over steps, total variation is a mean', () => {
  const sums = new LocalErrors(LAYERS, HEADS);
  sums.take({ heads: new Float32Array(0) });
  sums.take(
    frame(
      (l, lane, part) => [l + lane + part, 4],
      (l, lane, h) => (l + lane + h) / 8,
    ),
  );
  sums.take(
    frame(
      (l, lane, part) => [l + lane + part, 12],
      () => 0.5,
    ),
  );
  const lane = sums.of(1);
  // Squares: 2 (l + 1 + part) over 16.
  expect(lane.heads).toEqual([
    [Math.sqrt(2 / 16), Math.sqrt(4 / 16)],
    [Math.sqrt(4 / 16), Math.sqrt(6 / 16)],
  ]);
  expect(lane.block).toEqual([Math.sqrt(6 / 16), Math.sqrt(8 / 16)]);
  expect(lane.tv).toEqual([
    [(1 / 8 + 0.5) / 2, (2 / 8 + 0.5) / 2],
    [(2 / 8 + 0.5) / 2, (3 / 8 + 0.5) / 2],
  ]);
});

test('a head that mixes nothing, and no steps at all, have no error', () => {
  const sums = new LocalErrors(LAYERS, HEADS);
  expect(sums.of(0)).toEqual({
    tv: [
      [0, 0],
      [0, 0],
    ],
    heads: [
      [0, 0],
      [0, 0],
    ],
    block: [0, 0],
  });
  sums.take(
    frame(
      () => [0, 0],
      () => 0,
    ),
  );
  expect(sums.of(2).block).toEqual([0, 0]);
});
