"""Recall and precision of clusters against exact similarities.

usage: judge.py CORPUS TOKENS RESULT...

A result is a file of clusters or a results folder of Reprise. Prints for each a line of JSON:
recall, the share of the pairs from the threshold on that are in one cluster; precision, the share
of the dropped documents whose similarity to the document that is kept reaches the threshold.
"""

import json
import pathlib
import sys

import common
from exact_pairs import Truth


def read_clusters(path):
    """The cluster of each document, and the document kept for each that is dropped."""
    cluster_of, kept_for = {}, {}
    for number, line in enumerate(path.read_text().splitlines()):
        kept, *dropped = json.loads(line)["members"]
        for name in [kept, *dropped]:
            cluster_of[name] = number
        for name in dropped:
            kept_for[name] = kept
    return cluster_of, kept_for


def read_manifest(folder):
    """The same of a results folder."""
    cluster_of, kept_for = {}, {}
    for line in (folder / "manifest.jsonl").open():
        entry = json.loads(line)
        if entry.get("cluster") is not None:
            cluster_of[entry["id"]] = entry["cluster"]
        if entry["status"] == "drop":
            kept_for[entry["id"]] = entry["duplicate_of"]
    return cluster_of, kept_for


def judge(truth, names, path):
    cluster_of, kept_for = read_manifest(path) if path.is_dir() else read_clusters(path)
    found = sum(
        names[left] in cluster_of and cluster_of[names[left]] == cluster_of.get(names[right])
        for left, right in truth.pairs
    )
    right_drops = sum(
        truth.similarity(truth.numbers[name], truth.numbers[kept]) >= common.THRESHOLD
        for name, kept in kept_for.items()
    )
    return {
        "exact_pairs": len(truth.pairs),
        "recall": found / max(1, len(truth.pairs)),
        "dropped": len(kept_for),
        "precision": right_drops / max(1, len(kept_for)),
    }


def main():
    corpus, tokens, *results = sys.argv[1:]
    truth = Truth(corpus, tokens)
    names = list(truth.numbers)
    for result in results:
        print(json.dumps(judge(truth, names, pathlib.Path(result))))


if __name__ == "__main__":
    main()
