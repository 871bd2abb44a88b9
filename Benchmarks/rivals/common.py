"""What the rivals' programs share: reading the corpus, n-grams, closing pairs to clusters.

The libraries compare sets. Reading files, cutting words, closing pairs transitively and writing
are their user's part, and are done here in the fastest way that was found in Python.
"""

import collections
import gc
import sys

import numpy
import orjson

NGRAM = 5
BANDS = 14
ROWS = 8
THRESHOLD = 0.8
BATCH_LENGTH = 1_000_000

# Millions of short-lived strings and no cycles: the collector would take a quarter of the time.
gc.disable()


def arguments():
    """The corpus, and the file for the clusters."""
    corpus, output = sys.argv[1:3]
    return corpus, output


def read(corpus):
    """Yields the id and the text of each document."""
    with open(corpus, "rb") as file:
        for line in file:
            record = orjson.loads(line)
            yield record["id"], record["text"]


def batches(documents):
    """Yields the ids and the texts of some megabytes of documents at a time."""
    ids, texts, length = [], [], 0
    for name, text in documents:
        ids.append(name)
        texts.append(text)
        length += len(text)
        if length > BATCH_LENGTH:
            yield ids, texts
            ids, texts, length = [], [], 0
    if ids:
        yield ids, texts


def words_of(text):
    """What is between white space, in lower case."""
    return text.lower().split()


def ngrams(words):
    """The n-grams as tuples of words."""
    return zip(*(words[start:] for start in range(NGRAM)))


class Clusters:
    """Documents joined by pairs, closed transitively."""

    def __init__(self):
        self.ids = []
        self.parents = []

    def add(self, ids):
        """More documents, each alone in its cluster; they are numbered in order."""
        self.ids.extend(ids)
        self.parents.extend(range(len(self.parents), len(self.ids)))

    def root(self, document):
        while self.parents[document] != document:
            self.parents[document] = self.parents[self.parents[document]]
            document = self.parents[document]
        return document

    def join(self, left, right):
        left, right = self.root(left), self.root(right)
        if left != right:
            self.parents[max(left, right)] = min(left, right)

    def join_bands(self, rows):
        """Joins documents whose signatures, the rows of a matrix, agree in a band."""
        for first in range(0, rows.shape[1], ROWS):
            band = numpy.ascontiguousarray(rows[:, first : first + ROWS])
            keys = band.view(numpy.dtype((numpy.void, band.itemsize * ROWS))).ravel().tolist()
            firsts = {}
            for document, key in enumerate(keys):
                other = firsts.setdefault(key, document)
                if other != document:
                    self.join(other, document)

    def write(self, output):
        """Writes a line for each cluster of several documents, of which the first stays."""
        members = collections.defaultdict(list)
        for document, name in enumerate(self.ids):
            members[self.root(document)].append(name)
        with open(output, "wb") as file:
            for cluster in members.values():
                if len(cluster) > 1:
                    file.write(orjson.dumps({"members": cluster}) + b"\n")
