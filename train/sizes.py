"""Prints how many units of each task fill each length, for "sizes" in gpu/tasks/words.json.

    python sizes.py RUN
"""

import json
import sys
from pathlib import Path

from tokenizers import Tokenizer

from rng import Random
from tasks import LENGTHS, POOL, TASKS

LEAST = {"qa": 2, "code": 2}
MOST = {"copy": len(POOL) - 5, "code": 110, "qa": 180}
SAMPLES = 40


def main() -> None:
    tokenizer = Tokenizer.from_file(str(Path(sys.argv[1]) / "tokenizer.json"))

    def longest(task: str, size: int) -> int:
        """Tokens of the longest of some instances, with the begin token."""
        return max(1 + len(tokenizer.encode(TASKS[task](Random(seed), size).text).ids) for seed in range(SAMPLES))

    sizes = {}
    for task in TASKS:
        sizes[task] = {}
        for length in LENGTHS:
            low, high = LEAST.get(task, 1), MOST.get(task, 400)
            while low < high:
                middle = (low + high + 1) // 2
                low, high = (middle, high) if longest(task, middle) <= length else (low, middle - 1)
            sizes[task][length] = low
    print(json.dumps(sizes, indent=2))


if __name__ == "__main__":
    main()
