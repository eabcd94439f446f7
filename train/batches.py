"""Endless training batches: fresh documents of the wanted tasks, packed into rows of one length."""

from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from rng import Random
from tasks import TASKS, WORDS, Doc

CONTEXT_SHARE = {"story": 0.5}  # share of the positions outside answers whose loss counts; elsewhere REST
REST = 0.06


@dataclass
class Batch:
    ids: Tensor  # [rows, length]
    mask: Tensor  # [rows, 1, length, length]: the same document, not later
    at: Tensor  # flat positions whose next token counts
    target: Tensor


def encode(tokenizer: Tokenizer, doc: Doc) -> tuple[list[int], np.ndarray]:
    """Ids with the begin token in front, and which of them belong to an answer."""
    encoded = tokenizer.encode(doc.text)
    ends = np.cumsum([len(text) for text, _ in doc.parts])
    part = np.searchsorted(ends, [end for _, end in encoded.offsets])
    kinds = np.array([answer for _, answer in doc.parts])
    return [0, *encoded.ids], np.concatenate(([False], kinds[part]))


ASKING = {"qa": 17, "needle": 24, "code": 26}  # tokens of one more question, for the tasks that can ask several times


def document(random: Random, task: str, room: int) -> Doc:
    """A document of any size that is likely to fit into `room` tokens; one in three fills it."""
    asking = ASKING.get(task, 0)
    queries = 1 + random.below(1 + min(8, max(0, room - 64) // asking)) if asking else 1
    sizes = WORDS["sizes"][task]
    most = int(np.interp(room - asking * (queries - 1), [int(key) for key in sizes], list(sizes.values())))
    least = {"qa": 3, "code": 3}.get(task, 1)
    size = most if random.below(3) == 0 or most <= least else least + random.below(most - least + 1)
    extra = {"training": True} if task == "arithmetic" else {}
    return TASKS[task](random, size, queries, **extra)


class Batches:
    def __init__(self, tokenizer: Tokenizer, shares: dict[str, float], seed: int):
        self.tokenizer, self.seed = tokenizer, seed
        self.names = list(shares)
        self.bounds = np.cumsum([shares[name] for name in self.names]) / sum(shares.values())

    def row(self, random: Random, numbers: np.random.Generator, length: int):
        ids, counts, docs, misses = [], [], [], 0
        while len(ids) < length - 40 and misses < 3:
            task = self.names[min(int(np.searchsorted(self.bounds, numbers.random())), len(self.names) - 1)]
            tokens, answer = encode(self.tokenizer, document(random, task, length - len(ids)))
            if len(tokens) > length - len(ids):
                misses += 1
                continue
            share = CONTEXT_SHARE.get(task, REST)
            docs += [len(docs) and docs[-1] + 1] * len(tokens)
            ids += tokens
            counts.append(answer | (numbers.random(len(tokens)) < share))
            counts[-1][0] = False
        pad = length - len(ids)
        return ids + [0] * pad, np.concatenate([*counts, np.zeros(pad, bool)]), docs + [-1] * pad

    def batch(self, step: int, tokens: int, length: int) -> Batch:
        """The batch of a step depends on nothing but the seed, the step and the length."""
        numbers = np.random.default_rng((self.seed, step))
        random = Random(int(numbers.integers(2**32)))
        rows = [self.row(random, numbers, length) for _ in range(max(1, tokens // length))]
        ids = torch.tensor([row[0] for row in rows])
        counts = torch.from_numpy(np.stack([row[1] for row in rows]))
        docs = torch.tensor([row[2] for row in rows])
        causal = torch.ones(length, length, dtype=torch.bool).tril()
        mask = ((docs[:, :, None] == docs[:, None, :]) & causal)[:, None]
        target_at = counts.flatten().nonzero().flatten()
        return Batch(ids, mask, target_at - 1, ids.flatten()[target_at])
