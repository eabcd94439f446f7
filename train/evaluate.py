"""Exact match on held-out instances: the model's greedy answer, word for word, beside what a blind guess would score.

    python evaluate.py RUN [COUNT]     the table for RUN/checkpoint.pt
"""

import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer

from model import Pocket, Shape
from rng import Random
from tasks import LENGTHS, TASKS, WORDS

SEED = 1_000_000_007  # evaluation instances start here; training documents draw other states


def held_out(tokenizer: Tokenizer, task: str, length: int, seed: int):
    """Instance `seed` of a task at a length; one that turns out longer than that is made anew with fewer units."""
    for size in range(WORDS["sizes"][task][str(length)], 0, -1):
        doc = TASKS[task](Random(SEED + seed), size)
        if 1 + len(tokenizer.encode(doc.prompt).ids) + len(tokenizer.encode(doc.answer).ids) <= length:
            return doc
    raise ValueError(f"no {task} fits {length} tokens")


@torch.no_grad()
def exact(model: Pocket, tokenizer: Tokenizer, task: str, length: int, count: int) -> tuple[float, float, float]:
    """(share of answers right to the last token, share of right tokens, mean chance).

    A greedy answer equals the expected one if and only if each expected token is the likeliest after those before it.
    """
    whole = right = total = 0
    chance = 0.0
    rows = max(1, 8192 // length)
    docs = [held_out(tokenizer, task, length, seed) for seed in range(count)]
    for first in range(0, count, rows):
        some = docs[first : first + rows]
        prompts = [[0, *tokenizer.encode(doc.prompt).ids] for doc in some]
        answers = [tokenizer.encode(doc.answer).ids for doc in some]
        width = max(len(p) + len(a) for p, a in zip(prompts, answers))
        ids = torch.tensor([p + a + [0] * (width - len(p) - len(a)) for p, a in zip(prompts, answers)])
        with torch.autocast("cpu", torch.bfloat16):
            hidden = model.hidden(ids)
        for row, (p, a, doc) in enumerate(zip(prompts, answers, some)):
            span = hidden[row, len(p) - 1 : len(p) + len(a) - 1].float()
            hits = int((model.logits(span).argmax(-1) == torch.tensor(a)).sum())
            whole += hits == len(a)
            right += hits
            total += len(a)
            chance += doc.chance
    return whole / count, right / total, chance / count


def table(model: Pocket, tokenizer: Tokenizer, count: int, lengths=LENGTHS, tasks=tuple(TASKS)) -> dict:
    model.eval()
    scores = {task: {length: exact(model, tokenizer, task, length, count) for length in lengths} for task in tasks}
    model.train()
    return scores


def text(scores: dict) -> str:
    """A Markdown table: exact match (chance) per task and length."""
    lengths = list(next(iter(scores.values())))
    lines = ["| task | " + " | ".join(f"{n} tokens" for n in lengths) + " |", "|---" * (len(lengths) + 1) + "|"]
    for task, row in scores.items():
        cells = [f"{100 * whole:.1f} ({100 * chance:.1f})" for whole, _, chance in row.values()]
        lines.append(f"| {task} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def load(run: Path) -> tuple[Pocket, Tokenizer]:
    state = torch.load(run / "checkpoint.pt", weights_only=True)
    model = Pocket(Shape(**state["shape"]))
    model.load_state_dict(state["model"])
    return model, Tokenizer.from_file(str(run / "tokenizer.json"))


if __name__ == "__main__":
    torch.set_num_threads(1)
    print(text(table(*load(Path(sys.argv[1])), int(sys.argv[2]) if len(sys.argv) > 2 else 100)))
