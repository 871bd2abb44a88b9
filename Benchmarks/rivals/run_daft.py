"""daft: its minhash expression. Only the signatures come from it.

The tutorial groups bands and closes pairs to clusters inside daft, by rounds of joins, which is for
clusters of machines. Here a dictionary over the bytes of NumPy rows finds equal bands, and a
union-find closes pairs. daft removes punctuation with its own normalization: that leaves fewer
different words, and is the fastest form of it that was found.
"""

import common
import daft
import numpy
from daft import col
from daft.functions import minhash, normalize


def main():
    corpus, output = common.arguments()
    normalized = normalize(col("text"), remove_punct=True, lowercase=True, white_space=True)
    sketch = minhash(
        normalized,
        num_hashes=common.BANDS * common.ROWS,
        ngram_size=common.NGRAM,
        seed=1,
        hash_function="xxhash3_64",
    )
    table = daft.read_json(corpus).select("id", sketch.alias("sketch")).to_arrow()
    clusters = common.Clusters()
    clusters.add(table["id"].to_pylist())
    columns = common.BANDS * common.ROWS
    # Of a fixed-size list the values lie one after another, whichever chunk they are in.
    chunks = [chunk.flatten().to_numpy() for chunk in table["sketch"].chunks]
    rows = numpy.concatenate(chunks).reshape(-1, columns)
    clusters.join_bands(rows)
    clusters.write(output)


if __name__ == "__main__":
    main()
