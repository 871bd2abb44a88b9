"""Runs Reprise and its rivals in turns on corpora and prints tables of what they took.

Called by scripts/bench-rivals, which builds and installs what is needed.
"""

import argparse
import json
import os
import subprocess
import sys

from tables import heading, table, write_document
from tools import BUILT, ENVIRONMENT, FOLDER, HERE, MORE_RIVALS, REPRISES, RIVALS, Tool, remove

REAL = HERE.parent / "real"
# Megabytes of text of the generated corpora, by the mean length of their documents.
GENERATED = {3_000: 200, 500: 60, 30_000: 200}
# The others: title of the table, megabytes, and the command that makes the file. Those of real
# texts are made only where the texts are (Benchmarks/real/pack.py).
LIKE_REAL = {
    "manual-pages": ("Generated with the statistics of manual pages", 60),
    "change-logs": ("Generated with the statistics of change logs", 60),
}
PACKED = {
    "english": ("Real texts, English", 60),
    "all": ("Real texts, all languages", 60),
}


def corpora():
    """By name: the title, the megabytes, and the command without its last arguments."""
    found = {}
    for mean, megabytes in GENERATED.items():
        size = f"{mean / 1000:g} KB" if mean >= 1000 else f"{mean} bytes"
        title = f"Generated prose, documents of about {size}"
        found[str(mean)] = (title, megabytes, [BUILT / "generate-corpus", str(mean)])
    for name, (title, megabytes) in LIKE_REAL.items():
        kind = name.replace("-", " ")
        command = [sys.executable, REAL / "texts.py", "generate", kind]
        found[name] = (title, megabytes, command)
    sys.path.append(str(REAL))
    import pack

    if pack.corpora() is not None:
        for name, (title, megabytes) in PACKED.items():
            found[name] = (title, megabytes, [sys.executable, REAL / "pack.py", name])
    return found


def judge(tools, corpus, tokens):
    """Adds recall and precision to the tools, in a process of its own."""
    command = [sys.executable, HERE / "judge.py", corpus, tokens, *(tool.output for tool in tools)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, **ENVIRONMENT}
    )
    for tool, line in zip(tools, done.stdout.splitlines(), strict=True):
        tool.quality = json.loads(line)


def measure(name, title, megabytes, make, names, runs):
    """Makes the corpus, runs the tools in turns, and returns the lines of their table."""
    corpus = FOLDER / f"corpus-{name}-{megabytes}.jsonl"
    remove(corpus)
    is_counted_in_bytes = make[0] == BUILT / "generate-corpus"
    size = str(megabytes * 1_000_000 if is_counted_in_bytes else megabytes)
    subprocess.run([*make, size, corpus], check=True, stdout=subprocess.DEVNULL)
    # Into the page cache; and not into this process, whose size a child's peak begins with.
    subprocess.run(["cat", corpus], check=True, stdout=subprocess.DEVNULL)
    tools = [Tool(name) for name in names]
    for run in range(runs):
        for tool in tools:
            tool.run(corpus)
            print(
                f"{name}, run {run + 1}: {tool.name}: {tool.runs[-1][0]:.2f} s",
                file=sys.stderr,
            )
    for tool in tools:
        if tool.is_reprise:
            tool.check_bands()
    for tokens in ("words", "spaced"):
        judge([tool for tool in tools if tool.tokens() == tokens], corpus, tokens)
    summary = json.loads((tools[0].output / "summary.json").read_text())
    lines = table(tools, summary["documents"]["total"], summary["bytes"]["text"], title)
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
    known = corpora()
    parser.add_argument(
        "--corpus", action="append", choices=known, help="only these (can be repeated)"
    )
    parser.add_argument("--megabytes", type=int, help="text of a corpus (default: 200 or 60)")
    parser.add_argument("--only", help="only the tools whose name contains this, and Reprise")
    arguments = parser.parse_args()
    names = [*REPRISES, *RIVALS, *(MORE_RIVALS if arguments.more else [])]
    if arguments.only:
        first = next(iter(REPRISES))
        names = [name for name in names if name == first or arguments.only in name]
    lines, load = [], os.getloadavg()[0]
    for name, (title, megabytes, make) in known.items():
        if arguments.corpus is None or name in arguments.corpus:
            size = arguments.megabytes or megabytes
            lines += measure(name, title, size, make, names, arguments.runs)
    command = " ".join(["scripts/bench-rivals", *sys.argv[1:]])
    lines = heading(command, arguments.runs, arguments.more, load) + lines
    print("\n".join(lines))
    if arguments.markdown:
        write_document(lines)


if __name__ == "__main__":
    main()
