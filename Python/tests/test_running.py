"""Runs can be stopped, share a process with others, and leave nothing."""

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

import pytest

import command
import corpus
import reprise


@pytest.fixture(scope="module")
def large():
    """Enough texts for a scan of several seconds."""
    texts = corpus.documents(1500, seed=9)[1]
    return [f"{text or ''} {copy}" if text else "" for copy in range(6) for text in texts]


PHASES = ["reading", "matching", "verifying", "passages"]
IS_LONG = "REPRISE_LONG_TESTS" in os.environ
# A debug build does between two looks at the cancellation what takes it ten times as long.
LIMIT = 0.2 if IS_LONG else 3


def interrupted(scan, texts, matches):
    """Sends SIGINT when the progress matches; returns the seconds until the scan ended."""
    sent = []

    def interrupt(progress):
        if not sent and matches(progress.phase):
            sent.append(time.monotonic())
            os.kill(os.getpid(), signal.SIGINT)

    for _ in range(5):
        try:
            scan(texts, interrupt)
        except KeyboardInterrupt:
            return time.monotonic() - sent[0]
        # A fast machine ended the phase before it was looked at.
        assert not sent
        texts = [f"{text} {copy}" for copy in range(3) for text in texts]
    pytest.fail("no run was interrupted")


@pytest.mark.parametrize("phase", PHASES if IS_LONG else ["reading", "verifying", "passages"])
def test_ctrl_c_stops_a_run_in_every_phase(large, phase):
    def scan(texts, progress):
        reprise.scan(texts, threads=2, progress=progress)

    def matches(name):
        # The phases after it, too: in a short run, a phase may end before it is looked at.
        return name == phase if IS_LONG else PHASES.index(name) >= PHASES.index(phase)

    texts = large * 4 if IS_LONG else large
    seconds = interrupted(scan, texts, matches)
    print(f"{phase}: {seconds * 1000:.0f} ms")
    assert seconds < LIMIT
    assert reprise.scan(["a", "a"]).keep_mask == [True, False]


@pytest.mark.parametrize("phase", ["reading", "verifying", "passages", "writing"] if IS_LONG else ["reading"])
def test_ctrl_c_stops_a_scan_of_files_and_leaves_nothing(large, tmp_path, monkeypatch, phase):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def scan(texts, progress):
        command.write_lines(tmp_path / "texts.jsonl", {"text": texts})
        reprise.scan(tmp_path / "texts.jsonl", threads=2, progress=progress)

    names = [*PHASES, "writing"]
    texts = large * 8 if IS_LONG else large
    seconds = interrupted(scan, texts, lambda name: names.index(name) >= names.index(phase))
    print(f"{phase}: {seconds * 1000:.0f} ms")
    assert seconds < LIMIT
    gc.collect()
    assert os.listdir(tmp_path) == ["texts.jsonl"]
    assert reprise.scan(["a", "a"]).keep_mask == [True, False]


def test_an_exception_of_the_progress_function_stops_the_run_and_is_passed_on(large):
    def fail(progress):
        raise LookupError(progress.phase)

    with pytest.raises(LookupError, match="|".join(PHASES)):
        reprise.scan(large * 5, progress=fail)


def test_progress_names_phases_and_amounts(large):
    seen = []
    reprise.scan(large[:4000], progress=seen.append)
    assert {progress.phase for progress in seen} <= set(PHASES)
    assert all(progress.completed <= (progress.total or 0) for progress in seen)


def test_a_bar_is_shown_if_it_is_asked_for(small):
    tqdm = pytest.importorskip("tqdm")
    assert tqdm and len(reprise.scan(small, progress=True).rows) == len(small)


def test_several_threads_scan_at_once(small):
    expected = list(reprise.scan(small).rows)
    found = [None] * 6

    def work(index):
        found[index] = list(reprise.scan(small, threads=2).rows)

    threads = [threading.Thread(target=work, args=(index,)) for index in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 6


def _statuses(texts):
    return reprise.scan(texts, threads=2).rows["status"]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_scan_after_a_scan(small, method):
    expected = _statuses(small)
    with multiprocessing.get_context(method).Pool(4) as pool:
        assert pool.map(_statuses, [small] * 4) == [expected] * 4


def _resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_many_scans_do_not_grow(small):
    pa = pytest.importorskip("pyarrow")
    texts = small[:40]
    table = pa.table({"text": texts, "id": list(range(len(texts)))})

    def scan(number):
        result = reprise.scan(texts if number % 2 else table, threads=1 + number % 3)
        assert len(pa.table(result.rows)) == len(result.rows)
        with pytest.raises(reprise.InvalidData):
            reprise.scan(table, text="missing")

    for number in range(100 if IS_LONG else 40):
        scan(number)
    gc.collect()
    before = _resident()
    for number in range(200):
        scan(number)
    gc.collect()
    print(f"the last 200 scans grew by {(_resident() - before) / (1 << 20):.1f} MiB")
    assert _resident() - before < 32 << 20
    assert pa.total_allocated_bytes() < 32 << 20


def test_everything_that_was_given_is_released(small):
    from reprise import _capsules, _columns

    gc.collect()
    before = len(_columns._alive), len(_capsules._streams)
    for table in ({"text": small}, {"text": small, "id": list(range(len(small)))}):
        reprise.scan(table)
        reprise.sign(small)
        reprise.components([1, 2], [2, 3])
        with pytest.raises(reprise.InvalidData):
            reprise.scan(table, text="missing")
        with pytest.raises(reprise.InvalidOption):
            reprise.scan(table, threshold=7)
    gc.collect()
    assert (len(_columns._alive), len(_capsules._streams)) == before


def test_a_scan_of_a_table_opens_no_file(small, tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        "import resource, sys, json\n"
        "import reprise\n"
        "texts = json.load(open(sys.argv[1]))\n"
        "reprise.scan(['a', 'b'])\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))\n"
        "print(len(reprise.scan(texts).rows))\n"
    )
    import json

    (tmp_path / "texts.json").write_text(json.dumps(small))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(
        [sys.executable, str(program), str(tmp_path / "texts.json")], capture_output=True, text=True,
        env=environment, check=False,
    )
    assert (run.returncode, run.stdout.strip()) == (0, str(len(small))), run.stderr


def test_the_memory_of_a_table_outlives_its_result(small):
    pa = pytest.importorskip("pyarrow")
    rows = pa.table(reprise.scan(small).rows)
    column = rows["cuts"]
    del rows
    gc.collect()
    column.validate(full=True)


def test_only_the_functions_of_the_interface_are_exported():
    run = subprocess.run(
        ["nm", "-D", "--defined-only", os.environ["REPRISE_LIBRARY"]], capture_output=True, text=True,
        check=True,
    )
    symbols = {line.split()[-1] for line in run.stdout.splitlines() if line.split()[1].isupper()}
    names = "abi free scan scan_files open texts clean sign compare components share report".split()
    assert symbols == {"reprise_" + name for name in names}
