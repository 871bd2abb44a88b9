"""Runs Reprise and its rivals in turns on generated corpora and prints tables of what they took.

Called by scripts/bench-rivals, which builds and installs what is needed.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
FOLDER = ROOT / ".build/rivals"
BUILT = ROOT / "Benchmarks/.build/release"
DOCUMENT = ROOT / "docs/benchmarks.md"

# Bytes of text of a corpus by the mean length of its documents.
CORPORA = {3_000: 60_000_000, 500: 30_000_000, 30_000: 60_000_000}
FOURTEEN_BY_EIGHT = ["--slots", "128", "--recall", "0.92"]
# Name: options, instruction set, and the bands and rows that must come of it.
REPRISES = {
    "Reprise, 21 x 9 (its default)": ([], None, (21, 9)),
    "Reprise, 14 x 8": (FOURTEEN_BY_EIGHT, None, (14, 8)),
    "Reprise, 21 x 9, AVX2": ([], "avx2", (21, 9)),
    "Reprise, 21 x 9, plain C": ([], "plain", (21, 9)),
}
# Name: program, and the tokens that it is judged by (exact_pairs.py).
RIVALS = {
    "rensa, hashed n-grams": ("run_rensa_hashes.py", "spaced"),
    "rensa, lists of n-grams": ("run_rensa_tokens.py", "spaced"),
    "gaoya": ("run_gaoya.py", "spaced"),
    "daft": ("run_daft.py", "spaced"),
    "datasketch": ("run_datasketch.py", "spaced"),
}
MORE_RIVALS = {
    "datatrove": ("run_datatrove.py", "words"),
    "text-dedup": ("run_text_dedup.py", "words"),
}
ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    # No reports to anyone, and no time spent on showing progress.
    "DO_NOT_TRACK": "1",
    "DAFT_ANALYTICS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",
    "HF_HUB_OFFLINE": "1",
}


class Tool:
    """One row of the table: a command, and what its runs took."""

    def __init__(self, name):
        self.name = name
        self.is_reprise = name in REPRISES
        self.runs = []
        self.quality = {}
        slug = "".join(letter if letter.isalnum() else "-" for letter in name)
        self.output = FOLDER / f"results-{slug}"

    def command(self, corpus):
        if not self.is_reprise:
            program, _ = {**RIVALS, **MORE_RIVALS}[self.name]
            return [sys.executable, HERE / program, corpus, self.output]
        options, _, _ = REPRISES[self.name]
        scan = [BUILT / "reprise", "scan", corpus, "--find", "documents", "--output", self.output]
        return [*scan, *options, "--quiet", "--no-progress"]

    def environment(self):
        environment = {**os.environ, **ENVIRONMENT}
        if self.is_reprise and REPRISES[self.name][1]:
            environment["REPRISE_INSTRUCTION_SET"] = REPRISES[self.name][1]
        return environment

    def run(self, corpus):
        """From the start of the process to its end, its own processes and threads included."""
        remove(self.output)
        start = time.perf_counter()
        with open(FOLDER / "log", "wb") as log:
            process = subprocess.Popen(
                self.command(corpus), env=self.environment(), stdout=log, stderr=log
            )
            _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{self.name} failed:\n{(FOLDER / 'log').read_text(errors='replace')}")
        self.runs.append((usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024))

    def median(self, column):
        return statistics.median(run[column] for run in self.runs)

    def tokens(self):
        return "words" if self.is_reprise else {**RIVALS, **MORE_RIVALS}[self.name][1]

    def check_bands(self):
        scheme = json.loads((self.output / "summary.json").read_text())["scheme"]
        if (scheme["bands"], scheme["rows"]) != REPRISES[self.name][2]:
            sys.exit(f"{self.name} used {scheme['bands']} x {scheme['rows']}")


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def judge(tools, corpus, tokens):
    """Adds recall and precision to the tools, in a process of its own."""
    command = [sys.executable, HERE / "judge.py", corpus, tokens, *(tool.output for tool in tools)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, **ENVIRONMENT}
    )
    for tool, line in zip(tools, done.stdout.splitlines(), strict=True):
        tool.quality = json.loads(line)


def measure(mean, byte_count, names, runs):
    """The tools after their runs, and the lines of the corpus' table."""
    corpus = FOLDER / f"corpus-{mean}-{byte_count}.jsonl"
    if not corpus.exists():
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
    for tool in tools:
        remove(tool.output)
    return lines


def table(tools, document_count, byte_count, mean):
    size = f"{mean / 1000:g} KB" if mean >= 1000 else f"{mean} bytes"
    pairs = {tool.quality["exact_pairs"] for tool in tools}
    lines = [
        f"### Documents of about {size}",
        "",
        f"{document_count:,} documents, {byte_count / 1e6:.1f} MB of text, "
        f"{' or '.join(f'{count:,}' for count in sorted(pairs))} pairs of Jaccard similarity 0.8 "
        "or more.",
        "",
        "| | CPU s (least - most) | wall s | MB/s per CPU s | times Reprise's CPU | peak MB "
        "| recall | precision |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    reference = tools[0].median(0)
    for tool in tools:
        seconds = [run[0] for run in tool.runs]
        lines.append(
            f"| {tool.name} | {tool.median(0):.2f} ({min(seconds):.2f} - {max(seconds):.2f}) "
            f"| {tool.median(1):.2f} | {byte_count / 1e6 / tool.median(0):.0f} "
            f"| {tool.median(0) / reference:.1f} | {tool.median(2):.0f} "
            f"| {tool.quality['recall']:.4f} | {tool.quality['precision']:.4f} |"
        )
    return [*lines, ""]


def heading(command, runs, more, load):
    """When, where and how."""
    information = pathlib.Path("/proc/cpuinfo").read_text()
    model = next(
        (line.split(":")[1].strip() for line in information.splitlines() if "model name" in line),
        platform.machine(),
    )
    flags = {"avx2": "AVX2", "avx512_vbmi2": "AVX-512"}
    sets = [shown for flag, shown in flags.items() if f" {flag}" in information]
    commit = subprocess.run(
        ["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True
    ).stdout.strip()
    versions = [
        line
        for name in ("requirements.txt", *(["requirements-more.txt"] if more else []))
        for line in (HERE / name).read_text().splitlines()
        if "==" in line and not line.startswith("#")
    ]
    return [
        f"`{command}` on {datetime.date.today()}, commit {commit}: {os.cpu_count()} cores of "
        f"{model} ({' and '.join(sets) or 'neither AVX2 nor AVX-512'}), Python "
        f"{platform.python_version()}, {', '.join(versions).replace('==', ' ')}. "
        + (f"Medians of {runs} runs in turns" if runs > 1 else "One run each")
        + f"; load average before them {load:.1f}.",
        "",
    ]


def write_document(lines):
    """Puts the tables between the document's marks."""
    text = DOCUMENT.read_text()
    begin, end = "<!-- tables: begin -->\n", "<!-- tables: end -->\n"
    before, rest = text.split(begin)
    _, after = rest.split(end)
    DOCUMENT.write_text(before + begin + "\n" + "\n".join(lines) + "\n" + end + after)


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
    parser.add_argument("--megabytes", type=int, help="text of a corpus (default: 60, 30, 60)")
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
