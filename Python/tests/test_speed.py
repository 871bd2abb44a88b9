"""A scan of a table takes no more CPU time than the command takes for the same texts in a file."""

import os
import random
import subprocess
import sys

import pytest

import command
import corpus

PROGRAM = """
import sys, time
import pyarrow as pa
import reprise

data = pa.ipc.open_file(pa.memory_map(sys.argv[1])).read_all()
reprise.scan(data[:100])
start = time.process_time()
result = reprise.scan(data, find=sys.argv[2], threads=1)
print(time.process_time() - start, result.summary.dropped)
"""


def mixed(count):
    """Documents of all kinds, of about 600 bytes."""
    return [text or "" for text in corpus.documents(count, seed=31)[1]]


def long(count):
    """Documents of 3 KB, of which a third is a changed copy."""
    chance = random.Random(5)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) for _ in range(30_000)]
    texts = []
    while len(texts) < count:
        parts = chance.choices(words, k=460)
        texts.append(" ".join(parts))
        if chance.random() < 0.5:
            share = chance.uniform(0, 0.05)
            texts.append(" ".join(chance.choice(words) if chance.random() < share else word for word in parts))
    return texts


def table_seconds(path, find):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, path, find], capture_output=True, text=True, env=environment, check=True
    )
    seconds, dropped = run.stdout.split()
    return float(seconds), int(dropped)


def command_seconds(path, output, find):
    process = subprocess.Popen([
        command.COMMAND, "scan", path, "--output", output, "--find", find, "--threads", "1", "--quiet",
    ])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1)
    return usage.ru_utime + usage.ru_stime


@pytest.mark.parametrize("find", ["documents", "all"])
@pytest.mark.parametrize("make,count", [(mixed, 60_000), (long, 30_000)])
@pytest.mark.skipif("REPRISE_LONG_TESTS" not in os.environ, reason="REPRISE_LONG_TESTS=1 measures CPU time")
def test_a_table_takes_no_more_than_a_file(tmp_path, make, count, find):
    pa = pytest.importorskip("pyarrow")
    texts = make(count)
    command.write_lines(tmp_path / "texts.jsonl", {"text": texts})
    table = pa.table({"text": pa.array(texts, pa.large_string())})
    with pa.ipc.new_file(str(tmp_path / "texts.arrow"), table.schema) as file:
        file.write_table(table, max_chunksize=10_000)
    own, other = [], []
    for _ in range(3):
        seconds, dropped = table_seconds(tmp_path / "texts.arrow", find)
        own.append(seconds)
        other.append(command_seconds(tmp_path / "texts.jsonl", tmp_path / "results", find))
    assert command.results(tmp_path / "results")["summary"]["documents"]["removed"] == dropped
    print(
        f"{len(texts):,} documents of {sum(map(len, texts)) / 1e6:.0f} MB, {find}: {min(own):.2f} s, "
        f"the command {min(other):.2f} s, ratio {min(own) / min(other):.2f}"
    )
    assert min(own) <= min(other)
