"""text-dedup: its command for MinHash, run in this process, hashing by XXH3 with 32 bits."""

import os
import pathlib
import tempfile

import common
from text_dedup import minhash


def main():
    corpus, output = map(pathlib.Path, common.arguments())
    with tempfile.TemporaryDirectory(dir=output.parent) as folder:
        options = {
            "path": "json",
            "data_files": corpus,
            "split": "train",
            "cache_dir": f"{folder}/cache",
            "output": f"{folder}/output",
            "column": "text",
            "ngram": common.NGRAM,
            "num_perm": common.BANDS * common.ROWS,
            "b": common.BANDS,
            "r": common.ROWS,
            "hash_func": "xxh3",
            "hash_bits": 32,
            "num_proc": os.cpu_count(),
        }
        words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        minhash.main.main(words, standalone_mode=False)
    clusters = common.Clusters()
    clusters.add(name for name, _ in common.read(corpus))
    for document in list(minhash.uf.parent):
        clusters.join(document, minhash.uf.find(document))
    clusters.write(output)


if __name__ == "__main__":
    main()
