"""Texts with everything that a scan finds, from a fixed seed."""

import random

SCRIPTS = ["abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрстуфхцчшщэюя", "αβγδεζηθικλμνξοπρστυφχψω"]


class Texts:
    """Makes random texts."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.words = [
            "".join(self.random.choice(letters) for _ in range(self.random.randint(2, 9)))
            for letters in SCRIPTS
            for _ in range(3000)
        ]

    def text(self, count):
        first = self.random.randrange(3) * 3000
        words = [self.words[first + self.random.randrange(3000)] for _ in range(count)]
        return "".join(
            word + self.random.choice([" ", " ", " ", " ", ", ", ". ", "\n"]) for word in words
        )

    def changed(self, text, share):
        words = text.split(" ")
        return " ".join("changed" if self.random.random() < share else word for word in words)


def documents(count, seed=11):
    """Returns (ids, texts, ranks): copies, near-duplicates, shared passages, empty and missing texts."""
    make = Texts(seed)
    chance = make.random
    shared = [make.text(80 + 10 * number) for number in range(12)]
    licence = make.text(70)
    texts = []
    for number in range(count):
        kind = chance.random()
        earlier = texts[chance.randrange(len(texts))] if texts else None
        if kind < 0.06 and earlier:
            text = earlier
        elif kind < 0.10 and earlier:
            text = earlier.upper() if chance.random() < 0.5 else earlier.replace(", ", "  ")
        elif kind < 0.20 and earlier:
            text = make.changed(earlier, chance.choice([0.005, 0.01, 0.02, 0.05, 0.3]))
        elif kind < 0.32:
            text = make.text(chance.randint(20, 120)) + chance.choice(shared) + make.text(40)
        elif kind < 0.36:
            text = make.text(60) + licence
        elif kind < 0.38:
            text = chance.choice(["", " \n", None, "東京の夜は明るい。" * chance.randint(1, 30), "a", "\ufeffmark"])
        else:
            text = make.text(chance.randint(1, 200))
        texts.append(text)
    ids = [f"d{number}" if chance.random() < 0.95 else None for number in range(count)]
    ranks = [chance.randint(0, 50) if chance.random() < 0.9 else None for _ in range(count)]
    return ids, texts, ranks
