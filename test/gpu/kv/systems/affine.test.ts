import { describe, expect, test } from 'vitest';
import { shadowConfig } from '../../../../gpu/kv/config';
import { parseLane } from '../../../../gpu/kv/lane';
import { whyNotMoved } from '../../../../gpu/kv/lane-system';
import { moved } from '../../../../gpu/kv/moved';
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
    ['system=hf backend=hqq axisKey=-1', 'axisKey=-1 is not possible with backend=hqq; it has 1 and 0'],
    ['system=hf axisValue=1', 'axisValue=1 is not possible with backend=quanto'],
    ['system=hf backend=fp8 axisKey=0', 'axisKey=0 is not possible with backend=fp8'],
    ['system=hf axisKey=-1 requantOnFlush=off', 'coded as a whole'],
    ['system=hf axisKey=-1 prefill=quant', 'coded as a whole'],
    ['system=hf axisKey=-1 sinks=4 sinkRule=massive', 'coded as a whole'],
    ['system=hf backend=fp8 v=2', 'v=2 is not possible with backend=fp8'],
  ])('%s', (lane, message) => {
    expect(() => parseLane(lane)).toThrow(message);
  });
});

test('the axes of hf: one token, or all rows of the cache', () => {
  const codecs = (lane: string) => {
    const { k, v } = parseLane(`system=hf ${lane}`);
    return [k.codec, k.own?.axis, v.codec];
  };
  expect(codecs('axisKey=0')).toEqual(['uniform', undefined, 'uniform']);
  expect(codecs('axisKey=-1')).toEqual(['across-rows', undefined, 'uniform']);
  expect(codecs('backend=hqq axisKey=1')).toEqual(['hqq', undefined, 'hqq']);
  expect(codecs('backend=hqq axisKey=0')).toEqual(['across-rows', 'first', 'hqq']);
});

test('groups over rows cannot be moved to other bits in a run', () => {
  const configs = [shadowConfig(), parseLane('system=hf axisKey=-1')];
  const move = { lane: 1, step: 1, value: 2, scope: 'new' } as const;
  expect(() => moved(configs, { ...move, field: 'k' })).toThrow('all rows of the cache');
  moved(configs, { ...move, field: 'v' });
  expect(whyNotMoved(configs[1], 'k', 2)).toBe('rows');
});
