"""rensa: R-MinHash of n-grams that are hashed already, as a matrix of many documents.

Of a matrix its LSH index tells which documents have a partner, but not which partner. So the bands
are compared here, by NumPy.
"""

import itertools

import common
import numpy
from rensa import RMinHash


def signatures(texts):
    """Python's own hash, 64 bits of a tuple; a word is hashed once for all its n-grams."""
    counts = [0]

    def ngrams():
        for text in texts:
            words = common.words_of(text)
            counts.append(max(0, len(words) - common.NGRAM + 1))
            yield common.ngrams(words)

    every = itertools.chain.from_iterable(ngrams())
    hashes = numpy.fromiter(map(hash, every), dtype=numpy.int64).view(numpy.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        hashes,
        numpy.cumsum(counts).astype(numpy.uint64),
        num_perm=common.BANDS * common.ROWS,
        seed=1,
    )
    return numpy.array(matrix.to_rows(), dtype=numpy.uint32)


def main():
    corpus, output = common.arguments()
    clusters = common.Clusters()
    parts = []
    for ids, texts in common.batches(common.read(corpus)):
        parts.append(signatures(texts))
        clusters.add(ids)
    rows = numpy.concatenate(parts)
    documents = numpy.arange(len(rows))
    for first in range(0, rows.shape[1], common.ROWS):
        band = numpy.ascontiguousarray(rows[:, first : first + common.ROWS])
        keys = band.view(numpy.dtype((numpy.void, band.itemsize * common.ROWS))).ravel()
        _, firsts, inverse = numpy.unique(keys, return_index=True, return_inverse=True)
        partners = firsts[inverse]
        for document in numpy.flatnonzero(partners != documents).tolist():
            clusters.join(int(partners[document]), document)
    clusters.write(output)


if __name__ == "__main__":
    main()
