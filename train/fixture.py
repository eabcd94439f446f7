"""Writes sample instances of every task; the tests hold the TypeScript generators to them.

    python fixture.py > ../test/gpu/tasks/instances.jsonl
"""

import json

from rng import Random
from tasks import LENGTHS, TASKS, WORDS

for id in sorted(TASKS):
    sizes = [WORDS["sizes"][id][str(length)] for length in LENGTHS]
    for seed, size in enumerate([*sizes[:2], 2, 3, 5, 9, sizes[2]]):
        doc = TASKS[id](Random(seed * 7919), size)
        row = {"task": id, "seed": seed * 7919, "size": size, "prompt": doc.prompt, "answer": doc.answer}
        print(json.dumps(row | {"keys": doc.keys, "chance": doc.chance}))
