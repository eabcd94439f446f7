"""Holds the logits of the project's own engine against PyTorch's, for one instance of every task.

    python parity.py MODEL.gguf        needs `npm ci` and an adapter (scripts/get-lavapipe.sh)
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

import export
from rng import Random
from tasks import TASKS, WORDS

ROOT = Path(__file__).parent.parent
TOLERANCE = 0.1  # the engine keeps keys and values as FP16


def engine(model: Path, text: str, folder: Path) -> tuple[list[int], np.ndarray]:
    """Token ids as the engine cuts the text, and logits after each but the last."""
    (folder / "text").write_text(text)
    command = ["npm", "run", "--silent", "eval", "--", "--model", model, "--text", folder / "text", "--prompt-tokens", "1"]
    command += ["--lane", "none", "--logits", folder / "logits"]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    ids = json.loads(done.stdout)["tokens"]
    return ids, np.fromfile(folder / "logits", "<f4").reshape(len(ids) - 1, -1)


def main() -> None:
    path = Path(sys.argv[1]).resolve()
    tokenizer = Tokenizer.from_file(sys.argv[2]) if len(sys.argv) > 2 else None
    model, worst = export.read(path), 0.0
    for name, task in TASKS.items():
        text = task(Random(99), WORDS["sizes"][name]["128"]).text
        with tempfile.TemporaryDirectory() as folder:
            ids, logits = engine(path, text, Path(folder))
        if tokenizer:
            assert ids == [0, *tokenizer.encode(text).ids], f"{name}: other tokens"
        with torch.no_grad():
            expected = model(torch.tensor([ids]))[0, :-1].numpy()
        worst = max(worst, np.abs(logits - expected).max())
        agree = (logits.argmax(-1) == expected.argmax(-1)).mean()
        print(f"{name}: largest difference {np.abs(logits - expected).max():.4f}, same best token {100 * agree:.1f} %")
    sys.exit(int(worst > TOLERANCE))


if __name__ == "__main__":
    main()
