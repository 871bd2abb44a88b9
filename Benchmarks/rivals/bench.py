"""Runs Reprise and its rivals in turns on generated corpora and prints tables of what they took.

Called by scripts/bench-rivals, which builds and installs what is needed.
"""

import argparse
import json
import os
import subprocess
import sys

from tables import heading, table, write_document
from tools import BUILT, ENVIRONMENT, FOLDER, HERE, MORE_RIVALS, REPRISES, RIVALS, Tool, remove

# Bytes of text of a corpus by the mean length of its documents.
CORPORA = {3_000: 200_000_000, 500: 60_000_000, 30_000: 200_000_000}


def judge(tools, corpus, tokens):
    """Adds recall and precision to the tools, in a process of its own."""
    command = [sys.executable, HERE / "judge.py", corpus, tokens, *(tool.output for tool in tools)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, **ENVIRONMENT}
    )
    for tool, line in zip(tools, done.stdout.splitlines(), strict=True):
        tool.quality = json.loads(line)


def measure(mean, byte_count, names, runs):
    """Makes the corpus, runs the tools in turns, and returns the lines of their table."""
    corpus = FOLDER / f"corpus-{mean}-{byte_count}.jsonl"
    remove(corpus)
    generate = [BUILT / "generate-corpus", str(mean), str(byte_count), corpus]
    subprocess.run(generate, check=True, stdout=subprocess.DEVNULL)
    # Into the page cache; and not into this process, whose size a child's peak begins with.
    subprocess.run(["cat", corpus], check=True, stdout=subprocess.DEVNULL)
    tools = [Tool(name) for name in names]
    for run in range(runs):
        for tool in tools:
            tool.run(corpus)
            print(
                f"{mean} bytes, run {run + 1}: {tool.name}: {tool.runs[-1][0]:.2f} s",
                file=sys.stderr,
            )
    for tool in tools:
        if tool.is_reprise:
            tool.check_bands()
    for tokens in ("words", "spaced"):
        judge([tool for tool in tools if tool.tokens() == tokens], corpus, tokens)
    summary = json.loads((tools[0].output / "summary.json").read_text())
    lines = table(tools, summary["documents"]["total"], summary["bytes"]["text"], mean)
    for path in [corpus, *(tool.output for tool in tools)]:
        remove(path)
    return lines


def main():
    parser = argparse.ArgumentParser(
        prog="scripts/bench-rivals", description="Run Reprise and its rivals side by side."
    )
    parser.add_argument("--runs", type=int, default=5, help="runs of each (default: 5)")
    parser.add_argument("--more", action="store_true", help="datatrove and text-dedup, too")
    parser.add_argument("--markdown", action="store_true", help="write docs/benchmarks.md")
    parser.add_argument(
        "--documents", type=int, choices=CORPORA, help="only the corpus of this mean length"
    )
    parser.add_argument("--megabytes", type=int, help="text of a corpus (default: 200, 60, 200)")
    parser.add_argument("--only", help="only the tools whose name contains this, and Reprise")
    arguments = parser.parse_args()
    names = [*REPRISES, *RIVALS, *(MORE_RIVALS if arguments.more else [])]
    if arguments.only:
        first = next(iter(REPRISES))
        names = [name for name in names if name == first or arguments.only in name]
    lines, load = [], os.getloadavg()[0]
    for mean, byte_count in CORPORA.items():
        if arguments.documents in (None, mean):
            if arguments.megabytes:
                byte_count = arguments.megabytes * 1_000_000
            lines += measure(mean, byte_count, names, arguments.runs)
    command = " ".join(["scripts/bench-rivals", *sys.argv[1:]])
    lines = heading(command, arguments.runs, arguments.more, load) + lines
    print("\n".join(lines))
    if arguments.markdown:
        write_document(lines)


if __name__ == "__main__":
    main()
