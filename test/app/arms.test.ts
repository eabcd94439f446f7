import { describe, expect, it } from 'vitest';
import { otherArm, pairOfSum } from '../../app/precision/arms/arms';
import { parseLane } from '../../gpu/kv/lane';

const other = (lane: string) => {
  const config = parseLane(lane);
  const { k, v } = otherArm(config, { k: config.k.bits, v: config.v.bits });
  return [k.bits, v.bits];
};

describe('the arm that a lane is first held against', () => {
  it('exchanges keys and values', () => {
    expect(other('k=4 v=2')).toEqual([2, 4]);
    expect(other('k=8 v=3 window=32')).toEqual([3, 8]);
    expect(other('system=kivi k=2 v=4')).toEqual([4, 2]);
  });
  it('moves bits from keys to values where both are alike, at one sum', () => {
    expect(other('k=4 v=4')).toEqual([3, 5]);
    expect(other('k=2 v=2')).toEqual([1, 3]);
  });
  it('keeps window, sinks and groups', () => {
    const config = parseLane('k=4 v=2 window=32 sinks=4 group=64');
    const made = otherArm(config, { k: 4, v: 2 });
    expect(made.keep).toEqual(config.keep);
    expect(made.k.group).toBe(64);
  });
  it('is plain rounding where the lane has no widths to choose', () => {
    expect(otherArm(parseLane('system=zipcache'), { k: 4, v: 4 }).system).toBeUndefined();
  });
});

describe('an equal budget', () => {
  const lane = parseLane('k=4 v=4');
  it('takes the pair of that sum nearest to the present one', () => {
    expect(pairOfSum(lane, { k: 2, v: 8 }, 8)).toEqual({ k: 2, v: 6 });
    expect(pairOfSum(lane, { k: 8, v: 2 }, 6)).toEqual({ k: 4, v: 2 });
    expect(pairOfSum(lane, { k: 4, v: 4 }, 12)).toEqual({ k: 6, v: 6 });
  });
  it('says when there is none', () => {
    expect(pairOfSum(lane, { k: 4, v: 4 }, 1)).toBeNull();
    expect(pairOfSum(lane, { k: 16, v: 16 }, 31)).toBeNull();
  });
});
