"""Packs the texts of `shared/corpora/dev` into one JSON Lines file.

usage: pack.py english|all MEGABYTES OUTPUT

The folder `shared` is looked for next to the checkout, or is REPRISE_SHARED. The corpora hold less than
large runs need, so they are repeated. In each repetition after the first, half of the vocabulary is
permuted: every word becomes one of the same length, everywhere. So a repetition has the lengths, line ends,
markup and families of near-duplicates of the first one, with the same similarities, and no document is
similar to one of another repetition. In Han and kana, each character counts as a word.
"""

import argparse
import hashlib
import json
import os
import pathlib
import random
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ENGLISH = [
    "bible_pd_chapters",
    "eips_ercs",
    "longhorn_docs",
    "powershell_docs",
    "sms_spam",
    "wikipedia_versions",
]
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_\u3040-\u30ff\u3400-\u9fff]+")


def corpora():
    """The folder of the corpora, or None."""
    shared = pathlib.Path(os.environ.get("REPRISE_SHARED", ROOT.parent / "shared"))
    folder = shared / "corpora/dev"
    return folder if folder.is_dir() else None


def records(mix):
    """The documents of a mix, in an order that does not depend on their corpus."""
    folder = corpora()
    if folder is None:
        sys.exit("pack: needs shared/corpora next to the checkout, or its parent in REPRISE_SHARED")
    names = ENGLISH if mix == "english" else sorted(path.name for path in folder.iterdir())
    found = []
    for name in names:
        packed = folder / name / "docs.jsonl.zst"
        lines = subprocess.run(["zstdcat", packed], check=True, capture_output=True).stdout
        for line in lines.splitlines():
            record = json.loads(line)
            found.append({"id": f"{name}/{record['id']}", "text": record["text"]})
    found.sort(key=lambda record: hashlib.sha1(record["id"].encode()).digest())
    return found


def permuted(vocabulary, seed):
    """Half of the words, each with another one of the same number of characters and bytes."""
    chooser = random.Random(seed)
    groups = {}
    for word in vocabulary:
        if chooser.random() < 0.5:
            groups.setdefault((len(word), len(word.encode())), []).append(word)
    changed = {}
    for group in groups.values():
        changed.update(zip(group, group[1:] + group[:1]))
    return changed


def pack(mix, limit, output):
    """Writes documents until their texts have `limit` bytes; returns the number of documents."""
    originals = records(mix)
    vocabulary = sorted({word for record in originals for word in WORD.findall(record["text"])})
    written = documents = repetition = 0
    with open(output, "w") as file:
        while written < limit:
            changed = permuted(vocabulary, repetition) if repetition > 0 else {}
            for record in originals:
                text = record["text"]
                if changed:
                    text = WORD.sub(lambda found: changed.get(found[0], found[0]), text)
                identifier = f"{repetition}/{record['id']}"
                line = json.dumps({"id": identifier, "text": text}, ensure_ascii=False)
                file.write(line + "\n")
                documents += 1
                written += len(text.encode())
                if written >= limit:
                    break
            repetition += 1
    return documents


def main():
    parser = argparse.ArgumentParser(description="Pack the development corpora.")
    parser.add_argument("mix", choices=["english", "all"])
    parser.add_argument("megabytes", type=float)
    parser.add_argument("output")
    arguments = parser.parse_args()
    documents = pack(arguments.mix, int(arguments.megabytes * 1e6), arguments.output)
    print(f"{documents:,} documents")


if __name__ == "__main__":
    main()
