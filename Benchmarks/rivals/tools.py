"""Reprise and its rivals as commands, and what their runs took."""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
FOLDER = ROOT / ".build/rivals"
BUILT = ROOT / "Benchmarks/.build/release"

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
