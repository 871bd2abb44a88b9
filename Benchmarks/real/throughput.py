"""Throughput of whole scans on generated and real texts, with each instruction set of this machine.

Called by scripts/benchmark. Takes the best of some runs in turns, on one thread, and fails if two instruction
sets give different results.
"""

import argparse
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pack

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILT = ROOT / "Benchmarks/.build/release"
FOLDER = ROOT / "Benchmarks/.build/throughput"
TEXTS = pathlib.Path(__file__).with_name("texts.py")
FINDS = {"documents": ["--find", "documents"], "default": []}


def instruction_sets():
    flags = pathlib.Path("/proc/cpuinfo").read_text()
    sets = ["plain"]
    if re.search(r"\bavx2\b", flags):
        sets = ["avx2"]
    if re.search(r"\bavx512_vbmi2\b", flags):
        sets = ["avx512", *sets]
    return sets


def corpora(megabytes):
    """By title, the command that makes the file, without the file's name."""
    size = str(megabytes)
    made = {"prose, 3 KB": [BUILT / "generate-corpus", "3000", str(megabytes * 1_000_000)]}
    for kind in ("manual pages", "change logs"):
        made[f"like {kind}"] = [sys.executable, TEXTS, "generate", kind, size]
    if pack.corpora() is not None:
        for mix, title in (("english", "real, English"), ("all", "real, all languages")):
            made[title] = [sys.executable, pack.__file__, mix, size]
    return made


def scan(binary, corpus, find, instruction_set):
    """CPU seconds of a scan, and a hash of its results but for the summary."""
    results = FOLDER / "results"
    shutil.rmtree(results, ignore_errors=True)
    command = [binary, "scan", corpus, "--output", results, "--threads", "1"]
    process = subprocess.Popen(
        [*command, *FINDS[find], "--quiet", "--no-progress"],
        env={**os.environ, "REPRISE_INSTRUCTION_SET": instruction_set},
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"throughput: a scan of {corpus} failed")
    found = hashlib.sha256()
    for path in sorted(results.iterdir()):
        if path.name != "summary.json":
            found.update(path.read_bytes())
    return usage.ru_utime + usage.ru_stime, found.hexdigest()


def main():
    parser = argparse.ArgumentParser(description="Throughput of whole scans.")
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--binary", default=BUILT / "reprise", help="another build to measure")
    arguments = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    sets = instruction_sets()
    print(f"whole scans of {arguments.megabytes} MB of text, one thread, best of {arguments.runs}: "
          "MB/s per CPU s")
    print(f"{'corpus':20} {'--find':10}", *(f"{name:>8}" for name in sets))
    for title, make in corpora(arguments.megabytes).items():
        corpus = FOLDER / "corpus.jsonl"
        subprocess.run([*make, corpus], check=True, stdout=subprocess.DEVNULL)
        for find in FINDS:
            best, found = {}, set()
            for _ in range(arguments.runs):
                for name in sets:
                    seconds, hashed = scan(arguments.binary, corpus, find, name)
                    best[name] = min(seconds, best.get(name, seconds))
                    found.add(hashed)
            if len(found) > 1:
                sys.exit(f"throughput: {title}: instruction sets give different results")
            rates = (f"{arguments.megabytes / best[name]:8.0f}" for name in sets)
            print(f"{title:20} {find:10}", *rates, flush=True)
    shutil.rmtree(FOLDER)
    if pack.corpora() is None:
        print("real texts: skipped, there is no folder shared/corpora (Benchmarks/real/pack.py)")


if __name__ == "__main__":
    main()
