/** Seeded whole numbers (mulberry32), the same sequence as train/rng.py. */
export interface Random {
  /** 0 <= result < n, for n up to 2^21. */
  below(n: number): number;
  pick<T>(items: readonly T[]): T;
  /** A new list in random order. */
  shuffled<T>(items: readonly T[]): T[];
  /** `count` different numbers below `total`, ascending. */
  some(count: number, total: number): number[];
}

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const below = (n: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) * n) / 2 ** 32);
  };
  const shuffled = <T>(items: readonly T[]): T[] => {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
      const j = below(i + 1);
      [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
  };
  return {
    below,
    pick: (items) => items[below(items.length)],
    shuffled,
    some: (count, total) =>
      shuffled(range(total))
        .slice(0, count)
        .sort((a, b) => a - b),
  };
}

/** 0, 1, ... n - 1. */
export const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
