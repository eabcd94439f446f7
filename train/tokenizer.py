"""The byte-level BPE tokenizer: GPT-2's word pattern, then every digit by itself (`smollm` in GGUF files).

    python tokenizer.py OUT        trains it on generated text and writes OUT/tokenizer.json
"""

import sys
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from rng import Random
from tasks import TASKS, WORDS

END = "<|endoftext|>"
SIZE = 1536
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)"


def corpus():
    """Generated documents, and every word of the lists in the places where it can stand."""
    for seed in range(400):
        for task in TASKS.values():
            yield task(Random(seed), 12).text
    for relation in WORDS["relations"]:
        yield f" {relation['question']}" * 100
    lists = [words for words in WORDS.values() if isinstance(words, list) and isinstance(words[0], str)]
    for word in sorted({word for words in lists for word in words if " " not in word}):
        for _ in range(200):
            yield f"The {word} is {word}.\n{word.capitalize()} and {word}"


def train() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    cut = [pre_tokenizers.Split(Regex(pattern), "isolated") for pattern in (GPT2, r"\p{N}")]
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [*cut, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=SIZE, special_tokens=[END], initial_alphabet=alphabet, show_progress=False, min_frequency=2
    )
    tokenizer.train_from_iterator(corpus(), trainer)
    return tokenizer


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    train().save(str(out / "tokenizer.json"))
