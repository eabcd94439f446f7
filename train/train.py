"""Trains Pocket on generated text, one thread, resumable.

    python train.py --run RUN [--steps N] [--resume | --from FILE.gguf]

RUN holds tokenizer.json, checkpoint.pt and log.md (one row per measurement). Text length grows from 64 tokens to the context when
the retrieval tasks are solved at the present length, or after `--patience` measurements. The learning rate falls to zero over the
last 40 % of the steps.
"""

import argparse
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

import evaluate
import start
from batches import Batches
from model import Pocket, Shape
from optimizer import optimizers
from tasks import LENGTHS

SHARES = {"qa": 3, "copy": 2, "extract": 1.5, "arithmetic": 4, "needle": 2.5, "code": 2, "story": 2}
GATES = ("qa", "copy", "needle")


def options() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--run", type=Path, required=True)
    p.add_argument("--steps", type=int, default=3000)
    p.add_argument("--tokens", type=int, default=8192, help="per step")
    p.add_argument("--lr", type=float, default=3e-3, help="of the matrices; the embedding learns at half of it")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--start", choices=["seeded", "plain"], default="seeded")
    p.add_argument("--longest", type=int, default=1024)
    p.add_argument("--first", type=int, default=64, help="length of the first texts")
    p.add_argument("--every", type=int, default=100, help="steps between measurements")
    p.add_argument("--patience", type=int, default=6, help="most measurements at one length")
    p.add_argument("--minutes", type=float, default=0, help="stop so that the last 40 %% of this time is the decay; 0 = by steps")
    p.add_argument("--shape", nargs="*", default=[], help="e.g. hidden=192 heads=6 head_dim=32")
    p.add_argument("--shares", nargs="*", default=[], help="e.g. story=4")
    p.add_argument("--resume", action="store_true")
    p.add_argument("--from", dest="source", type=Path)
    return p.parse_args()


def rate(step: int, progress: float) -> float:
    """Up over the first steps, flat, then down to zero over the last 40 %."""
    return min(1.0, step / 30, (1 - progress) / 0.4)


def main() -> None:
    o = options()
    torch.set_num_threads(1)
    torch.manual_seed(o.seed)
    tokenizer = Tokenizer.from_file(str(o.run / "tokenizer.json"))
    shape = Shape(vocab=tokenizer.get_vocab_size(), **{k: int(v) for k, v in (s.split("=") for s in o.shape)})
    step, stage, waited, spent, seen = 0, LENGTHS.index(o.first), 0, 0.0, 0
    state = torch.load(o.run / "checkpoint.pt", weights_only=True) if o.resume else None
    model = Pocket(Shape(**state["shape"]) if state else shape)
    if o.source:
        from export import read

        model = read(o.source)
    elif not state:
        getattr(start, o.start)(model, torch.Generator().manual_seed(o.seed))
    if o.start == "seeded":
        start.keep(model)
    steppers = optimizers(model, o.lr)
    if state:
        model.load_state_dict(state["model"])
        for stepper, saved in zip(steppers, state["optimizers"]):
            tops = [group["top"] for group in stepper.param_groups]
            stepper.load_state_dict(saved)
            for group, top in zip(stepper.param_groups, tops):
                group["top"] = top
        step, stage, waited, spent, seen = (state[key] for key in ("step", "stage", "waited", "spent", "seen"))
    shares = SHARES | {k: float(v) for k, v in (s.split("=") for s in o.shares)}
    batches = Batches(tokenizer, shares, o.seed)
    log = o.run / "log.md"
    if not state:
        log.write_text("| step | tokens | minutes | longest | loss | " + " | ".join(shares) + " |\n" + "|---" * (5 + len(shares)) + "|\n")
    total, began, mean, progress = o.steps, time.time() - spent, None, 0.0
    while step < total and progress < 1:
        length = LENGTHS[stage]
        if step % 2 and stage:  # every other step trains on shorter texts
            length = LENGTHS[(step // 2) % stage]
        batch = batches.batch(step, o.tokens, length)
        with torch.autocast("cpu", torch.bfloat16):
            logits = model.logits(model.hidden(batch.ids, batch.mask).flatten(0, 1)[batch.at])
        loss = F.cross_entropy(logits.float(), batch.target)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        progress = min(1.0, step / total if not o.minutes else (time.time() - began) / 60 / o.minutes)
        for stepper in steppers:
            for group in stepper.param_groups:
                group["lr"] = group["top"] * rate(step + 1, progress)
            stepper.step()
            stepper.zero_grad()
        mean = loss.item() if mean is None else 0.95 * mean + 0.05 * loss.item()
        step, seen = step + 1, seen + o.tokens
        if step % o.every and step < total and progress < 1:
            continue
        scores = evaluate.table(model, tokenizer, 24 if stage < 3 else 12, lengths=(LENGTHS[stage],), tasks=tuple(shares))
        cells = [f"{100 * row[LENGTHS[stage]][0]:.0f} [{100 * row[LENGTHS[stage]][1]:.0f}]" for row in scores.values()]
        spent = time.time() - began
        line = f"| {step} | {seen / 1e6:.1f} M | {spent / 60:.1f} | {LENGTHS[stage]} | {mean:.3f} | {' | '.join(cells)} |"
        print(line, flush=True)
        with log.open("a") as file:
            file.write(line + "\n")
        waited += 1
        solved = all(scores[task][LENGTHS[stage]][0] >= 0.9 for task in GATES if task in scores)
        if (solved or waited >= o.patience) and stage + 1 < len(LENGTHS) and LENGTHS[stage + 1] <= o.longest:
            stage, waited = stage + 1, 0
        saved = {"model": model.state_dict(), "optimizers": [s.state_dict() for s in steppers], "shape": vars(model.shape)}
        torch.save(saved | {"step": step, "stage": stage, "waited": waited, "spent": spent, "seen": seen}, o.run / "checkpoint.new")
        (o.run / "checkpoint.new").rename(o.run / "checkpoint.pt")


if __name__ == "__main__":
    main()
