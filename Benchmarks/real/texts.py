"""Statistics of real texts, and texts that have them and say nothing.

`measure` counts in real texts what decides how fast they are read: what occurs between words, how long words
are and how they are written, how often a word is repeated, and how long documents are. `statistics.json` keeps
these numbers. `generate` writes texts of invented words with them.

usage: texts.py generate KIND MEGABYTES OUTPUT [SEED]
       texts.py measure KIND FOLDER        adds to statistics.json what the files of a folder (.gz) are like
"""

import argparse
import bisect
import collections
import gzip
import itertools
import json
import math
import pathlib
import random
import re

STATISTICS = pathlib.Path(__file__).with_name("statistics.json")
WORD = re.compile(r"[^\W_]+")
# Separators that are kept one by one; a rarer one is replaced by one of these.
SEPARATORS = 80
LONGEST = 20
SHAPES = ["lower", "capital", "upper", "digits", "mixed", "accented"]


def shape(word):
    if not word.isascii():
        return "accented"
    if word.isdigit():
        return "digits"
    if not word.isalpha():
        return "mixed"
    if word.islower():
        return "lower"
    if word.isupper() and len(word) > 1:
        return "upper"
    return "capital" if word[0].isupper() and word[1:].islower() or len(word) == 1 else "mixed"


def shares(counts, digits=5):
    total = sum(counts.values())
    return {key: round(count / total, digits) for key, count in counts.items()}


def measure(texts):
    """The statistics of some texts."""
    separators, lengths, shapes = (collections.Counter() for _ in range(3))
    words_of_documents, distinct, words = [], collections.Counter(), 0
    for text in texts:
        found = WORD.findall(text)
        if not found:
            continue
        words_of_documents.append(len(found))
        words += len(found)
        separators.update(re.sub(r"[^\W_]+", "\0", text).strip("\0").split("\0"))
        for word in found:
            kind = shape(word)
            shapes[kind] += 1
            lengths[f"{kind} {min(len(word), LONGEST)}"] += 1
        distinct.update(word.lower() for word in found)
    logarithms = [math.log(count) for count in words_of_documents]
    mean = sum(logarithms) / len(logarithms)
    spread = math.sqrt(sum((value - mean) ** 2 for value in logarithms) / len(logarithms))
    common = distinct.most_common(1000)
    return {
        "documents": len(words_of_documents),
        "words": words,
        "separators": shares(dict(separators.most_common(SEPARATORS))),
        "word lengths by shape": shares(dict(sorted(lengths.items()))),
        "log of words in a document": {"mean": round(mean, 3), "deviation": round(spread, 3)},
        "share of the word of a rank": {
            str(rank): round(common[rank - 1][1] / words, 6)
            for rank in (1, 3, 10, 30, 100, 300, 1000)
            if rank <= len(common)
        },
    }


def invented(length, kind, chooser):
    letters = "".join(chooser.choice("etaoinshrdlucmfgypwbvk") for _ in range(length))
    if kind == "digits":
        return "".join(chooser.choice("0123456789") for _ in range(length))
    if kind == "capital":
        return letters.capitalize()
    if kind == "upper":
        return letters.upper()
    if kind == "mixed":
        return letters[: length // 2] + chooser.choice("0123456789XQ") + letters[length // 2 + 1 :]
    if kind == "accented":
        place = chooser.randrange(length)
        return letters[:place] + chooser.choice("éäöüñçåœш本") + letters[place + 1 :]
    return letters


class Choice:
    """Draws keys by their shares."""

    def __init__(self, weights):
        self.keys = list(weights)
        self.sums = list(itertools.accumulate(weights.values()))

    def draw(self, chooser):
        return self.keys[bisect.bisect(self.sums, chooser.random() * self.sums[-1])]


class Texts:
    """Documents with given statistics. Families are as in the corpora: see `records`."""

    # Of the documents, the share that copy an earlier one exactly, the share that copy it with
    # changes, and the share of words changed in those.
    EXACT, NEAR, CHANGED = 0.03, 0.12, 0.01
    VOCABULARY = 20_000

    def __init__(self, statistics, seed):
        self.chooser = random.Random(seed)
        self.separators = Choice(statistics["separators"])
        lengths = Choice(statistics["word lengths by shape"])
        self.documents = statistics["log of words in a document"]
        self.vocabulary = []
        for _ in range(self.VOCABULARY):
            kind, length = lengths.draw(self.chooser).rsplit(" ", 1)
            self.vocabulary.append(invented(int(length), kind, self.chooser))
        # Between the measured ranks, the share of a rank falls as a power of it.
        points = sorted((int(r), s) for r, s in statistics["share of the word of a rank"].items())
        weights = {}
        for rank in range(1, self.VOCABULARY + 1):
            at = min(bisect.bisect([point[0] for point in points], rank), len(points) - 1)
            (low, first), (high, last) = points[at - 1], points[at]
            power = math.log(first / last) / math.log(high / low)
            weights[rank - 1] = first * (low / rank) ** power
        self.ranks = Choice(weights)

    def text(self):
        """The words and separators of a document, alternating."""
        mean, deviation = self.documents["mean"], self.documents["deviation"]
        count = max(3, min(60_000, round(math.exp(self.chooser.gauss(mean, deviation)))))
        parts = []
        for _ in range(count):
            parts.append(self.vocabulary[self.ranks.draw(self.chooser)])
            parts.append(self.separators.draw(self.chooser))
        return parts

    def records(self, limit):
        """Yields the texts of documents until they have `limit` bytes."""
        earlier, written = [], 0
        while written < limit:
            chance = self.chooser.random()
            if earlier and chance < self.EXACT + self.NEAR:
                parts = list(self.chooser.choice(earlier))
                if chance >= self.EXACT:
                    for _ in range(max(1, round(len(parts) / 2 * self.CHANGED))):
                        place = 2 * self.chooser.randrange(len(parts) // 2)
                        parts[place] = self.vocabulary[self.ranks.draw(self.chooser)]
            else:
                parts = self.text()
                earlier.append(parts)
                if len(earlier) > 1000:
                    earlier[self.chooser.randrange(1000)] = earlier.pop()
            text = "".join(parts)
            written += len(text.encode())
            yield text


def generate(kind, limit, output, seed):
    """Writes a JSON Lines file; returns the number of documents."""
    texts = Texts(json.loads(STATISTICS.read_text())[kind], seed)
    documents = 0
    with open(output, "w") as file:
        for text in texts.records(limit):
            record = {"id": f"{kind}-{documents}", "text": text}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            documents += 1
    return documents


def read_folder(folder):
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.is_file() and not path.is_symlink():
            opened = gzip.open(path) if path.suffix == ".gz" else open(path, "rb")
            with opened as file:
                yield file.read().decode("utf-8", errors="replace")


def main():
    parser = argparse.ArgumentParser(description="Statistics of texts, and texts that have them.")
    parser.add_argument("action", choices=["generate", "measure"])
    parser.add_argument("kind")
    parser.add_argument("what", nargs="+")
    arguments = parser.parse_args()
    if arguments.action == "generate":
        megabytes, output, *seed = arguments.what
        limit = int(float(megabytes) * 1e6)
        documents = generate(arguments.kind, limit, output, int(seed[0]) if seed else 1)
        print(f"{documents:,} documents")
    else:
        known = json.loads(STATISTICS.read_text()) if STATISTICS.exists() else {}
        known[arguments.kind] = measure(read_folder(arguments.what[0]))
        STATISTICS.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
