"""Runs the command on texts, and reads its results."""

import json
import os
import pathlib
import subprocess

COMMAND = os.environ.get("REPRISE_COMMAND") or str(
    pathlib.Path(__file__).resolve().parents[2] / ".build/debug/reprise"
)


def write_lines(path, columns):
    """Writes a table as JSON Lines, without the values that are missing."""
    names = list(columns)
    with open(path, "w", encoding="utf-8") as file:
        for values in zip(*columns.values()):
            record = {name: value for name, value in zip(names, values) if value is not None}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def scan(folder, path, *arguments):
    """Scans a file with the command and returns the entries of each file of the results."""
    output = folder / "results"
    run = subprocess.run(
        [COMMAND, "scan", str(path), "--output", str(output), "--quiet", *map(str, arguments)],
        capture_output=True, text=True, check=False,
    )
    assert run.returncode in (0, 1), (run.returncode, run.stderr)
    return results(output)


def results(folder):
    """Reads a results folder."""
    found = {}
    for path in pathlib.Path(folder).glob("*.jsonl"):
        found[path.stem] = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    found["summary"] = json.loads((pathlib.Path(folder) / "summary.json").read_text())
    return found
