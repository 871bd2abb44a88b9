"""Scans of documents on Apache Spark, with the decisions of one scan of everything.

Needs pyspark 4, pyarrow, and this package on every worker. docs/cluster.md says when to use it, and
what is equal.

    import reprise.spark
    kept = reprise.spark.deduplicate(df).where("keep")
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from . import engines
from ._errors import InvalidData, InvalidOption

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["connected_components", "deduplicate", "manifest"]


def deduplicate(
    df: DataFrame,
    *,
    text: str = "text",
    id: str = "id",
    order_by: str | Collection[str] | None = None,
    keep: str = "first",
    threshold: float = 0.8,
    recall: float = 0.95,
    ngram: int = 5,
    fold: Collection[str] = (),
    tokens: str = "words",
    case: str = "fold",
    signature: str = "sketch",
    slots: int = 256,
    bytes_per_task: int = 256 << 20,
    max_component_bytes: int = 64 << 30,
    driver_edges: int = 100_000_000,
) -> DataFrame:
    """Decides which documents are kept.

    Args:
        df: a frame with a column of strings.
        text: the column with the texts; null is a document that cannot be read, and remains.
        id: a column that names each document.
        order_by: the columns that order the corpus; by default `id`. No two documents may be equal in
            all of them, and no value may be null. A frame has no order of its own.
        keep: which document of a cluster to prefer: `first` in that order, `longest`, or
            `newest:COLUMN` or `highest:COLUMN` for a column of numbers, dates or timestamps.
        threshold, recall, ngram, fold, tokens, case, signature, slots: as for `reprise.scan`.
        bytes_per_task: the size of the texts that one task compares. Documents that may be similar are
            in one task, so one task can be larger.
        max_component_bytes: the limit of that.
        driver_edges: with more pairs of documents that share a band key than this, connected
            components are found on the workers.

    Returns:
        the columns of `df`, and `status`, `reason`, `duplicate_of` (an id), `similarity`, `cluster`
        (a number, equal for the documents of a cluster), and `keep`: whether the document remains.

    Raises:
        InvalidOption: an option is out of its range.
        InvalidData: a column is missing, the order is not total, or documents that may be similar are
            larger than the limit.
    """
    from pyspark.sql import functions as F

    options = {
        "threshold": threshold, "recall": recall, "ngram": ngram, "fold": list(fold), "tokens": tokens,
        "case": case, "signature": signature, "slots": slots,
    }
    if bytes_per_task < 1 or max_component_bytes < 1 or driver_edges < 0:
        raise InvalidOption("bytes_per_task and max_component_bytes must be at least 1.")
    order = [order_by] if isinstance(order_by, str) else list(order_by or [id])
    kind, _, column = keep.partition(":")
    if kind not in ("first", "longest", "newest", "highest") or bool(column) != (kind in ("newest", "highest")):
        raise InvalidOption(
            f'keep is "first", "longest", "newest:COLUMN" or "highest:COLUMN", not "{keep}".'
        )
    wanted = list(dict.fromkeys([text, id, *order, *([column] if column else [])]))
    for name in wanted:
        if name not in df.columns:
            raise InvalidData(f'There is no column "{name}". The columns are {", ".join(df.columns)}.')
    types = dict(df.dtypes)
    if types[text] != "string":
        raise InvalidData(f'The column "{text}" has no strings, but {types[text]}.')
    if column and types[column] in ("string", "boolean", "binary"):
        raise InvalidData(f'keep="{keep}" needs a column of numbers, dates or timestamps, not {types[column]}.')

    # A struct of the order is the name of a document until it has a number.
    signs = _signed(df.select(F.struct(*order).alias("o"), F.col(id).alias("i"), *_value(column), F.col(text).alias("text")), options)
    ranks: list[Any] = [F.desc("bytes")] if kind == "longest" else [F.desc_nulls_last("v")] if column else []
    places = _numbered(signs, [*ranks, F.asc("o")]).persist()

    copies = places.where("identity IS NOT NULL").groupBy("identity", "tokens")
    firsts = copies.agg(F.min(F.struct("pos", "text_hash", "i")).alias("first"))
    first = firsts.select("identity", "tokens", F.col("first.pos").alias("rep"), F.col("first.text_hash").alias("rep_hash"), F.col("first.i").alias("rep_id"))
    of_copies = places.join(first, ["identity", "tokens"], "left").drop("identity").persist()

    reps = of_copies.where("pos = rep AND tokens > 0")
    edges = _edges(reps.select("pos", F.explode("keys").alias("key"))).persist()
    found = connected_components(edges, driver_edges=driver_edges)
    tasks = _tasks(found, reps.select("pos", "bytes"), bytes_per_task, max_component_bytes)
    texts = df.select(F.struct(*order).alias("o"), F.col(text).alias("text"))
    members = reps.select("o", "pos").join(tasks, "pos").join(texts, "o").select("task", "pos", "text")
    verdicts = members.groupBy("task").applyInArrow(_verifier(options), "pos long, near long, similarity double, near_cluster long")
    # Whoever is similar to no one has no verdict.
    survivors = of_copies.select(F.col("pos").alias("near"), F.col("i").alias("near_id"))
    near = verdicts.join(survivors, "near", "left").withColumnRenamed("pos", "rep")
    decided = of_copies.join(near, "rep", "left")

    is_rep = F.col("pos") == F.col("rep")
    reason = (
        F.when(F.col("near").isNotNull(), "near")
        .when(~is_rep & (F.col("text_hash") == F.col("rep_hash")), "exact").when(~is_rep, "words")
        .when(F.col("identity_missing"), "missing-text")
    )
    sizes = copies.count().where("count > 1").select("identity", "tokens")
    has_copies = first.join(sizes, ["identity", "tokens"]).select("rep", F.lit(True).alias("has_copies"))
    decided = decided.join(has_copies, "rep", "left")
    results = decided.select(
        F.col("o"),
        F.when(F.col("identity_missing"), "unreadable").when(reason.isin("near", "exact", "words"), "drop")
        .when(F.col("tokens") == 0, "empty").otherwise("keep").alias("status"),
        reason.alias("reason"),
        F.when(F.col("near").isNotNull(), F.col("near_id")).when(~is_rep, F.col("rep_id")).alias("duplicate_of"),
        F.when(F.col("near").isNotNull(), F.col("similarity")).when(~is_rep, 1.0).alias("similarity"),
        F.coalesce("near_cluster", F.when(F.col("has_copies"), F.col("rep"))).alias("cluster"),
    )
    joined = df.withColumn("__order", F.struct(*order)).join(results, F.col("__order") == F.col("o"), "left").drop("__order", "o")
    return joined.withColumn("keep", F.col("status") != "drop")


def manifest(df: DataFrame, *, id: str = "id", **options: Any) -> DataFrame:
    """Gives the decisions alone, with the names of manifest.jsonl; the options are those of deduplicate."""
    from pyspark.sql import functions as F

    decided = deduplicate(df, id=id, **options)
    return decided.select(F.col(id).alias("id"), "status", "reason", "duplicate_of", "similarity", "cluster")


def connected_components(edges: DataFrame, *, driver_edges: int = 100_000_000) -> DataFrame:
    """Finds the connected components of a graph of numbers.

    Up to `driver_edges` edges are joined in the memory of the driver, at 16 bytes each. More are
    joined on the workers, by alternating large-star and small-star steps (Kiveris et al., Connected
    Components in MapReduce and Beyond, 2014): a graph of diameter d needs O(log d) of them in
    practice, each with one shuffle of the edges.

    Args:
        edges: a frame with the columns `a` and `b`.

    Returns:
        a frame with `pos`, each node once, and `component`, the smallest node of its component.
    """
    from pyspark.sql import functions as F

    if edges.limit(driver_edges + 1).count() <= driver_edges:
        table = edges.toArrow()
        found = engines.components(table["a"], table["b"]).cast(
            pa.schema([("node", pa.int64()), ("component", pa.int64())])
        )
        return edges.sparkSession.createDataFrame(found.rename_columns(["pos", "component"]))
    current = edges.where("a != b").select(F.greatest("a", "b").alias("u"), F.least("a", "b").alias("v")).distinct()
    current = current.localCheckpoint()
    while True:
        both = current.union(current.select(F.col("v").alias("u"), F.col("u").alias("v")))
        smallest = both.groupBy("u").agg(F.least(F.min("v"), F.first("u")).alias("m"))
        large = both.join(smallest, "u").where("v > u").select(F.col("v").alias("u"), F.col("m").alias("v"))
        large = large.where("u != v").distinct()
        least = large.groupBy("u").agg(F.min("v").alias("m"))
        small = large.join(least, "u").select(F.col("v").alias("u"), F.col("m").alias("v")).union(
            least.select("u", F.col("m").alias("v"))
        )
        following = small.where("u != v").distinct().localCheckpoint()
        if following.count() == current.count() and following.exceptAll(current).isEmpty():
            break
        current = following
    return current.select(F.col("u").alias("pos"), F.col("v").alias("component")).union(
        current.select(F.col("v").alias("pos"), F.col("v").alias("component")).distinct()
    )


def _value(column: str) -> list[Any]:
    from pyspark.sql import functions as F

    return [F.col(column).alias("v")] if column else []


def _signed(df: DataFrame, options: dict[str, Any]) -> DataFrame:
    """Replaces the texts of a frame by what engines.sign_batch gives."""
    from pyspark.sql import types as T

    fields = [field for field in df.schema.fields if field.name != "text"]
    schema = T.StructType([
        *fields,
        T.StructField("identity", T.BinaryType()), T.StructField("text_hash", T.BinaryType()),
        T.StructField("tokens", T.LongType()), T.StructField("bytes", T.LongType()),
        T.StructField("keys", T.ArrayType(T.LongType())), T.StructField("identity_missing", T.BooleanType()),
    ])
    others = [field.name for field in fields]

    def sign(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            signs = engines.sign_batch(batch.column("text"), threads=1, **options)
            columns = [batch.column(name) for name in others]
            columns += [signs[name].combine_chunks() for name in signs.column_names]
            columns[len(others)] = columns[len(others)].cast(pa.binary())
            columns[len(others) + 1] = columns[len(others) + 1].cast(pa.binary())
            columns.append(signs["identity"].combine_chunks().is_null())
            names = [*others, *signs.column_names, "identity_missing"]
            yield pa.RecordBatch.from_arrays(columns, names=names)

    return df.mapInArrow(sign, schema)


def _numbered(signs: DataFrame, order: list[Any]) -> DataFrame:
    """Adds `pos`, the place in an order, which must be total.

    The rows are sorted by ranges, numbered in each, and the sizes of the ranges are added up.
    """
    from pyspark.sql import functions as F
    from pyspark.sql.window import Window

    # Numbers of a range that is computed again must be the same, so the order is written down.
    ranged = signs.repartitionByRange(*order).sortWithinPartitions(*order)
    ranged = ranged.withColumn("part", F.spark_partition_id()).localCheckpoint()
    within = Window.partitionBy("part").orderBy(*order)
    numbered = ranged.withColumn("place", F.row_number().over(within) - 1)
    sizes = {row["part"]: row["count"] for row in ranged.groupBy("part").count().collect()}
    starts, total = [], 0
    for part in sorted(sizes):
        starts.append((part, total))
        total += sizes[part]
    repeated = signs.groupBy("o").count().where("count > 1 OR o IS NULL").limit(1).collect()
    if repeated:
        values = ", ".join(f"{name}={value}" for name, value in repeated[0]["o"].asDict().items())
        raise InvalidData(f"The order is not total: {repeated[0]['count']} documents have {values}.")
    nulls = signs.where(" OR ".join(f"o.`{name}` IS NULL" for name in signs.schema["o"].dataType.names)).limit(1).count()
    if nulls:
        raise InvalidData("The order is not total: a document has null in a column of order_by.")
    frame = signs.sparkSession.createDataFrame(starts or [(0, 0)], "part int, start long")
    joined = numbered.join(F.broadcast(frame), "part")
    return joined.withColumn("pos", F.col("start") + F.col("place")).drop("part", "start", "place")


def _edges(keys: DataFrame) -> DataFrame:
    """Joins the documents of each key with the first of them, one row in memory at a time."""

    def join(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        def rows() -> Iterator[tuple[int, int]]:
            for batch in batches:
                yield from zip(batch.column("key").to_pylist(), batch.column("pos").to_pylist())

        found: list[tuple[int, int]] = []
        for edge in engines.edges_of_sorted(rows()):
            found.append(edge)
            if len(found) == 1 << 16:
                yield _pairs(found)
                found = []
        yield _pairs(found)

    ranged = keys.select("key", "pos").repartition("key").sortWithinPartitions("key", "pos")
    return ranged.mapInArrow(join, "a long, b long").distinct()


def _pairs(pairs: list[tuple[int, int]]) -> pa.RecordBatch:
    columns = [pa.array([pair[side] for pair in pairs], pa.int64()) for side in (0, 1)]
    return pa.RecordBatch.from_arrays(columns, names=["a", "b"])


def _tasks(found: DataFrame, sizes: DataFrame, bytes_per_task: int, limit: int) -> DataFrame:
    """Packs whole components into tasks by a hash; one that fills a task alone is a task."""
    from pyspark.sql import functions as F

    members = found.join(sizes, "pos")
    totals = members.groupBy("component").agg(F.sum("bytes").alias("total"), F.count("*").alias("documents")).persist()
    largest = totals.orderBy(F.desc("total")).limit(1).collect()
    if not largest:
        return members.select("pos", F.col("component").alias("task"))
    if largest[0]["total"] > limit:
        raise InvalidData(
            f"{largest[0]['documents']} documents of {largest[0]['total']} bytes may be similar to one another, "
            f"and max_component_bytes is {limit}. Raise the threshold, or remove the boilerplate that they share; "
            f"the first of them is number {largest[0]['component']} of the order."
        )
    everything = totals.agg(F.sum("total")).collect()[0][0]
    count = max(1, -(-everything // bytes_per_task))
    task = F.when(F.col("total") >= bytes_per_task, -1 - F.col("component")).otherwise(
        F.pmod(F.xxhash64("component"), F.lit(count))
    )
    return members.join(totals.select("component", task.alias("task")), "component").select("pos", "task")


def _verifier(options: dict[str, Any]) -> Any:
    """Returns the function that decides on the documents of one task."""

    def verify(table: pa.Table) -> pa.Table:
        table = table.sort_by("pos")
        places = table["pos"].combine_chunks()
        verdicts = engines.verify_group(table["text"].combine_chunks(), threads=1, **options)
        rows = verdicts["duplicate_of"].combine_chunks()
        clusters = _first_members(verdicts["cluster"].to_pylist())
        return pa.table({
            "pos": places, "near": places.take(rows), "similarity": verdicts["similarity"].combine_chunks(),
            "near_cluster": places.take(pa.array(clusters, pa.int64())),
        })

    return verify


def _first_members(clusters: list[int | None]) -> list[int | None]:
    first: dict[int, int] = {}
    return [None if one is None else first.setdefault(one, row) for row, one in enumerate(clusters)]
