"""Scans on Spark decide as one scan does. scripts/test-spark installs Spark and runs them."""

import os
import random
import subprocess

import pyarrow as pa
import pytest

import reprise
from test_engines import texts

pytest.importorskip("pyspark", reason="needs pyspark: scripts/test-spark installs it")
import reprise.spark  # noqa: E402

DECISIONS = ("status", "reason", "duplicate_of", "similarity")


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master(os.environ.get("REPRISE_SPARK_MASTER", "local[2]"))
        .config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", 4).config("spark.executor.memory", "1g").getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def corpus(seed, count=1200):
    made = texts(seed, count)
    source = random.Random(seed)
    for row in source.sample(range(count), count // 20):
        made[row] = source.choice([None, (made[row] or "").upper(), made[0]])
    return made


def clusters(rows):
    """Clusters by the row of their first member."""
    first = {}
    return [None if one is None else first.setdefault(one, row) for row, one in enumerate(rows)]


def same(got, made, **options):
    whole = pa.table(
        reprise.scan(pa.table({"text": pa.array(made, pa.string()), "n": list(range(len(made)))}), find="documents", **options).rows
    ).to_pylist()
    assert [[row[name] for name in DECISIONS] for row in got] == [[row[name] for name in DECISIONS] for row in whole]
    assert clusters(row["cluster"] for row in got) == clusters(row["cluster"] for row in whole)
    assert sum(row["reason"] == "near" for row in whole) > 20


@pytest.mark.parametrize("partitions", [1, 4, 32])
@pytest.mark.parametrize("keep", ["first", "longest", "highest:n"])
def test_decides_as_one_scan(spark, partitions, keep):
    made = corpus(partitions)
    rows = [(row, row, text) for row, text in enumerate(made)]
    random.Random(7).shuffle(rows)
    frame = spark.createDataFrame(rows, "id long, n int, text string").repartition(partitions)
    got = reprise.spark.manifest(frame, keep=keep, bytes_per_task=20_000).orderBy("id").collect()
    same([row.asDict() for row in got], made, keep=keep)


def test_components_on_the_workers_decide_the_same(spark):
    made = corpus(11)
    frame = spark.createDataFrame(list(enumerate(made)), "id long, text string")
    got = reprise.spark.manifest(frame, threshold=0.5, driver_edges=0).orderBy("id").collect()
    same([row.asDict() for row in got], made, threshold=0.5)


@pytest.mark.parametrize("kind", ["random", "chain", "star"])
def test_connected_components(spark, kind):
    source = random.Random(5)
    if kind == "random":
        edges = [(source.randrange(3000), source.randrange(3000)) for _ in range(1800)]
    elif kind == "chain":
        edges = [(node, node + 1) for node in range(2000)]
    else:
        edges = [(7, node) for node in range(2000)]
    source.shuffle(edges)
    frame = spark.createDataFrame(edges, "a long, b long").where("a != b")
    one = {tuple(row) for row in reprise.spark.connected_components(frame).collect()}
    other = reprise.spark.connected_components(frame, driver_edges=0).collect()
    assert {tuple(row) for row in other} == one and len(other) == len(one)


def test_columns_stay_and_errors_name_what_is_wrong(spark):
    rows = [("b", 1, "same text here"), ("a", 2, "same text here"), ("c", 3, None)]
    frame = spark.createDataFrame(rows, "id string, other int, text string")
    got = {row["id"]: row for row in reprise.spark.deduplicate(frame).collect()}
    assert got["a"]["keep"] and got["b"]["duplicate_of"] == "a" and not got["b"]["keep"]
    assert got["c"]["status"] == "unreadable" and got["c"]["keep"] and got["c"]["other"] == 3
    assert reprise.spark.deduplicate(frame).columns == [
        "id", "other", "text", "status", "reason", "duplicate_of", "similarity", "cluster", "keep",
    ]
    by_other = {row["id"]: row for row in reprise.spark.deduplicate(frame, order_by="other").collect()}
    assert by_other["b"]["keep"] and by_other["a"]["duplicate_of"] == "b"
    for options, words in [
        ({"order_by": "text"}, "not total"), ({"text": "body"}, "no column"), ({"text": "other"}, "no strings"),
        ({"keep": "newest"}, "keep is"), ({"keep": "newest:id"}, "numbers, dates"), ({"bytes_per_task": 0}, "at least 1"),
        ({"max_component_bytes": 1}, None),
    ]:
        if words is None:
            reprise.spark.deduplicate(frame, **options).collect()
            continue
        with pytest.raises(reprise.RepriseError, match=words):
            reprise.spark.deduplicate(frame, **options).collect()
    assert reprise.spark.deduplicate(frame.limit(0)).count() == 0


def test_a_component_over_the_limit_is_named(spark):
    words = [f"w{number}" for number in range(100)]
    made = [" ".join([*words[:number], "x", *words[number + 1:]]) for number in range(40, 60)]
    frame = spark.createDataFrame(list(enumerate(made)), "id long, text string")
    with pytest.raises(reprise.InvalidData, match="20 documents of .* max_component_bytes is 100"):
        reprise.spark.deduplicate(frame, max_component_bytes=100).collect()


@pytest.mark.skipif("REPRISE_SPARK_MASTER" not in os.environ, reason="needs workers: scripts/test-spark starts them")
def test_a_lost_worker_changes_nothing(spark):
    made = corpus(21, 3000)
    rows = [(row, text) for row, text in enumerate(made)]
    expected = [row.asDict() for row in reprise.spark.manifest(spark.createDataFrame(rows, "id long, text string")).orderBy("id").collect()]
    same(expected, made)
    for delay in (1, 4, 8):
        killer = subprocess.Popen(["sh", "-c", f"sleep {delay}; pkill -KILL -n -f CoarseGrainedExecutorBackend"])
        frame = spark.createDataFrame(rows, "id long, text string").repartition(8)
        got = reprise.spark.manifest(frame).orderBy("id").collect()
        killer.wait()
        same([row.asDict() for row in got], made)
