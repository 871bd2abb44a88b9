"""daft: its minhash expression, bands grouped as in its tutorial on deduplication.

The tutorial closes pairs to clusters by rounds of joins, which is for clusters of machines; here a
union-find does it, which is faster.
"""

import common
import daft
from daft import col
from daft.functions import minhash, monotonically_increasing_id, normalize


def main():
    corpus, output = common.arguments()
    sketch = minhash(
        normalize(col("text"), lowercase=True, white_space=True),
        num_hashes=common.BANDS * common.ROWS,
        ngram_size=common.NGRAM,
        seed=1,
        hash_function="xxhash3_64",
    )
    frame = (
        daft.read_json(corpus)
        .select("id", sketch.alias("sketch"))
        .with_column("node", monotonically_increasing_id())
        .collect()
    )
    buckets = (
        frame.select(
            "node",
            col("sketch").chunk(common.ROWS).alias("band"),
            daft.lit(list(range(common.BANDS))).alias("number"),
        )
        .explode("band", "number")
        .groupby("number", "band")
        .agg(col("node").list_agg().alias("nodes"))
        .where(col("nodes").list_count() > 1)
        .to_pydict()["nodes"]
    )
    documents = frame.select("id", "node").to_pydict()
    numbers = {node: number for number, node in enumerate(documents["node"])}
    clusters = common.Clusters()
    clusters.add(documents["id"])
    for nodes in buckets:
        for node in nodes[1:]:
            clusters.join(numbers[nodes[0]], numbers[node])
    clusters.write(output)


if __name__ == "__main__":
    main()
