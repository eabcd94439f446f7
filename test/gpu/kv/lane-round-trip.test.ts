import { expect, test } from 'vitest';
import type { CacheConfig, SideName } from '../../../gpu/kv/config';
import { formatLane, parseLane } from '../../../gpu/kv/lane';
import { startedAt } from '../../../gpu/kv/lane-system';
import { systems } from '../../../gpu/kv/registry';

const WIDTHS = [1, 2, 3, 4, 5, 6, 7, 8, 16];
const OTHER = { k: 'v', v: 'k' } as const;

test.each(systems.map(({ id }) => [id]))(
  '%s at every width of one side, then of the other, is what its words say',
  (id) => {
    const hold = (config: CacheConfig) => expect(parseLane(formatLane(config)), formatLane(config)).toEqual(config);
    for (const side of ['k', 'v'] satisfies SideName[])
      for (const bits of WIDTHS) {
        const one = startedAt(parseLane(`system=${id}`), side, bits);
        hold(one);
        for (const then of WIDTHS) hold(startedAt(one, OTHER[side], then));
      }
  },
);

test.each([
  ['system=kvquant', 'v', 'k=3 v=16'],
  ['system=skvq', 'v', 'k=2 v=16'],
  ['system=rotatekv sinkTopK=0', 'v', 'k=2 v=16'],
] as const)('%s with 16 bits on one side keeps the other before RoPE', (lane, side, words) => {
  const left = startedAt(parseLane(lane), side, 16);
  expect(left.system).toBeUndefined();
  expect(left.k.domain).toBe('preRope');
  expect(formatLane(left)).toContain(words);
  expect(formatLane(left)).toContain('k.domain=preRope');
  expect(parseLane(formatLane(left)).k).toEqual(left.k);
});

test('the word of a system for the domain stays that system’s, and plain lanes may say it too', () => {
  expect(formatLane(parseLane('system=skvq domain=postRope'))).toBe('system=skvq domain=postRope');
  expect(parseLane('system=skvq k.domain=postRope').k.domain).toBeUndefined();
  expect(parseLane('k=4 v=4 k.domain=preRope').k.domain).toBe('preRope');
  expect(parseLane('k=4 v=4 k.domain=postRope')).toEqual(parseLane('k=4 v=4'));
  expect(() => parseLane('k=4 v=4 domain=preRope')).toThrow('values have no rotation');
});

test.each([
  'k=4 v=4 k.domain=preRope k.transform=hadamard',
  'system=rotatekv k.transform=hadamard',
  'system=hf axisKey=-1 k.domain=preRope',
])('%s is refused by name', (lane) => {
  expect(() => parseLane(lane)).toThrow('domain=preRope');
});
