"""The tasks as text, the same grammar as gpu/tasks/*.ts: a seed and a size give the same characters in both.

A task is a function (random, size, queries) -> Doc. With `queries` above 1 a document asks several times; the page asks once.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from rng import Random

WORDS = json.loads((Path(__file__).parent.parent / "gpu/tasks/words.json").read_text())
SLOT = re.compile(r"\{(\w+)\}")


@dataclass
class Doc:
    """Alternating context and answers, and where in the text the keys of the last answer stand."""

    parts: list[tuple[str, bool]] = field(default_factory=list)
    keys: list[tuple[int, int]] = field(default_factory=list)
    chance: float = 0.0

    def add(self, text: str, answer: bool = False) -> None:
        self.parts.append((text, answer))

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.parts)

    @property
    def prompt(self) -> str:
        """All before the last answer."""
        last = max(i for i, (_, answer) in enumerate(self.parts) if answer)
        return "".join(text for text, _ in self.parts[:last])

    @property
    def answer(self) -> str:
        return [text for text, answer in self.parts if answer][-1]


def fill(template: str, random: Random, fixed: dict | None = None) -> str:
    """Each slot in order: a fixed word, or one picked from the list of that name."""
    fixed = fixed or {}
    return SLOT.sub(lambda m: fixed.get(m[1]) or random.pick(WORDS[m[1]]), template)


def joined(sentences: list[str], wanted: list[int]) -> tuple[str, list[tuple[int, int]]]:
    """Sentences with a space between them, and the character ranges of the wanted ones."""
    starts = [0]
    for sentence in sentences:
        starts.append(starts[-1] + len(sentence) + 1)
    return " ".join(sentences), [(starts[i], starts[i + 1] - 1) for i in wanted]


def qa(random: Random, size: int, queries: int = 1) -> Doc:
    """Facts about people, some sharing a name, some a relation; then questions about single facts."""
    relations = random.shuffled(WORDS["relations"])[: min(5, 2 + size // 12)]
    names = random.shuffled(WORDS["names"])[: size // len(relations) + 1]
    values = [random.shuffled(WORDS[r["values"]]) for r in relations]
    facts = []
    for pair in random.shuffled(range(len(names) * len(relations)))[:size]:
        name, kind = names[pair // len(relations)], pair % len(relations)
        order = sum(1 for fact in facts if fact[1] == kind)
        facts.append((name, kind, values[kind][order % len(values[kind])]))
    sentences = [fill(relations[k]["fact"], random, {"name": n, "value": v}) for n, k, v in facts]
    doc = Doc()
    text, ranges = joined(["Facts:", *sentences], list(range(1, size + 1)))
    doc.add(text + "\n")
    for _ in range(queries):
        at = random.below(size)
        name, kind, _value = facts[at]
        doc.add(f"Question: {fill(relations[kind]['question'], random, {'name': name})}\nAnswer:")
        doc.add(" " + sentences[at], True)
        doc.add("\n")
        doc.keys = [ranges[at]]
        doc.chance = 1 / sum(1 for fact in facts if fact[1] == kind)
    return doc


POOL = WORDS["objects"] + WORDS["animals"] + WORDS["places"] + WORDS["foods"] + WORDS["jobs"] + WORDS["adjectives"]


def copy(random: Random, size: int, queries: int = 1) -> Doc:
    """A list of different words, to be written again in order."""
    items = ", ".join(random.shuffled(POOL)[:size])
    doc = Doc(keys=[(6, 6 + len(items))])
    doc.add(f"List: {items}.\n")
    for _ in range(queries):
        doc.add("Copy:")
        doc.add(f" {items}.", True)
        doc.add("\n")
    return doc


def extract(random: Random, size: int, queries: int = 1) -> Doc:
    """A report with numbered notes among other sentences; the summary collects the notes."""
    sentences, notes = [], []
    for number in range(1, size + 1):
        for _ in range(random.below(3)):
            sentences.append(fill(random.pick(WORDS["filler"]), random))
        note = fill("the {places} is {states}.", random)
        notes.append((len(sentences), f"{number}: {note}"))
        sentences.append(f"Note {number}: {note}")
    text, ranges = joined(sentences, [at for at, _ in notes])
    doc = Doc(keys=[(start + 8, end + 8) for start, end in ranges])
    doc.add(f"Report. {text}\n")
    for _ in range(queries):
        doc.add("Summary:")
        doc.add(" " + " ".join(note for _, note in notes), True)
        doc.add("\n")
    return doc


def held_out(a: int, b: int, sign: str) -> bool:
    """A tenth of the sums that training never sees."""
    return (a * 31 + b * 17 + (5 if sign == "+" else 0)) % 10 == 3


def arithmetic(random: Random, size: int, queries: int = 1, training: bool = False) -> Doc:
    """Coins are counted; every step changes the number. The answer works the steps out one by one."""
    del queries
    head = fill("We count the coins at the {places}. ", random)
    first = value = 1 + random.below(98)
    lines, work = [f"1. We had {first}."], [f"1. We had {first}."]
    while len(lines) < size + 1:
        plus = value < 2 or (value < 98 and random.below(2) == 0)
        change = 1 + random.below(99 - value if plus else value)
        sign = "+" if plus else "-"
        if training and held_out(value, change, sign):
            continue
        after = value + change if plus else value - change
        line = f"{len(lines) + 1}. We {random.pick(WORDS['gains' if plus else 'losses'])} {change}"
        lines.append(f"{line}.")
        work.append(f"{line}: {value}{sign}{change}={after}.")
        value = after
    text, ranges = joined(lines, list(range(len(lines))))
    doc = Doc(keys=[(start + len(head), end + len(head)) for start, end in ranges], chance=0.01)
    doc.add(f"{head}{text}\nWork:")
    doc.add(f" {' '.join(work)} Answer: {value}.", True)
    doc.add("\n")
    return doc


def needle(random: Random, size: int, queries: int = 1) -> Doc:
    """Codes of near-alike things hidden in filler sentences; the question asks for one of them."""
    count = 2 + size // 12
    things = random.shuffled(WORDS["objects"])[: count // 2 + 1]
    pairs = random.shuffled(range(len(things) * len(WORDS["adjectives"])))[:count]
    needles = []
    for pair in pairs:
        thing, adjective = things[pair % len(things)], WORDS["adjectives"][pair // len(things)]
        needles.append((f"{adjective} {thing}", 100 + random.below(900)))
    places = random.some(count, size + count)
    sentences = [fill(random.pick(WORDS["filler"]), random) for _ in range(size + count)]
    for at, (name, code) in zip(places, needles):
        sentences[at] = f"The code of the {name} is {code}."
    text, ranges = joined(sentences, places)
    doc = Doc(chance=1 / count)
    doc.add(text + "\n")
    for _ in range(queries):
        at = random.below(count)
        doc.add(f"Question: What is the code of the {needles[at][0]}?\nAnswer:")
        doc.add(" " + sentences[places[at]], True)
        doc.add("\n")
        doc.keys = [ranges[at]]
    return doc


def code(random: Random, size: int, queries: int = 1) -> Doc:
    """Variables with numbers, then a line that adds two of them; its comment says the values."""
    names = random.shuffled(WORDS["objects"] + WORDS["foods"] + WORDS["animals"])
    values = [1 + random.below(49) for _ in range(size)]
    lines = [f"let {names[i]} = {values[i]};" for i in range(size)]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    doc = Doc(chance=1 / (size * (size - 1)))
    doc.add("\n".join(lines) + "\n")
    for query in range(queries):
        a = random.below(size)
        b = (a + 1 + random.below(size - 1)) % size
        result = names[size + query]
        doc.add(f"let {result} = {names[a]} + {names[b]}; //")
        total = values[a] + values[b]
        doc.add(f" {names[a]} = {values[a]}, {names[b]} = {values[b]}, {result} = {total}.", True)
        doc.add("\n")
        doc.keys = [(starts[i], starts[i + 1] - 1) for i in sorted((a, b))]
    return doc


def story(random: Random, size: int, queries: int = 1) -> Doc:
    """A small story of two people with a thing each; the last sentence names again who owned what and where home is."""
    del queries
    name, friend = random.shuffled(WORDS["names"])[:2]
    things = [f"{a} {o}" for a, o in zip(random.shuffled(WORDS["adjectives"])[:2], random.shuffled(WORDS["objects"])[:2])]
    towns = random.shuffled(WORDS["cities"])[:2]
    opening = [f"Once {name} from {towns[0]} had a {things[0]}.", f"Once {friend} from {towns[1]} had a {things[1]}."]
    middle = [fill(random.pick(WORDS["story"]), random, {"name": name, "friend": friend}) for _ in range(size)]
    which = random.below(2)
    text, ranges = joined(opening + middle, [which])
    doc = Doc(keys=ranges, chance=0.5)
    doc.add(f"{text} At night {(name, friend)[which]} took")
    doc.add(f" the {things[which]} home to {towns[which]}.", True)
    doc.add("\n")
    return doc


TASKS = {"qa": qa, "copy": copy, "extract": extract, "arithmetic": arithmetic, "needle": needle, "code": code, "story": story}
LENGTHS = (64, 128, 256, 512, 1024)
