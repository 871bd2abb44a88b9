"""Scans on Spark decide as one scan does. scripts/test-spark installs Spark and runs them."""

import datetime
import decimal
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import threading
import time

import pytest

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

import reprise  # noqa: E402
from test_engines import texts  # noqa: E402

pytest.importorskip("pyspark", reason="needs pyspark: scripts/test-spark installs it")
import reprise.spark  # noqa: E402
from reprise.spark import _groups, _order  # noqa: E402

DECISIONS = ("status", "reason", "duplicate_of", "similarity")


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master(os.environ.get("REPRISE_SPARK_MASTER", "local[2]"))
        .config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", 4).config("spark.executor.memory", "1g")
        .config("spark.python.worker.faulthandler.enabled", "true")
        # Spark's library for snappy does not load on Debian where the package musl is installed.
        .config("spark.sql.parquet.compression.codec", "zstd")
        # The test that kills executors sees stages and tasks without delay.
        .config("spark.ui.liveUpdate.period", 0).getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(autouse=True)
def _no_cache(request):
    yield
    if "spark" in request.fixturenames:
        request.getfixturevalue("spark").catalog.clearCache()


def corpus(seed, count=1200):
    """Half of the texts are exact copies, some in capitals; some are missing or empty."""
    made = texts(seed, count)
    source = random.Random(seed)
    for row in source.sample(range(count), count // 20):
        made[row] = source.choice([None, (made[row] or "").upper(), made[0]])
    for row in source.sample(range(count), count // 3):
        made[row] = made[source.randrange(count)]
    return made


def clusters(rows):
    """Clusters by the row of their first member."""
    first = {}
    return [None if one is None else first.setdefault(one, row) for row, one in enumerate(rows)]


def same(got, made, columns=None, near=20, **options):
    """Compares decisions with those of one scan."""
    table = pa.table({"text": pa.array(made, pa.string()), **(columns or {})})
    whole = pa.table(reprise.scan(table, find="documents", **options).rows).to_pylist()
    for row, (one, other) in enumerate(zip(got, whole, strict=True)):
        assert [one[name] for name in DECISIONS] == [other[name] for name in DECISIONS], row
        assert one.get("duplicate_in") == other["duplicate_in"], row
    assert clusters(row["cluster"] for row in got) == clusters(row["cluster"] for row in whole)
    assert sum(row["reason"] == "near" for row in whole) > near


def frame_of(spark, made, columns="", rows=(), partitions=4):
    """A frame of shuffled rows: id, text, and other columns."""
    values = [(row, text, *(column[row] for column in rows)) for row, text in enumerate(made)]
    random.Random(7).shuffle(values)
    return spark.createDataFrame(values, f"id long, text string{columns}").repartition(partitions)


def decided(frame, **options):
    return [row.asDict() for row in reprise.spark.manifest(frame, **options).orderBy("id").collect()]


MADE = corpus(1)
KEYS = {
    "n": [random.Random(2).choice([None, 1, 2, 3, 1 << 62, -(1 << 63)]) for _ in MADE],
    "when": [datetime.datetime(2020, 1, 1) + datetime.timedelta(minutes=random.Random(row).randrange(9)) for row in range(len(MADE))],
}
KEYS["n"] = [random.Random(row).choice([None, 1, 2, 3, 1 << 40, -(1 << 40)]) for row in range(len(MADE))]


@pytest.mark.parametrize("partitions", [1, 4, 32])
@pytest.mark.parametrize("keep", ["first", "longest", "highest:n", "newest:when", ["highest:n", "longest", "first"]])
def test_decides_as_one_scan(spark, partitions, keep, monkeypatch):
    # The corpus is numbered in parts, and compared in several tasks.
    monkeypatch.setattr(_order, "PART_ROWS", 100)
    frame = frame_of(spark, MADE, ", n long, when timestamp", KEYS.values(), partitions)
    same(decided(frame, keep=keep, bytes_per_task=20_000), MADE, KEYS, keep=keep)


def test_components_on_the_workers_decide_the_same(spark, tmp_path):
    made = corpus(11)
    for checkpoint in ("local", str(tmp_path)):
        got = decided(frame_of(spark, made), threshold=0.5, driver_edges=0, checkpoint=checkpoint)
        same(got, made, threshold=0.5)
    assert list(tmp_path.glob("reprise-*/*"))


@pytest.mark.parametrize("keep", ["first", "longest", "highest:n"])
def test_references_decide_as_in_one_scan(spark, keep):
    made, references = corpus(31, 700), corpus(32, 500)
    source = random.Random(1)
    for row in source.sample(range(500), 250):
        references[row] = made[source.randrange(700)]
    references[3] = references[4] = made[5] = made[6]
    numbers = [source.randrange(5) for _ in made]
    frame = frame_of(spark, made, ", n long", [numbers])
    against = frame_of(spark, references)
    got = decided(frame, against=against, keep=keep, bytes_per_task=20_000)
    same(got, made, {"n": numbers}, against=pa.array(references, pa.string()), keep=keep)
    assert sum(row["duplicate_in"] == "against" for row in got) > 100


def test_passages_of_groups_are_those_of_a_scan_of_each(spark):
    source = random.Random(9)
    words = [f"word{number}" for number in range(3000)]
    shared = [source.choices(words, k=90) for _ in range(12)]
    made, dumps = [], []
    for _ in range(120):
        parts = [source.choices(words, k=source.randint(30, 200)) for _ in range(2)]
        parts.insert(1, source.choice(shared))
        made.append(". ".join(" ".join(part) for part in parts) + ".")
        dumps.append(source.choice(["a", "b", None]))
    # Several of these are dropped as documents before passages are found.
    made += made[:10] + [". ".join(" ".join(part) for part in shared[:2]) + "."]
    dumps += ["a"] * 11
    frame = frame_of(spark, made, ", dump string", [dumps])
    answer = reprise.spark.deduplicate(frame, passages_by="dump", min_passage=40)
    got = [row.asDict(recursive=True) for row in answer.orderBy("id").collect()]
    cut = 0
    for dump in ("a", "b", None):
        own = [row for row in range(len(made)) if dumps[row] == dump and not (got[row]["reason"] or "") in ("exact", "near")]
        whole = pa.table(reprise.scan([made[row] for row in own], find="passages", min_passage=40).rows).to_pylist()
        for row, expected in zip(own, whole, strict=True):
            assert got[row]["status"] == expected["status"] and got[row]["reason"] == expected["reason"], row
            of = expected["duplicate_of"]
            assert got[row]["duplicate_of"] == (None if of is None else own[of])
            for one in expected["cuts"]:
                del one["duplicate_in"]
                one["duplicate_of"] = own[one["duplicate_of"]]
            assert (got[row]["cuts"] or []) == expected["cuts"]
            cut += len(expected["cuts"])
    assert cut > 40 and sum(row["reason"] == "exact" for row in got) == 10
    assert all(row["keep"] == (row["status"] != "drop") for row in got)


@pytest.mark.parametrize("kind", ["random", "chain", "star", "loops"])
def test_connected_components(spark, kind):
    source = random.Random(5)
    if kind == "random":
        edges = [(source.randrange(3000), source.randrange(3000)) for _ in range(1800)]
    elif kind == "chain":
        edges = [(node, node + 1) for node in range(2000)]
    elif kind == "star":
        edges = [(7, node) for node in range(2000)]
    else:
        edges = [(1, 1), (2, 2), (2, 3), (-5, -5)]
    source.shuffle(edges)
    frame = spark.createDataFrame(edges, "a long, b long")
    one = {tuple(row) for row in reprise.spark.connected_components(frame).collect()}
    other = reprise.spark.connected_components(frame, driver_edges=0).collect()
    assert {tuple(row) for row in other} == one and len(other) == len(one)


@pytest.mark.skipif("REPRISE_LONG_TESTS" not in os.environ, reason="REPRISE_LONG_TESTS=1 joins a million edges")
@pytest.mark.parametrize("kind", ["random", "chains"])
def test_a_million_edges(spark, kind, tmp_path):
    """Also chains of 10,000 nodes in a random order of numbers."""
    source = random.Random(6)
    if kind == "random":
        edges = [(source.randrange(1_200_000), source.randrange(1_200_000)) for _ in range(1_000_000)]
    else:
        edges = []
        for chain in range(20):
            nodes = list(range(chain * 10_000, (chain + 1) * 10_000))
            source.shuffle(nodes)
            edges += zip(nodes, nodes[1:])
    first, second = (pa.array([edge[side] for edge in edges], pa.int64()) for side in (0, 1))
    frame = spark.createDataFrame(pa.table({"a": first, "b": second}))
    one = reprise.spark.connected_components(frame).orderBy("pos").toArrow()
    other = reprise.spark.connected_components(frame, driver_edges=0, checkpoint=str(tmp_path)).orderBy("pos").toArrow()
    assert one == other and one.num_rows == len({node for edge in edges for node in edge})


CORPORA = pathlib.Path(__file__).resolve().parents[3] / "shared/corpora/dev"


@pytest.fixture(scope="module")
def large():
    """At least 100,000 documents: generated ones, and real ones if the folder with corpora is there."""
    made = corpus(41, 100_000)
    for file in sorted(CORPORA.glob("*/docs.jsonl.zst")):
        with pa.input_stream(str(file), compression="zstd") as stream:
            made += [json.loads(line)["text"] for line in stream.read().splitlines()]
    random.Random(3).shuffle(made)
    return made


@pytest.mark.skipif("REPRISE_LONG_TESTS" not in os.environ, reason="REPRISE_LONG_TESTS=1 compares 100,000 documents")
@pytest.mark.parametrize(("partitions", "keep"), [(1, "first"), (4, "longest"), (32, "newest:when")])
def test_many_documents_are_decided_as_in_one_scan(spark, large, tmp_path, partitions, keep):
    source = random.Random(partitions)
    when = [datetime.datetime(2020, 1, 1) + datetime.timedelta(seconds=source.randrange(1000)) for _ in large]
    table = pa.table({"id": range(len(large)), "text": pa.array(large, pa.string()), "when": pa.array(when, pa.timestamp("us", "UTC"))})
    shuffled = list(range(len(large)))
    source.shuffle(shuffled)
    parquet.write_table(table.take(shuffled), tmp_path / "table.parquet", row_group_size=5000, compression="zstd")
    frame = spark.read.parquet(str(tmp_path / "table.parquet")).repartition(partitions)
    same(decided(frame, keep=keep, bytes_per_task=4 << 20), large, {"when": table["when"]}, near=2000, keep=keep)


def test_a_part_of_the_order_has_the_numbers_of_the_whole(spark, monkeypatch):
    """The order of Spark and the numbers agree, for columns of any type and extreme values."""
    from pyspark.sql import functions as F

    monkeypatch.setattr(_order, "PART_ROWS", 7)
    source = random.Random(4)
    columns = {
        "long": ("bigint", [-(1 << 63), (1 << 63) - 1, 0, -1, *range(5, 50)]),
        "byte": ("tinyint", list(range(-128, 127, 7))),
        "bool": ("boolean", [True, False]),
        "double": ("double", [float("-inf"), float("inf"), float("nan"), 0.0, 1e-300, -2.5, 2.0 ** 60, 3.25]),
        "string": ("string", ["", "a", "B", "é", "\U0001f600", "a\0", "ab", "z" * 40, "'", "\\"]),
        "binary": ("binary", [b"", b"\0", b"\xff", b"a"]),
        "date": ("date", [datetime.date(1, 1, 1), datetime.date(2024, 2, 29), datetime.date(9999, 12, 31)]),
        "stamp": ("timestamp", [datetime.datetime(1970, 1, 2), datetime.datetime(2024, 10, 27, 2, 30, 0, 1), datetime.datetime(2024, 10, 27, 3)]),
        "plain": ("timestamp_ntz", [datetime.datetime(2024, 1, 1), datetime.datetime(2024, 1, 1, 0, 0, 0, 50), datetime.datetime(1999, 1, 1)]),
        "dec": ("decimal(38,2)", [decimal.Decimal("-1.50"), decimal.Decimal("9" * 36 + ".99"), decimal.Decimal("0.00")]),
    }
    for name, (kind, values) in columns.items():
        rows = [(value, number) for number, value in enumerate(values)]
        more = [(source.choice(values), 1000 + number) for number in range(40)]
        frame = spark.createDataFrame(rows + more, f"v {kind}, id int").withColumn("text", F.lit("one text"))
        got = reprise.spark.deduplicate(frame, order_by=["v", "id"])
        first = frame.orderBy("v", "id").first()["id"]
        assert {row["id"]: row["duplicate_of"] for row in got.collect()} == {
            number: None if number == first else first for _, number in rows + more
        }, name
    signs = frame.select(_order.order_struct(["v", "id"], True).alias("o"))
    places = _order.numbered(signs, _order.Policy(()), ["v", "id"]).orderBy("o").select("pos").collect()
    assert [row["pos"] for row in places] == list(range(43))


def test_columns_stay_and_errors_name_what_is_wrong(spark):
    rows = [("b", 1, "same text here"), ("a", 2, "same text here"), ("c", 3, None)]
    frame = spark.createDataFrame(rows, "id string, `other.col` int, text string")
    got = {row["id"]: row for row in reprise.spark.deduplicate(frame).collect()}
    assert got["a"]["keep"] and got["b"]["duplicate_of"] == "a" and not got["b"]["keep"]
    assert got["c"]["status"] == "unreadable" and got["c"]["keep"] and got["c"]["other.col"] == 3
    assert reprise.spark.deduplicate(frame).columns == [
        "id", "other.col", "text", "status", "reason", "duplicate_of", "similarity", "cluster", "keep",
    ]
    by_other = {row["id"]: row for row in reprise.spark.deduplicate(frame, order_by="other.col").collect()}
    assert by_other["b"]["keep"] and by_other["a"]["duplicate_of"] == "b"
    by_highest = {row["id"]: row for row in reprise.spark.deduplicate(frame, keep="highest:other.col").collect()}
    assert by_highest["b"]["duplicate_of"] == "a"
    for options, words in [
        ({"order_by": "text"}, 'null in "text"'), ({"text": "body"}, "no column"), ({"text": "other.col"}, "no strings"),
        ({"keep": "newest"}, "keep is"), ({"keep": "newest:id"}, "numbers, dates"), ({"bytes_per_task": 0}, "at least 1"),
        ({"keep": []}, "keep is empty"), ({"keep": ["first", "longest"]}, "only at the end"), ({"keep": "newest:date"}, "no column"),
        ({"driver_edges": -1}, "driver_edges must be at least 0"), ({"passages_by": "dump"}, "no column"),
        ({"against": frame.select("id")}, "reference documents has no column"),
        ({"against": frame.withColumn("id", frame["text"].cast("binary"))}, "is string, and binary"),
        ({"max_component_bytes": 1}, None),
    ]:
        if words is None:
            reprise.spark.deduplicate(frame, **options).collect()
            continue
        with pytest.raises(reprise.RepriseError, match=words):
            reprise.spark.deduplicate(frame, **options).collect()
    twice = frame.union(frame.where("id = 'a'"))
    with pytest.raises(reprise.InvalidData, match="2 documents have id=a"):
        reprise.spark.deduplicate(twice)
    with pytest.raises(reprise.InvalidData, match="2 reference documents have id=a"):
        reprise.spark.deduplicate(frame, against=twice)
    assert reprise.spark.deduplicate(frame.limit(0)).count() == 0


def test_a_component_over_the_limit_is_named(spark):
    words = [f"w{number}" for number in range(100)]
    made = [" ".join([*words[:number], "x", *words[number + 1:]]) for number in range(40, 60)]
    frame = frame_of(spark, made)
    with pytest.raises(reprise.InvalidData, match="20 documents of .* max_component_bytes is 100") as error:
        reprise.spark.deduplicate(frame, max_component_bytes=100).collect()
    count, row, text = re.search(r"bucket has (\d+) of them, as (\d+), which begins with '(.*)'\.", str(error.value)).groups()
    assert 2 <= int(count) <= 20 and made[int(row)].startswith(text) and len(text) == 100


def test_tasks_are_bounded(spark):
    from reprise.spark._components import tasks

    source = random.Random(8)
    sizes = {component: source.choice([1, 50, 400, 999, 1000, 5000]) for component in range(400)}
    found = spark.createDataFrame([(c, c) for c in sizes], "pos long, component long")
    members = spark.createDataFrame(list(sizes.items()), "pos long, bytes long")
    packed = tasks(found, members, members, bytes_per_task=1000, limit=5000).collect()
    filled = {}
    for row in packed:
        filled.setdefault(row["task"], []).append(sizes[row["pos"]])
    assert len(packed) == 400
    assert all(sum(own) < 2000 or len(own) == 1 for own in filled.values())
    # Hardly more tasks than the bytes need.
    assert len(filled) <= 1.5 * sum(sizes.values()) / 1000


@pytest.mark.parametrize("limit", [0, 1 << 20])
def test_groups_of_a_partition(limit, monkeypatch, tmp_path):
    monkeypatch.setattr(_groups, "MEMORY_BYTES", limit)
    monkeypatch.setenv("SPARK_LOCAL_DIRS", str(tmp_path))
    source = random.Random(1)
    column = sorted((source.choice([None, "a", "b", "long name"]) for _ in range(500)), key=lambda one: (one is not None, one or ""))
    table = pa.table({"g": pa.array(column, pa.string()), "n": range(500), "text": [f"text {n}" for n in range(500)]})
    for size in (1, 7, 500):
        got = []
        for group in _groups.groups(table.to_batches(max_chunksize=size), "g"):
            assert len(set(group["g"].to_pylist())) == 1
            assert bool(list(tmp_path.iterdir())) == (limit == 0)
            got.append(group.to_pylist())
        assert [row for group in got for row in group] == table.to_pylist() and len(got) == 4
        assert not list(tmp_path.iterdir())


def executors(application):
    """The processes of an application's executors, by their ids."""
    found = subprocess.run(
        ["pgrep", "-af", f"CoarseGrainedExecutorBackend.*--app-id {application}"], capture_output=True, text=True
    )
    lines = [line.split() for line in found.stdout.splitlines()]
    return {line[line.index("--executor-id") + 1]: int(line[0]) for line in lines}


def busy(context):
    """The ids of executors that run tasks."""
    found = context._jsc.sc().statusStore().executorList(True)
    own = [found.apply(place) for place in range(found.size())]
    return [one.id() for one in own if one.activeTasks()]


@pytest.mark.skipif("REPRISE_SPARK_MASTER" not in os.environ, reason="needs workers: scripts/test-spark starts them")
def test_a_lost_executor_changes_nothing(spark, capsys):
    """An executor that runs a task is killed in every fourth stage of a job, and in the next job in others.

    REPRISE_KILL_JOBS is the number of jobs at most; by default it is 4, so that each stage is disturbed
    that is long enough.
    """
    made = corpus(21, 3000)
    context = spark.sparkContext
    same(decided(frame_of(spark, made, partitions=8)), made)
    # The number of a stage among those that a job ran, for each kill.
    killed, stages = [], []

    def disturb(stop):
        tracker, seen, last, own = context.statusTracker(), [], -4, {}
        while not stop.is_set():
            for stage in tracker.getActiveStageIds():
                info = tracker.getStageInfo(stage)
                if not info or not info.numActiveTasks:
                    continue
                if stage not in seen:
                    seen.append(stage)
                place = seen.index(stage)
                if place in killed or place < last + 4:
                    continue
                running = busy(context)
                if not set(running) <= set(own):
                    own = executors(context.applicationId)
                again = tracker.getStageInfo(stage)
                running = [one for one in running if one in own]
                if running and again and again.numActiveTasks:
                    os.kill(own.pop(running[0]), signal.SIGKILL)
                    killed.append(place)
                    last = place
            time.sleep(0.002)
        stages.append(len(seen))

    for _ in range(int(os.environ.get("REPRISE_KILL_JOBS", "4"))):
        spark.catalog.clearCache()
        stop, before = threading.Event(), len(killed)
        killer = threading.Thread(target=disturb, args=(stop,))
        killer.start()
        got = decided(frame_of(spark, made, partitions=8))
        stop.set()
        killer.join()
        same(got, made)
        with capsys.disabled():
            print(f"\n{stages[-1]} stages, an executor killed in {sorted(killed[before:])}", flush=True)
        if len(killed) == before:
            break
    missed = sorted(set(range(max(stages))) - set(killed))
    with capsys.disabled():
        print(f"{len(stages)} jobs, {len(killed)} kills, no kill in {len(missed)} stages: {missed}", flush=True)
    assert len(killed) >= 12 and len(killed) == len(set(killed))
