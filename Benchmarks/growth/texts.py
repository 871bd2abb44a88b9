"""Texts on which the time or the memory of a scan may grow faster than they do.

A generator writes a corpus of about a number of bytes into a folder. What it knows of the result it
returns: an `Expected`. The same name and size give the same bytes.
"""

import base64
import dataclasses
import gzip
import json
import math
import pathlib
import random
import string

GENERATORS = {}
OPTIONS = {}


@dataclasses.dataclass
class Expected:
    """What is left of a corpus when it is cleaned."""

    # Texts of which exactly one copy is left.
    once: list = dataclasses.field(default_factory=list)
    # The largest share of the corpus' bytes that is left.
    left: float = 1


class Source:
    """Random words, always the same ones."""

    def __init__(self, name):
        self.random = random.Random(name)
        letters = string.ascii_lowercase
        self.vocabulary = [
            "".join(self.random.choices(letters, k=self.random.randint(2, 9)))
            for _ in range(20_000)
        ]

    def words(self, count):
        return self.random.choices(self.vocabulary, k=count)

    def text(self, count):
        return " ".join(self.words(count))

    def edited(self, words, count):
        words = list(words)
        for index in self.random.sample(range(len(words)), count):
            words[index] = self.random.choice(self.vocabulary)
        return words

    def sample(self, texts):
        return self.random.sample(texts, min(40, len(texts)))


def write(name, size, folder):
    """Writes a corpus into an empty folder."""
    return GENERATORS[name](Source(name), size, pathlib.Path(folder)) or Expected()


def one_file(name, *options, left=1.0):
    """A corpus of one text file: `make(source, size)` gives the text, or the text and what is known."""

    def register(make):
        def generate(source, size, folder):
            made = make(source, size)
            text, expected = made if isinstance(made, tuple) else (made, Expected(left=left))
            (folder / "text.txt").write_text(text)
            return expected

        GENERATORS[name] = generate
        OPTIONS[name] = list(options)
        return make

    return register


def records(name, *options, left=1.0):
    """A corpus of one JSON Lines file: `make(source, size)` gives the texts of the records."""

    def register(make):
        def generate(source, size, folder):
            with open(folder / "records.jsonl", "w") as file:
                for number, text in enumerate(make(source, size)):
                    file.write(json.dumps({"id": str(number), "text": text}) + "\n")
            return Expected(left=left)

        GENERATORS[name] = generate
        OPTIONS[name] = list(options)
        return make

    return register


def lines(name, *options):
    """A corpus of one file of lines of JSON as they are."""

    def register(make):
        def generate(source, size, folder):
            with open(folder / "records.jsonl", "w") as file:
                for line in make(source, size):
                    file.write(line + "\n")

        GENERATORS[name] = generate
        OPTIONS[name] = list(options)
        return make

    return register


# One document that repeats parts of itself.


@one_file("paragraphs, each twice", "--cut-repeats")
def paragraphs_twice(source, size):
    paragraphs = [source.text(80) for _ in range(size // 960)]
    order = paragraphs * 2
    source.random.shuffle(order)
    return "\n\n".join(order), Expected(once=source.sample(paragraphs), left=0.51)


@one_file("mail with quotations", "--cut-repeats")
def mail(source, size):
    quotations = [source.text(60) for _ in range(max(4, size // 3000))]
    chosen = [source.random.choice(quotations) for _ in range(size // 780)]
    text = "\n\n".join(f"{source.text(60)}\n> {quotation}" for quotation in chosen)
    return text, Expected(once=source.sample(sorted(set(chosen))), left=0.7)


@one_file("a header in one file", "--cut-repeats")
def header(source, size):
    head = source.text(80)
    text = "\n\n".join(f"{head} {source.text(60)}" for _ in range(size // 1000))
    return text, Expected(once=[head])


@one_file("form letters", "--cut-repeats", left=0.5)
def letters(source, size):
    letter = source.words(120)
    return "\n".join(" ".join(source.edited(letter, 1)) for _ in range(size // 720))


@one_file("numbered lines")
def numbered(_, size):
    return "\n".join(
        f"This is line number {i} of the file that we made" for i in range(size // 48)
    )


@one_file("log, two counters")
def counters(_, size):
    return "\n".join(
        f"2024-01-01 00:00:{i % 60:02} INFO request handled in {i % 97} ms"
        for i in range(size // 51)
    )


@one_file("SQL dump")
def dump(_, size):
    return "\n".join(
        f"INSERT INTO t VALUES ({i}, 'active', 0, 0, NULL, NULL, '2020-01-01', {i % 12}, {i % 31});"
        for i in range(size // 80)
    )


@one_file("log of a server")
def server_log(source, size):
    choose = source.random.randrange
    return "\n".join(
        f"2026-11-25T{i // 3600 % 24:02}:{i // 60 % 60:02}:{i % 60:02}Z INFO server[{choose(4)}]: "
        f'GET /index.html?id={choose(1000)} HTTP/1.1 200 {choose(9)} "Mozilla/5.0 (X11; Linux)"'
        for i in range(size // 105)
    )


@one_file("CSV")
def table(source, size):
    colors = ["red", "green", "blue", "black"]
    return "\n".join(
        f"{i},{source.random.choice(colors)},{source.random.randrange(50)},"
        f"{source.random.random() * 10:.2f},2026-01-{i % 28 + 1:02}"
        for i in range(size // 30)
    )


@one_file("Fibonacci word")
def fibonacci(_, size):
    longer, shorter = "aa bb ", "aa "
    while len(longer) < size:
        longer, shorter = longer + shorter, longer
    return longer[:size]


@one_file("Thue-Morse word")
def thue_morse(_, size):
    word, inverse = "xx ", "yy "
    while len(word) < size:
        word, inverse = word + inverse, inverse + word
    return word[:size]


def de_bruijn(letter_count, order):
    """The sequence in which every run of `order` letters stands once."""
    word, sequence = [0] * letter_count * order, []

    def extend(length, period):
        if length > order:
            if order % period == 0:
                sequence.extend(word[1 : period + 1])
            return
        word[length] = word[length - period]
        extend(length + 1, period)
        for letter in range(word[length - period] + 1, letter_count):
            word[length] = letter
            extend(length + 1, length)

    extend(1, 1)
    return sequence


@one_file("de Bruijn sequence")
def de_bruijn_text(_, size):
    words = ["ab", "cde", "fg", "hij"]
    order = math.ceil(math.log(size / 4, 4))
    return " ".join(words[letter] for letter in de_bruijn(4, order))[:size]


def periodic(period):
    @one_file(f"period of {period} words", "--cut-repeats", left=0.6)
    def text(source, size):
        phrase = source.text(period) + " "
        return phrase * max(1, size // len(phrase))


for count in (1, 7, 37, 200):
    periodic(count)


def random_words(count):
    @one_file(f"random, {count} words")
    def text(source, size):
        return " ".join(source.random.choices(source.vocabulary[:count], k=size // 6))


for count in (3, 30, 300, 20_000):
    random_words(count)


@one_file("DNA, threes")
def dna(source, size):
    threes = [a + b + c for a in "acgt" for b in "acgt" for c in "acgt"]
    return " ".join(source.random.choices(threes, k=size // 4))


@one_file("DNA, lines")
def dna_lines(source, size):
    return "\n".join("".join(source.random.choices("acgt", k=70)) for _ in range(size // 71))


@one_file("base64")
def base64_lines(source, size):
    return base64.encodebytes(source.random.randbytes(size * 3 // 4)).decode()


@one_file("ten ideographs")
def ideographs(source, size):
    ten = "\u7684\u4e00\u662f\u4e0d\u4e86\u4eba\u6211\u5728\u6709\u4ed6"
    return "".join(source.random.choices(ten, k=size // 3))


@one_file("one token", "--max-document", "1G")
def one_token(_, size):
    return "a" * size


@one_file("marks on one letter")
def marks(_, size):
    return "a" + "\u0301\u0323" * (size // 4)


@one_file("letters with many marks")
def many_marks(_, size):
    return ("a" + "\u0301\u0323\u0345\u0327" * 8) * (size // 65)


@one_file("jamo")
def jamo(source, size):
    choose = source.random.randrange
    return "".join(
        chr(0x1100 + choose(19)) + chr(0x1161 + choose(21)) + chr(0x11A8 + choose(27))
        for _ in range(size // 9)
    )


@one_file("letters that fold to 18", "--fold", "compatibility")
def folded(_, size):
    return "\ufdfa " * (size // 4)


@one_file("articles of lines", "--split-after", r"\.$")
def split_lines(source, size):
    return "\n".join(source.text(3) for _ in range(size // 20))


@one_file("lines that backtrack", "--split-after", "^(a|a)*$")
def backtracking(_, size):
    return ("a" * 24 + "b\n") * (size // 26)


# Many documents.


@records("equal documents")
def equal(source, size):
    return [source.text(500)] * (size // 3000)


def similar(word_count, edits):
    @records(f"similar pairs, {word_count} words")
    def make(source, size):
        words = source.words(word_count)
        for _ in range(size // (6 * word_count)):
            yield " ".join(source.edited(words, edits))


for word_count, edits in ((60, 2), (200, 5), (1000, 23)):
    similar(word_count, edits)


@records("a shared passage")
def shared(source, size):
    passage = source.text(60)
    for _ in range(size // 1600):
        yield f"{source.text(90)} {passage} {source.text(90)}"


@records("a shared half")
def shared_half(source, size):
    half = source.text(250)
    for _ in range(size // 3000):
        yield f"{half} {source.text(250)}"


@records("a chain of edits")
def chain(source, size):
    words = source.words(300)
    for _ in range(size // 1900):
        words = source.edited(words, 5)
        yield " ".join(words)


@records("periods of 1 to 200 words")
def periods(source, size):
    for number in range(size // 6000):
        phrase = source.words(number % 200 + 1)
        yield " ".join((phrase * 1000)[:1000])


@records("sentences in two orders")
def two_orders(source, size):
    sentences = [source.text(15) + "." for _ in range(size // 190)]
    yield " ".join(sentences)
    source.random.shuffle(sentences)
    yield " ".join(sentences)


@records("sentences in many orders")
def many_orders(source, size):
    sentences = [source.text(15) + "." for _ in range(100)]
    for _ in range(size // 9500):
        source.random.shuffle(sentences)
        yield " ".join(sentences)


@records("each with one sentence more")
def growing(source, size):
    text = ""
    for _ in range(math.isqrt(2 * size // 95)):
        text += source.text(15) + ". "
        yield text


def windows(length, step):
    @records(f"windows of {length} words, step {step}")
    def make(source, size):
        count = size // (6 * length)
        words = source.words(count * step + length)
        for number in range(count):
            yield " ".join(words[number * step : number * step + length])


for length, step in ((200, 2), (200, 20), (200, 100), (60, 30)):
    windows(length, step)


def picked(total, count):
    @records(f"{count} of {total} paragraphs")
    def make(source, size):
        paragraphs = [source.text(70) for _ in range(total)]
        for _ in range(size // (430 * count)):
            yield "\n\n".join(source.random.sample(paragraphs, count))


for total, count in ((20, 8), (100, 10), (1000, 5)):
    picked(total, count)


@records("numbered documents")
def numbered_documents(_, size):
    for number in range(size // 98):
        yield (
            f"This is document number {number} of the corpus that we made for a test of the "
            "program and nothing more"
        )


@records("two words each")
def tiny(source, size):
    return (source.text(2) for _ in range(size // 12))


@records("five words in 300")
def five_words(source, size):
    for _ in range(size // 1800):
        yield " ".join(source.random.choices(source.vocabulary[:5], k=300))


@records("a noisy copy")
def noisy(source, size):
    words = source.words(size // 12)
    yield " ".join(words)
    yield " ".join(
        word if source.random.random() > 0.15 else source.random.choice(source.vocabulary)
        for word in words
    )


@records("two periods")
def two_periods(source, size):
    phrase = source.words(50)
    yield " ".join(phrase * (size // 600))
    yield " ".join((phrase + ["more"]) * (size // 600))


@records("form letters in two documents")
def letters_in_two(source, size):
    letter = source.words(120)
    for _ in range(2):
        yield "\n".join(" ".join(source.edited(letter, 1)) for _ in range(size // 1440))


# Records that are hard to read.


@lines("depth of JSON")
def depth(_, size):
    return ('{"text":"a b","x":' + "[" * 400 + "]" * 400 + "}" for _ in range(size // 820))


@lines("keys of JSON")
def keys(_, size):
    return ["{" + "".join(f'"k{i}":1,' for i in range(size // 11)) + '"text":"a b c"}']


@lines("repeated keys of JSON")
def repeated_keys(_, size):
    return ["{" + ",".join(['"text":"a b"'] * (size // 13)) + "}"]


@lines("escapes of JSON")
def escapes(_, size):
    return ['{"text":"' + "\\u0061" * (size // 6) + '"}']


@lines("lines that are not JSON")
def malformed(_, size):
    return ("{bad" for _ in range(size // 5))


@lines("one id")
def one_id(source, size):
    return (f'{{"id":"x","text":"{source.text(4)}"}}' for _ in range(size // 50))


def compressed(source, size, folder):
    with gzip.open(folder / "text.txt.gz", "wb", compresslevel=6) as file:
        for _ in range(8 * size >> 20):
            file.write(b"word " * ((1 << 20) // 5))


GENERATORS["a compressed text 8 times as long"] = compressed
OPTIONS["a compressed text 8 times as long"] = ["--max-document", "1G"]


def short_files(_, size, folder):
    for number in range(size // 100):
        if number % 1000 == 0:
            part = folder / str(number // 1000)
            part.mkdir()
        (part / f"{number}.txt").write_text(f"This is file {number}\n")


GENERATORS["files of one line"] = short_files
OPTIONS["files of one line"] = []
