"""Exact Jaccard similarities: all pairs of a corpus from the threshold on, and of given pairs.

Two documents are compared by their sets of n-grams, as 64-bit hashes. Of every set the least hashes
are looked up, so many that two sets of the threshold's similarity share one of them for certain
(prefix filtering); the pairs that do are compared in full. Nothing is estimated.
"""

import math
import re

import common
import numpy

WORD = re.compile(r"\w+")


def set_of(text, tokens):
    """The sorted n-gram hashes; tokens are `words`, of letters and digits, or `spaced`."""
    words = WORD.findall(text.lower()) if tokens == "words" else common.words_of(text)
    hashes = numpy.fromiter(map(hash, common.ngrams(words)), dtype=numpy.int64)
    return numpy.unique(hashes)


def similarity(left, right):
    common_count = len(numpy.intersect1d(left, right, assume_unique=True))
    return common_count / max(1, len(left) + len(right) - common_count)


class Truth:
    """The sets of a corpus and its similar pairs."""

    def __init__(self, corpus, tokens):
        self.numbers, self.sets = {}, []
        for name, text in common.read(corpus):
            self.numbers[name] = len(self.sets)
            self.sets.append(set_of(text, tokens))
        candidates = sorted(self.candidates())
        self.pairs = [pair for pair in candidates if self.similarity(*pair) >= common.THRESHOLD]

    def similarity(self, left, right):
        return similarity(self.sets[left], self.sets[right])

    def candidates(self):
        """Pairs of documents whose least hashes meet."""
        prefixes = [
            hashes[: len(hashes) - math.ceil(common.THRESHOLD * len(hashes)) + 1]
            for hashes in self.sets
        ]
        hashes = numpy.concatenate(prefixes)
        documents = numpy.repeat(numpy.arange(len(prefixes)), [len(prefix) for prefix in prefixes])
        order = numpy.lexsort((documents, hashes))
        hashes, documents = hashes[order], documents[order]
        pairs = set()
        # Entries with one hash stand together: compare at every distance until none are equal.
        distance = 1
        while True:
            equal = numpy.flatnonzero(hashes[distance:] == hashes[:-distance])
            if len(equal) == 0:
                return pairs
            pairs.update(
                zip(documents[equal].tolist(), documents[equal + distance].tolist())
            )
            distance += 1
