import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../gpu/kv/seeded-random';
import { compareSteps } from '../../../../gpu/measure/statistics/paired';

/** Log-normal KL values of two lanes; `ratio` = how much larger the second one's are. */
function lanes(seed: number, steps: number, ratio: number): [number[], number[]] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const make = (scale: number) => Array.from({ length: steps }, () => scale * Math.exp(normal()));
  return [make(0.02), make(0.02 * ratio)];
}

describe('two lanes step by step', () => {
  it('names the nearer one when the difference is plain, in either order', () => {
    const [a, b] = lanes(3, 128, 4);
    const found = compareSteps(a, b);
    expect(found.nearer).toBe('first');
    expect(found.mean?.high).toBeLessThan(0);
    expect(found.steps).toBe(128);
    expect(found.wins).toBeGreaterThan(90);
    expect(compareSteps(b, a).nearer).toBe('second');
    expect(compareSteps(b, a).wins).toBe(128 - found.wins);
  });

  it('finds a difference where there is none in at most one run of twenty', () => {
    let found = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const [a, b] = lanes(seed, 96, 1);
      if (compareSteps(a, b).nearer !== null) found++;
    }
    expect(found).toBeLessThanOrEqual(10);
  });

  it('takes one huge step for no finding', () => {
    const a = Array.from({ length: 96 }, () => 0.01);
    const b = a.map((kl, i) => (i === 40 ? 5 : kl - 0.001));
    expect(compareSteps(a, b).nearer).toBeNull();
  });

  it('says nothing about equal lanes, few steps, or steps without KL', () => {
    const zero = new Float32Array(80);
    expect(compareSteps(zero, zero).nearer).toBeNull();
    expect(compareSteps([1, 2, 3], [2, 3, 4]).nearer).toBeNull();
    expect(compareSteps([1, Number.NaN, 3], [2, 3, 4]).steps).toBe(2);
    const [a, b] = lanes(3, 48, 9);
    expect(compareSteps(a, b).mean).toBeNull();
  });
});
