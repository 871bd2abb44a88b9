"""datatrove: signatures, buckets and clusters by its local executor, as its example does.

For English it cuts words by spaCy, which takes most of the time.
"""

import collections
import os
import pathlib
import struct
import tempfile

import common
from datatrove.executor.local import LocalPipelineExecutor
from datatrove.pipeline.dedup.minhash import (
    MinhashConfig,
    MinhashDedupBuckets,
    MinhashDedupCluster,
    MinhashDedupSignature,
)
from datatrove.pipeline.readers import JsonlReader
from datatrove.utils.hashing import HashConfig


def main():
    corpus, output = map(pathlib.Path, common.arguments())
    config = MinhashConfig(
        n_grams=common.NGRAM,
        num_buckets=common.BANDS,
        hashes_per_bucket=common.ROWS,
        hash_config=HashConfig(precision=64, hash_fc="xxhash"),
    )
    with tempfile.TemporaryDirectory(dir=output.parent) as folder:

        def run(name, steps, tasks, workers):
            LocalPipelineExecutor(
                pipeline=steps, tasks=tasks, workers=workers, logging_dir=f"{folder}/logs/{name}"
            ).run()

        # A task reads whole files, and the corpus is one.
        reader = JsonlReader(str(corpus.parent), glob_pattern=corpus.name)
        run("sign", [reader, MinhashDedupSignature(f"{folder}/signatures", config)], 1, 1)
        buckets = MinhashDedupBuckets(f"{folder}/signatures", f"{folder}/buckets", config=config)
        run("match", [buckets], common.BANDS, os.cpu_count())
        cluster = MinhashDedupCluster(
            f"{folder}/buckets", f"{folder}/clusters", config=config, save_cluster_id=True
        )
        run("cluster", [cluster], 1, 1)
        write(corpus, output, pathlib.Path(folder) / "clusters/000000.clusters")


def write(corpus, output, found):
    """Clusters by the ids of their documents; datatrove writes the documents' numbers."""
    members = collections.defaultdict(list)
    for document, cluster in struct.iter_unpack("<2I", found.read_bytes()):
        members[cluster].append(document)
    clusters = common.Clusters()
    clusters.add(name for name, _ in common.read(corpus))
    for documents in members.values():
        for document in documents[1:]:
            clusters.join(documents[0], document)
    clusters.write(output)


if __name__ == "__main__":
    main()
