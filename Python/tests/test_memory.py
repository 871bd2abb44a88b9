"""The memory that a scan of a table takes: its texts are read in place."""

import os
import pathlib
import random
import subprocess
import sys

import pytest

IS_LONG = "REPRISE_LONG_TESTS" in os.environ

# Prints the anonymous memory in MiB before a scan, the most during it, and the number of dropped rows.
PROGRAM = """
import sys, threading, time
import reprise

def anonymous():
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024

{table}
before = anonymous()
most, done = [before], threading.Event()

def watch():
    while not done.is_set():
        most[0] = max(most[0], anonymous())
        time.sleep(0.005)

thread = threading.Thread(target=watch)
thread.start()
result = reprise.scan(data, find="documents", threads=2, {options})
most[0] = max(most[0], anonymous())
done.set()
thread.join()
print(before, most[0], result.summary.dropped)
"""


def measure(table, options, *arguments):
    program = PROGRAM.format(table=table, options=options)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)], capture_output=True, text=True,
        env=environment, check=False,
    )
    assert run.returncode == 0, run.stderr
    before, most, dropped = map(float, run.stdout.split())
    print(f"anonymous memory: {before:.0f} MiB before the scan, at most {most:.0f} MiB in it")
    return before, most, dropped


def write_table(path, batches, rows, words_per_text, padding=0):
    """Writes an Arrow file of random texts, of which one in each batch comes twice; returns their bytes."""
    pa = pytest.importorskip("pyarrow")
    chance = random.Random(4)
    words = ["".join(chance.choices("abcdefghijklmnop", k=7)) for _ in range(5000)]
    schema, size = pa.schema([("text", pa.large_string())]), 0
    with pa.ipc.new_file(str(path), schema) as file:
        for _ in range(batches):
            texts = [" ".join(chance.choices(words, k=words_per_text)) + "." * padding for _ in range(rows)]
            texts[7] = texts[3]
            size += sum(map(len, texts))
            file.write_batch(pa.record_batch({"text": pa.array(texts, pa.large_string())}, schema=schema))
    print(f"{batches * rows:,} texts of {size / 1e9:.2f} GB")
    return size / (1 << 20)


# 60 MB, most of it points, which cost a debug build little time.
SHORT = (20, 30, 2800)
MAPPED = "import pyarrow as pa\ndata = pa.ipc.open_file(pa.memory_map(sys.argv[1])).read_all()"


def test_a_mapped_table_is_not_copied(tmp_path):
    batches, words, padding = (360, 375, 0) if IS_LONG else SHORT
    size = write_table(tmp_path / "table.arrow", batches, 1000, words, padding)
    before, most, dropped = measure(MAPPED, 'memory="256M"', tmp_path / "table.arrow")
    assert dropped == batches
    assert most < (200 if IS_LONG else before + size / 2)


def test_a_frame_of_polars_is_not_copied(tmp_path):
    pytest.importorskip("polars")
    batches, words, padding = (2000, 62, 0) if IS_LONG else SHORT
    size = write_table(tmp_path / "table.arrow", batches, 1000, words, padding)
    mapped_before, mapped_most, _ = measure(MAPPED, "", tmp_path / "table.arrow")
    # The frame is in anonymous memory.
    frame = "import polars\ndata = polars.read_ipc(open(sys.argv[1], 'rb'))"
    before, most, dropped = measure(frame, "", tmp_path / "table.arrow")
    assert dropped == batches and before > size
    # A scan needs as much for a table without texts in its memory; a copy would add their size.
    assert most - before < mapped_most - mapped_before + size / 4


def test_a_list_of_texts_is_copied_once(tmp_path):
    lines, length = 15_000, 2800
    (tmp_path / "texts.txt").write_text("".join(f"{number} {'.' * length}\n" for number in range(lines)))
    size = lines * length / (1 << 20)
    before, most, dropped = measure("data = open(sys.argv[1]).read().splitlines()", "", tmp_path / "texts.txt")
    # The program's own reading leaves a part of its memory to the scan.
    assert not dropped and before > size and most - before < 1.5 * size
