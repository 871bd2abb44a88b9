"""rensa: R-MinHash of lists of n-grams, many documents in a call, and its LSH index."""

import common
from rensa import RMinHash, RMinHashLSH

PERMUTATIONS = common.BANDS * common.ROWS


def main():
    corpus, output = common.arguments()
    clusters = common.Clusters()
    index = RMinHashLSH(
        threshold=common.THRESHOLD, num_perm=PERMUTATIONS, num_bands=common.BANDS
    )
    sketches = []
    for ids, texts in common.batches(common.read(corpus)):
        sets = [list(map(" ".join, common.ngrams(common.words_of(text)))) for text in texts]
        batch = RMinHash.from_token_sets(sets, num_perm=PERMUTATIONS, seed=1)
        index.insert_many(batch, start_key=len(sketches))
        sketches.extend(batch)
        clusters.add(ids)
    for document, partners in enumerate(index.query_all(sketches)):
        for partner in partners:
            clusters.join(document, partner)
    clusters.write(output)


if __name__ == "__main__":
    main()
