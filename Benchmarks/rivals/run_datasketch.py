"""datasketch: sketches by its generator, with the permutation scheme affine32, and its LSH index."""

import operator

import common
import numpy
from datasketch import MinHash, MinHashLSH

PERMUTATIONS = common.BANDS * common.ROWS


def main():
    corpus, output = common.arguments()
    clusters = common.Clusters()

    def sets():
        for name, text in common.read(corpus):
            clusters.add([name])
            ngrams = common.ngrams(common.words_of(text))
            hashes = numpy.fromiter(map(hash, ngrams), dtype=numpy.int64)
            yield hashes.astype(numpy.uint32).tolist()

    index = MinHashLSH(num_perm=PERMUTATIONS, params=(common.BANDS, common.ROWS))
    # The n-grams are hashed already; this hands the number on.
    sketches = MinHash.generator(sets(), num_perm=PERMUTATIONS, hashfunc=operator.index)
    for document, sketch in enumerate(sketches):
        for partner in index.query(sketch):
            clusters.join(partner, document)
        index.insert(document, sketch, check_duplication=False)
    clusters.write(output)


if __name__ == "__main__":
    main()
