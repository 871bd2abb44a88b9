"""gaoya: its string index, which cuts words and n-grams itself and works on all cores."""

import common
from gaoya.minhash import MinHashStringIndex


def main():
    corpus, output = common.arguments()
    ids, texts = map(list, zip(*common.read(corpus)))
    clusters = common.Clusters()
    clusters.add(ids)
    index = MinHashStringIndex(
        hash_size=32,
        jaccard_threshold=common.THRESHOLD,
        num_bands=common.BANDS,
        band_size=common.ROWS,
        analyzer="word",
        lowercase=True,
        ngram_range=(common.NGRAM, common.NGRAM),
        id_container="smallvec",
    )
    index.par_bulk_insert_docs(list(range(len(texts))), texts)
    for document, partners in enumerate(index.par_bulk_query(texts)):
        for partner in partners:
            clusters.join(document, partner)
    clusters.write(output)


if __name__ == "__main__":
    main()
