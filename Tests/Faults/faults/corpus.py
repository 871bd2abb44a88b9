"""A small corpus in which every kind of input is: read in chunks, packed, converted, split, many small
files; with exact copies, edited copies and passages that repeat."""
import gzip
import json
import os
import random
import subprocess

MIB = 1 << 20


class Texts:
    """Documents, every fourth of which repeats another as a whole or in part."""

    def __init__(self, seed, words):
        self.rng, self.word_count = random.Random(seed), words
        letters = "abcdefghijklmnop"
        self.vocabulary = [
            "".join(self.rng.choices(letters, k=self.rng.randint(2, 9))) for _ in range(5000)]
        self.passages = [self.words(70) for _ in range(6)]
        self.texts = []

    def words(self, count):
        return " ".join(self.rng.choices(self.vocabulary, k=count))

    def next(self):
        kind = self.rng.random()
        if self.texts and kind < 0.1:
            return self.rng.choice(self.texts)
        if self.texts and kind < 0.2:
            words = self.rng.choice(self.texts).split()
            words[self.rng.randrange(len(words))] = "edited"
            return " ".join(words)
        text = self.words(self.rng.randint(self.word_count // 2, self.word_count))
        if kind < 0.3:
            text = f"{text}. {self.rng.choice(self.passages)}. {self.words(30)}"
        self.texts.append(text)
        return text


def write(folder, megabytes):
    """Writes the corpus, and other files for some of its names.

    The plain file is of so many MiB, which makes several chunks of it; most of that is no text, so that
    the runs are short.
    """
    write_corpus(f"{folder}/corpus", megabytes)
    os.makedirs(f"{folder}/other/texts")
    texts = Texts(seed=8, words=200)
    # The same records and as many bytes, in another order of fields.
    with open(f"{folder}/corpus/a.jsonl") as file, open(f"{folder}/other/a.jsonl", "w") as other:
        for line in file:
            fields = json.loads(line)
            other.write(json.dumps(dict(reversed(fields.items()))) + "\n")
    with open(f"{folder}/other/b.jsonl.gz", "wb") as file:
        packed = "".join(record(f"b{number}", texts) for number in range(25))
        file.write(gzip.compress(packed.encode(), mtime=0))
    with open(f"{folder}/other/texts/0.txt", "w") as file:
        file.write(texts.next())


def write_corpus(folder, megabytes):
    texts = Texts(seed=7, words=120)
    os.makedirs(f"{folder}/texts")
    with open(f"{folder}/a.jsonl", "w") as file:
        number = 0
        while file.tell() < megabytes * MIB:
            file.write(record(f"a{number}", texts, page="<p>" * 1500))
            number += 1
    packed = "".join(record(f"b{number}", texts) for number in range(25)).encode()
    with open(f"{folder}/b.jsonl.gz", "wb") as file:
        file.write(gzip.compress(packed, mtime=0))
    packed = "".join(record(f"c{number}", texts) for number in range(25)).encode()
    with open(f"{folder}/c.jsonl.zst", "wb") as file:
        file.write(subprocess.run(["zstd", "-q", "-c"], input=packed, capture_output=True, check=True).stdout)
    for number in range(8):
        with open(f"{folder}/texts/{number}.txt", "w") as file:
            file.write(texts.next())
    with open(f"{folder}/texts/utf-16.txt", "wb") as file:
        file.write(("\ufeff" + texts.next()).encode("utf-16-le"))
    with open(f"{folder}/split.txt", "w") as file:
        file.write("\n-----\n".join(texts.next() for _ in range(8)))


def record(name, texts, **more):
    return json.dumps({"id": name, "text": texts.next(), **more}) + "\n"
