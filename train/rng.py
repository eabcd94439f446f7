"""Seeded whole numbers, the same in Python and in gpu/tasks/random.ts (mulberry32)."""

MASK = 0xFFFFFFFF


class Random:
    def __init__(self, seed: int):
        self.state = seed & MASK

    def below(self, n: int) -> int:
        """0 <= result < n, for n up to 2^21."""
        self.state = (self.state + 0x6D2B79F5) & MASK
        t = self.state
        t = ((t ^ (t >> 15)) * (t | 1)) & MASK
        t ^= (t + (((t ^ (t >> 7)) * (t | 61)) & MASK)) & MASK
        return ((t ^ (t >> 14)) * n) >> 32

    def pick(self, items):
        return items[self.below(len(items))]

    def shuffled(self, items) -> list:
        """A new list in random order (Fisher-Yates from the end)."""
        out = list(items)
        for i in range(len(out) - 1, 0, -1):
            j = self.below(i + 1)
            out[i], out[j] = out[j], out[i]
        return out

    def some(self, count: int, total: int) -> list[int]:
        """`count` different numbers below `total`, ascending."""
        return sorted(self.shuffled(range(total))[:count])
