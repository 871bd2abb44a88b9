"""Joins documents that share a band key to connected components, and packs these into tasks."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .. import engines
from .._errors import InvalidData, InvalidOption

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# The tasks that share a bucket of components.
TASKS_PER_BUCKET = 64
# The characters of a text in a message.
QUOTED = 100


def edges(keys: DataFrame) -> DataFrame:
    """Joins the documents of each key with the first of them, one batch in memory at a time.

    Args:
        keys: a frame with `key` and `pos`.

    Returns:
        a frame with `a` and `b`, each edge once.
    """

    def join(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return engines.edges_of_sorted(batches)

    ordered = keys.select("key", "pos").repartition("key").sortWithinPartitions("key", "pos")
    return ordered.mapInArrow(join, "a long, b long").distinct()


def connected_components(
    edges: DataFrame, *, driver_edges: int = 100_000_000, checkpoint: str = "local"
) -> DataFrame:
    """Finds the connected components of a graph of numbers.

    Up to `driver_edges` edges are joined in the memory of the driver, at about 100 bytes each. More are
    joined on the workers, by alternating large-star and small-star steps (Kiveris et al., Connected
    Components in MapReduce and Beyond, 2014): a graph of diameter d needs O(log d) of them in
    practice, each with one shuffle of the edges.

    Args:
        edges: a frame with the columns `a` and `b`.
        driver_edges: the number of edges up to which the driver joins them.
        checkpoint: where the workers keep the edges between two steps, as for deduplicate.

    Returns:
        a frame with `pos`, each node once, and `component`, the smallest node of its component.
    """
    from pyspark.sql import functions as F

    if driver_edges < 0:
        raise InvalidOption("driver_edges must be at least 0.")
    keep = _checkpoint(checkpoint)
    if edges.limit(driver_edges + 1).count() <= driver_edges:
        table = edges.select("a", "b").toArrow()
        found = engines.components(table["a"], table["b"])
        return edges.sparkSession.createDataFrame(found.rename_columns(["pos", "component"]))
    loops = edges.where("a = b").select(F.col("a").alias("pos"))
    current = edges.where("a != b").select(F.greatest("a", "b").alias("u"), F.least("a", "b").alias("v")).distinct()
    current = keep(current)
    while True:
        both = current.union(current.select(F.col("v").alias("u"), F.col("u").alias("v")))
        smallest = both.groupBy("u").agg(F.least(F.min("v"), F.col("u")).alias("m"))
        large = both.join(smallest, "u").where("v > u").select(F.col("v").alias("u"), F.col("m").alias("v"))
        large = large.where("u != v").distinct()
        least = large.groupBy("u").agg(F.min("v").alias("m"))
        small = large.join(least, "u").select(F.col("v").alias("u"), F.col("m").alias("v")).union(
            least.select("u", F.col("m").alias("v"))
        )
        following = keep(small.where("u != v").distinct())
        if following.count() == current.count() and following.exceptAll(current).isEmpty():
            break
        current = following
    found = current.select(F.col("u").alias("pos"), F.col("v").alias("component"))
    found = found.union(current.select(F.col("v").alias("pos"), F.col("v").alias("component")).distinct())
    # A node whose edges all lead to itself is a component.
    alone = loops.distinct().join(found, "pos", "left_anti").select("pos", F.col("pos").alias("component"))
    return found.union(alone)


def _checkpoint(checkpoint: str) -> Callable[[DataFrame], DataFrame]:
    """Returns what writes a frame down, so that the query does not grow with the steps."""
    if checkpoint == "local":
        return lambda frame: frame.localCheckpoint()
    if checkpoint == "reliable":
        return lambda frame: frame.checkpoint()
    folder = f"{checkpoint}/reprise-{uuid.uuid4()}"
    steps = iter(range(1 << 30))

    def write(frame: DataFrame) -> DataFrame:
        path = f"{folder}/{next(steps)}"
        frame.write.parquet(path)
        return frame.sparkSession.read.schema(frame.schema).parquet(path)

    return write


def tasks(
    found: DataFrame, members: DataFrame, texts: DataFrame, *, bytes_per_task: int, limit: int
) -> DataFrame:
    """Packs whole components into tasks; one that fills a task is a task alone.

    A component's hash gives it a bucket. Within a bucket, components are packed in the order of their
    numbers, so whoever computes a task again packs the same ones, and a task has less than twice
    `bytes_per_task`.

    Args:
        found: a frame with `pos` and `component`.
        members: a frame with `pos`, `bytes`, `keys`, `i` (the ids) and `o`.
        texts: a frame with `o` and `text`.
        bytes_per_task: the size of a task.
        limit: the largest size of a component.

    Returns:
        a frame with `pos` and `task`.

    Raises:
        InvalidData: a component is larger than the limit.
    """
    from pyspark.sql import functions as F
    from pyspark.sql.window import Window

    sized = found.join(members.select("pos", "bytes"), "pos")
    totals = sized.groupBy("component").agg(F.sum("bytes").alias("total"), F.count("*").alias("documents"))
    summary = totals.agg(F.sum("total").alias("all"), F.max(F.struct("total", "documents", "component")).alias("largest"))
    row = summary.collect()[0]
    if row["largest"] is None:
        return found.select("pos", F.col("component").alias("task"))
    if row["largest"]["total"] > limit:
        raise _too_large(row["largest"], found, members, texts, limit)
    buckets = max(1, row["all"] // (bytes_per_task * TASKS_PER_BUCKET))
    ordered = Window.partitionBy("bucket").orderBy("component")
    before = F.sum("total").over(ordered.rowsBetween(Window.unboundedPreceding, -1))
    place = F.floor(F.coalesce(before, F.lit(0)) / F.lit(bytes_per_task))
    small = totals.where(F.col("total") < bytes_per_task)
    packed = small.withColumn("bucket", F.pmod(F.xxhash64("component"), F.lit(buckets)).cast("int"))
    packed = packed.withColumn("task", F.col("bucket").cast("long") * (1 << 31) + place)
    alone = totals.where(F.col("total") >= bytes_per_task).withColumn("task", -1 - F.col("component"))
    chosen = packed.select("component", "task").union(alone.select("component", "task"))
    return found.join(chosen, "component").select("pos", "task")


def _too_large(
    largest: Any, found: DataFrame, members: DataFrame, texts: DataFrame, limit: int
) -> InvalidData:
    """Returns an error that names the largest bucket of a component, and one text of it."""
    from pyspark.sql import functions as F

    own = found.where(F.col("component") == largest["component"]).select("pos").join(members, "pos")
    keys = own.select(F.struct("pos", "o", "i").alias("member"), F.explode("keys").alias("key"))
    buckets = keys.groupBy("key").agg(F.count("*").alias("count"), F.min("member").alias("first"))
    bucket = buckets.orderBy(F.desc("count"), "key").limit(1).select("count", "first.*")
    row = bucket.join(texts, "o").select("count", "i", F.substring("text", 1, QUOTED).alias("text")).collect()[0]
    return InvalidData(
        f"{largest['documents']} documents of {largest['total']} bytes may be similar to one another, and "
        f"max_component_bytes is {limit}. The largest bucket has {row['count']} of them, as {row['i']}, which "
        f"begins with {row['text']!r}. Raise the threshold, or remove the boilerplate that they share."
    )
