import { describe, expect, test } from 'vitest';
import { parseLane } from '../../../../gpu/kv/lane';
import { holdBits } from './golden-bits';

holdBits([
  ['system=lmdeploy policy=8 engine=turbomind', 8.5, 8.5],
  ['system=lmdeploy policy=4 engine=turbomind', 4.5, 4.5],
  ['system=lmdeploy policy=8 engine=pytorch', 8.5, 8.5],
  ['system=lmdeploy policy=4 engine=pytorch', 4.5, 4.5],
  ['system=lmdeploy policy=42 engine=pytorch', 4.5, 2.25],
  ['system=lmdeploy policy=16', 8, 8],
  ['system=lmdeploy policy=17', 8, 8],
  ['system=hf backend=quanto k=4 v=4', 5.869, 5.869],
  ['system=hf backend=quanto k=2 v=2', 4.1071, 4.1071],
  ['system=hf backend=hqq k=4 v=4', 5.869, 5.869],
  ['system=hf backend=hqq k=2 v=2', 4.1071, 4.1071],
  ['system=hf backend=fp8', 8, 8],
  ['system=quarot k=4 v=4', 4.5, 4.5],
  ['system=adaquant k=4 v=2', 5.869, 4.1071],
  ['system=adaquant k=4 v=2 window=32', 4.7738, 2.8214],
  ['system=kvtuner scheme=perToken k=8 v=4', 8.5, 4.5],
  ['system=kvtuner scheme=perToken pairs=0-1:8.4,2-27:4.2,28-29:8.4', 5.0333, 2.7667],
  ['system=kvtuner scheme=kivi k=4 v=2', 5.5238, 4.2381],
  ['system=kvtuner scheme=kivi k=2 v=2', 3.619, 4.2381],
]);

describe('refusals name the words', () => {
  test.each([
    ['system=hf backend=hqq axisKey=-1', 'axisKey and axisValue are for backend=quanto'],
    ['system=hf backend=fp8 v=2', 'v=2 is not possible with backend=fp8'],
  ])('%s', (lane, message) => {
    expect(() => parseLane(lane)).toThrow(message);
  });
});

test('hf with axis -1 groups tokens of a channel', () => {
  const { k, v } = parseLane('system=hf axisKey=-1');
  expect([k.along, k.group, v.along]).toEqual(['token', 64, 'channel']);
});
