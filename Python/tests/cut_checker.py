"""Checks what a scan cut, from its results, the input and the cleaned corpus alone.

Shares no code with the engine: words are runs of letters and digits of the text, cut out by Python.

    python Python/tests/cut_checker.py RESULTS CLEANED [--edited]

prints every cut that breaks a rule, and how many cuts and sentences were checked. RESULTS is the folder
of a scan of one JSON Lines file with texts in `text`, CLEANED the file that `reprise clean` wrote.
"""

import argparse
import collections
import json
import pathlib
import re
import sys
import unicodedata

# A character of a script that is written without spaces is a word.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
# A sentence with fewer words says little, and may be left out with what surrounds it.
SENTENCE_WORDS = 8


def words(text):
    return WORD.findall(unicodedata.normalize("NFC", text).casefold())


class Run:
    """A scan of one file, and what is left of it."""

    def __init__(self, results, cleaned):
        self.entries = [json.loads(line) for line in open(results / "manifest.jsonl", "rb")]
        source = {entry["source"] for entry in self.entries}
        assert len(source) == 1, source
        self.texts = [json.loads(line)["text"] for line in open(source.pop(), "rb")]
        self.cleaned = [json.loads(line)["text"] for line in open(cleaned, "rb")]
        assert len(self.texts) == len(self.entries), "a document for each line"

    def faults(self, edited=False):
        """The rules that are broken, one line each."""
        found = []
        for row, entry in enumerate(self.entries):
            for cut in entry["cuts"]:
                found += [f"row {row}, {cut['start']}-{cut['end']}: {fault}"
                          for fault in self.cut_faults(row, cut, edited)]
        return found + self.left_faults() + self.sentence_faults()

    def cut_faults(self, row, cut, edited):
        """The rules that a cut breaks."""
        text = self.texts[row].encode()
        kept_row = cut["duplicate_row"]
        kept = self.entries[kept_row]
        if kept["status"] == "drop":
            yield f"the words are in row {kept_row}, which is dropped"
        part = text[cut["start"]:cut["end"]].decode()
        source = self.texts[kept_row].encode()[cut["source_start"]:cut["source_end"]].decode()
        if edited:
            missing = collections.Counter(words(part)) - collections.Counter(words(source))
            numbers = [word for word in missing if any(char.isdigit() for char in word)]
            if numbers:
                yield f"the numbers {numbers} are not in row {kept_row}"
        elif words(part) != words(source):
            yield f"row {kept_row} has other words"
        for other in kept["cuts"] if kept["status"] == "trim" else ():
            if other["start"] < cut["source_end"] and cut["source_start"] < other["end"]:
                yield f"row {kept_row} has lost {other['start']}-{other['end']} of them"
        # Scripts without spaces may be cut between any two characters.
        for at in (cut["start"], cut["end"]):
            around = text[max(0, at - 1):at + 1]
            if len(around) == 2 and all(byte < 128 and chr(byte).isalnum() for byte in around):
                yield f"byte {at} is within a word"

    def left_faults(self):
        """What is left must be what is kept, without what is cut."""
        expected = []
        for text, entry in zip(self.texts, self.entries):
            if entry["status"] == "drop":
                continue
            data = text.encode()
            if entry["status"] == "trim":
                for cut in reversed(entry["cuts"]):
                    data = data[:cut["start"]] + data[cut["end"]:]
            expected.append(words(data.decode()))
        left = [words(text) for text in self.cleaned]
        if len(expected) != len(left):
            return [f"{len(left)} documents are left, and not {len(expected)}"]
        return [f"document {number} that is left has other words"
                for number, pair in enumerate(zip(expected, left)) if pair[0] != pair[1]]

    def sentence_faults(self):
        """Every sentence is still there, unless its document was dropped as near or contained."""
        places = collections.defaultdict(list)
        left = [words(text) for text in self.cleaned]
        for number, text in enumerate(left):
            for start in range(len(text) - SENTENCE_WORDS + 1):
                places[tuple(text[start:start + SENTENCE_WORDS])].append((number, start))

        def is_left(sentence):
            return any(left[number][start:start + len(sentence)] == sentence
                       for number, start in places[tuple(sentence[:SENTENCE_WORDS])])

        return [f"row {row}: \"{' '.join(sentence[:9])}\" is gone"
                for row, sentence in self.sentences() if not is_left(sentence)]

    def sentences(self):
        """The words of each sentence, without those that a cut ends in: no sentence ends near there."""
        for row, (text, entry) in enumerate(zip(self.texts, self.entries)):
            if entry["reason"] in ("near", "contained", "remnant"):
                continue
            # A copy has the sentences of the document that it repeats.
            if entry["reason"] in ("exact", "words") and words(text) == words(
                    self.texts[entry["duplicate_row"]]):
                continue
            ends = [end for cut in entry["cuts"] for end in (cut["start"], cut["end"])]
            data = text.encode()
            for match in SENTENCE.finditer(text):
                sentence = words(match[0])
                if len(sentence) < SENTENCE_WORDS:
                    continue
                if ends:
                    start = len(text[:match.start()].encode())
                    end = start + len(match[0].encode())
                    if any(words(data[start:at].decode()) and words(data[at:end].decode())
                           for at in ends if start < at < end):
                        continue
                yield row, sentence


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("cleaned", type=pathlib.Path)
    parser.add_argument("--edited", action="store_true")
    options = parser.parse_args()
    run = Run(options.results, options.cleaned)
    faults = run.faults(options.edited)
    for fault in faults:
        print(fault)
    cuts = sum(len(entry["cuts"]) for entry in run.entries)
    sentences = sum(1 for _ in run.sentences())
    print(f"{cuts} cuts and {sentences} sentences, {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
