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
# Words are compared without tatweel and without the vowel points of Arabic and Hebrew.
POINT = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670]")
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
# Some of the places where a sentence certainly ends by Unicode's rules, after their last character.
SENTENCE_END = re.compile(r"(?<=[a-z]{2}[.!?])(?= +[A-Z])|(?<=\n)")
# What may end a sentence or a line, and more.
MAY_END = re.compile("[.!?\n\r\v\f\x85\u2026\u2028\u2029\u3002\uff01\uff0e\uff1f\uff61\u0589\u061f\u06d4\u0964\u0965]")
LINE_END = re.compile("[\n\r\v\f\x85\u2028\u2029]")
# A cut ends between words only if no sentence ends within so many words.
SENTENCE_LIMIT = 60
# The characters that so many words have at most, but for very long words.
NEAR = 1000
# A sentence with fewer words says little, and may be left out with what surrounds it.
SENTENCE_WORDS = 8


def words(text):
    return WORD.findall(POINT.sub("", unicodedata.normalize("NFC", text)).casefold())


def length(text):
    """The number of words; one of a script without spaces counts half."""
    return sum(0.5 if re.match(f"[{UNSPACED}]", word) else 1 for word in words(text))


class Run:
    """A scan of one file, and what is left of it."""

    def __init__(self, results, cleaned):
        configuration = json.loads((results / "summary.json").read_text())["configuration"]
        self.cut_at = configuration["cut_at"]
        self.limit = min(SENTENCE_LIMIT, configuration["minimum_passage"] - 1)
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
        if self.entries[row]["status"] == "trim":
            yield from self.end_faults(row, cut)

    def end_faults(self, row, cut):
        """The rules that the ends of a cut break."""
        text = self.texts[row].encode()
        part = text[cut["start"]:cut["end"]].decode()
        before, after = text[:cut["start"]].decode(), text[cut["end"]:].decode()
        others = [other for other in self.entries[row]["cuts"] if other is not cut]
        for at, left, right, is_start in (
                (cut["start"], before, part, True), (cut["end"], part, after, False)):
            outside = before if is_start else after
            if not words(outside) or any(
                    not words(text[min(at, end):max(at, end)].decode())
                    for other in others for end in (other["start"], other["end"])):
                continue
            gap = re.search(r"[\W_]*$", left)[0] + re.match(r"[\W_]*", right)[0]
            around = [*words(left[-100:])[-1:], *words(right[:100])[:1]]
            if not re.search(r"\s", gap) and not any(
                    re.match(f"[{UNSPACED}]", word) for word in around):
                yield f"byte {at} is within \"{left.split()[-1][-20:]}{right.split()[0][:20]}\""
            if self.cut_at == "lines" and not LINE_END.search(gap):
                yield f"byte {at} is not between two lines"
            if self.cut_at == "sentences" and not MAY_END.search(gap):
                yield from self.sentence_end_faults(at, part, is_start)

    def sentence_end_faults(self, at, part, is_start):
        """Whether an end of a cut within a sentence could have been at the end of one."""
        # No sentence end that is farther away matters.
        near = part[:NEAR] if is_start else part[-NEAR:]
        ends = [match.start() for match in SENTENCE_END.finditer(near)]
        skipped = [near[:end] if is_start else near[end:] for end in ends]
        nearest = min((length(text) for text in skipped if words(text)), default=None)
        if nearest is not None and nearest <= self.limit and nearest < length(part):
            yield f"byte {at} is within a sentence, and one ends {nearest:g} words from it"

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
