"""Decides on the documents of a frame: signs, copies, components, verification, and passages of groups."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from .. import engines
from .._errors import InvalidData, InvalidOption
from ._components import connected_components, edges, tasks
from ._groups import map_groups, task_memory
from ._order import Policy, check_types, column_of, numbered, order_struct
from ._passages import passages

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# The candidates that every worker is told.
BROADCAST_LIMIT = 500_000

RESULTS = ("status", "reason", "duplicate_of", "similarity", "cluster")


def deduplicate(
    df: DataFrame,
    *,
    text: str = "text",
    id: str = "id",
    order_by: str | Collection[str] | None = None,
    keep: str | Sequence[str] = "first",
    against: DataFrame | None = None,
    threshold: float = 0.8,
    recall: float = 0.95,
    ngram: int = 5,
    fold: Collection[str] = (),
    tokens: str = "words",
    case: str = "fold",
    signature: str = "sketch",
    slots: int = 256,
    passages_by: str | None = None,
    min_passage: int = 50,
    min_identity: float = 0.9,
    cut: str = "exact",
    contained: float = 0.95,
    memory: int | str | None = None,
    bytes_per_task: int = 256 << 20,
    max_component_bytes: int = 64 << 30,
    driver_edges: int = 100_000_000,
    checkpoint: str = "local",
) -> DataFrame:
    """Decides which documents are kept.

    Args:
        df: a frame with a column of strings.
        text: the column with the texts; null is a document that cannot be read, and remains.
        id: a column that names each document.
        order_by: the columns that order the corpus; by default `id`. No two documents may be equal in
            all of them, and no value may be null. A frame has no order of its own.
        keep: which document of a cluster to prefer: `first` in that order, `longest`, or
            `newest:COLUMN` or `highest:COLUMN` for a column of numbers, dates or timestamps; or several,
            the first to decide first.
        against: a frame of reference documents with the columns `text`, `id` and those of `order_by`.
            They are never dropped and not in the result, and a document that repeats one is dropped.
        threshold, recall, ngram, fold, tokens, case, signature, slots: as for `reprise.scan`.
        passages_by: a column. Repeated passages are found among the kept documents with the same value
            of it, as `reprise.scan(find="passages")` of these alone, and `cuts` says what to cut.
            Passages that documents of two groups share are not found.
        min_passage, min_identity, cut, contained: as for `reprise.scan`, for these passages.
        memory: the memory limit of one task without its texts, as for `reprise.scan`; by default 256 MB,
            and 2 KB for each of its documents; for passages, that of `reprise.scan`.
        bytes_per_task: the size of the texts that one task compares. Documents that may be similar are
            in one task, so one task can be larger.
        max_component_bytes: the limit of that.
        driver_edges: with more pairs of documents that share a band key than this, connected
            components are found on the workers.
        checkpoint: where the workers then keep their steps: `local` in their memory and disks, so that a
            lost worker ends the job with an error; `reliable` in the folder of
            SparkContext.setCheckpointDir; or a path that all workers reach, from which the steps are
            not removed.

    Returns:
        the columns of `df`, and `status`, `reason`, `duplicate_of` (an id), `similarity`, `cluster`
        (a number, equal for the documents of a cluster), and `keep`: whether the document remains. With
        `against`, also `duplicate_in`: `against` if that id is one of the reference documents. With
        `passages_by`, also `cuts`: their places in bytes of UTF-8, what they repeat, and how well.

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
    for name, size in (("bytes_per_task", bytes_per_task), ("max_component_bytes", max_component_bytes)):
        if size < 1:
            raise InvalidOption(f"{name} must be at least 1.")
    policy = Policy.read(keep)
    order = [order_by] if isinstance(order_by, str) else list(order_by or [id])
    columns = [text, id, *order]
    of_documents = [column for column in policy.columns if column] + ([passages_by] if passages_by else [])
    _check(df, "frame", text, [*columns, *of_documents])
    policy.check(dict(df.dtypes))
    check_types(dict(df.dtypes), order)

    given = df.select(
        order_struct(order, True).alias("o"), column_of(id).alias("i"), *policy.values(True),
        column_of(text).alias("text"),
    )
    if against is not None:
        _check(against, "frame of reference documents", text, columns)
        kinds = [(name, dict(df.dtypes)[name], dict(against.dtypes)[name]) for name in (id, *order)]
        for name, kind, other in kinds:
            if kind != other:
                raise InvalidData(f'The column "{name}" is {kind}, and {other} in the reference documents.')
        given = given.unionByName(
            against.select(
                order_struct(order, False).alias("o"), column_of(id).alias("i"), *policy.values(False),
                column_of(text).alias("text"),
            )
        )
    texts = given.select("o", "text")
    signs = _signed(given, options).persist()
    places = numbered(signs, policy, order).persist()

    identity = ["identity_low", "identity_high", "tokens"]
    copies = places.where("NOT is_missing").groupBy(*identity).agg(
        F.min(F.struct("pos", "text_hash", "i", "o.document")).alias("first"), F.count("*").alias("copies")
    )
    first = copies.select(
        *identity, F.col("first.pos").alias("rep"), F.col("first.text_hash").alias("rep_hash"),
        F.col("first.i").alias("rep_id"), F.col("first.document").alias("rep_document"), "copies",
    )
    joined = places.join(first, identity, "left")
    reps = joined.where("pos = rep AND tokens > 0").select("o", "pos", "i", "bytes", "keys")
    of_copies = joined.drop("identity_low", "identity_high", "keys").persist()

    pairs = edges(reps.select("pos", F.explode("keys").alias("key"))).persist()
    found = connected_components(pairs, driver_edges=driver_edges, checkpoint=checkpoint)
    packed = tasks(found, reps, texts, bytes_per_task=bytes_per_task, limit=max_component_bytes)
    candidates = reps.select("o", "pos").join(packed, "pos")
    if packed.limit(BROADCAST_LIMIT + 1).count() <= BROADCAST_LIMIT:
        # So the other texts are not shuffled.
        candidates = F.broadcast(candidates)
    members = texts.join(candidates, "o").select("task", "pos", "text")
    verdicts = map_groups(
        members, "task", "pos", _verifier(options, memory),
        "pos long, near long, similarity double, near_cluster long",
    )
    # Whoever is similar to no one has no verdict.
    survivors = of_copies.select(
        F.col("pos").alias("near"), F.col("i").alias("near_id"), F.col("o.document").alias("near_document")
    )
    near = verdicts.join(survivors, "near", "left").withColumnRenamed("pos", "rep")
    decided = of_copies.where("o.document").join(near, "rep", "left")

    is_near, is_copy = F.col("near").isNotNull(), F.col("pos") != F.col("rep")
    reason = (
        F.when(F.col("is_missing"), "missing-text").when(is_near, "near")
        .when(is_copy & (F.col("text_hash") == F.col("rep_hash")), "exact").when(is_copy, "words")
    )
    status = (
        F.when(F.col("is_missing"), "unreadable").when(is_near | is_copy, "drop")
        .when(F.col("tokens") == 0, "empty").otherwise("keep")
    )
    decided = decided.select(
        "o", "pos", "i", status.alias("status"), reason.alias("reason"),
        F.when(is_near, F.col("near_id")).when(is_copy, F.col("rep_id")).alias("duplicate_of"),
        F.when(is_near, F.col("similarity")).when(is_copy, 1.0).alias("similarity"),
        F.coalesce("near_cluster", F.when(F.col("copies") > 1, F.col("rep"))).alias("cluster"),
        F.when(~F.when(is_near, F.col("near_document")).when(is_copy, F.col("rep_document")), "against")
        .alias("duplicate_in"),
    )
    results = list(RESULTS) + ([] if against is None else ["duplicate_in"])
    if passages_by is not None:
        groups = df.select(order_struct(order, True).alias("o"), column_of(passages_by).alias("group"))
        scan = {
            "ngram": ngram, "fold": list(fold), "tokens": tokens, "case": case, "min_passage": min_passage,
            "min_identity": min_identity, "cut": cut, "contained": contained,
        }
        decided = passages(decided, texts, groups, scan, memory)
        results.append("cuts")
    named = df.withColumn("__order", order_struct(order, True))
    decided = decided.select(F.col("o").alias("__decided"), *results)
    answer = named.join(decided, F.col("__order") == F.col("__decided"), "left").drop("__order", "__decided")
    return answer.withColumn("keep", F.col("status") != "drop")


def manifest(df: DataFrame, *, id: str = "id", **options: Any) -> DataFrame:
    """Gives the decisions alone, with the names of manifest.jsonl; the options are those of deduplicate."""
    decided = deduplicate(df, id=id, **options)
    added = [name for name in decided.columns[len(df.columns):] if name != "keep"]
    return decided.select(column_of(id).alias("id"), *added)


def _check(frame: DataFrame, name: str, text: str, columns: Iterable[str]) -> None:
    for column in columns:
        if column not in frame.columns:
            raise InvalidData(f'The {name} has no column "{column}". Its columns are {", ".join(frame.columns)}.')
    kind = dict(frame.dtypes)[text]
    if kind != "string":
        raise InvalidData(f'The column "{text}" of the {name} has no strings, but {kind}.')


def _signed(df: DataFrame, options: dict[str, Any]) -> DataFrame:
    """Replaces the texts of a frame by what engines.sign_batch gives."""
    from pyspark.sql import types as T

    fields = [field for field in df.schema.fields if field.name != "text"]
    numbers = [T.StructField(name, T.LongType()) for name in engines.SIGNS.names[:-1]]
    schema = T.StructType([
        *fields, *numbers, T.StructField("keys", T.ArrayType(T.LongType())),
        T.StructField("is_missing", T.BooleanType()),
    ])
    others = [field.name for field in fields]

    def sign(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            signs = engines.sign_batch(batch.column("text"), threads=1, **options)
            table = pa.Table.from_batches([batch]).select(others)
            for name in signs.column_names:
                table = table.append_column(name, signs[name])
            table = table.append_column("is_missing", pc.is_null(signs["tokens"]))
            yield from table.to_batches()

    return df.mapInArrow(sign, schema)


def _verifier(options: dict[str, Any], memory: int | str | None) -> Callable[[pa.Table], pa.Table]:
    """Returns the function that decides on the documents of one task."""

    def verify(table: pa.Table) -> pa.Table:
        places = table["pos"]
        limits = {"memory": task_memory(memory, table), "threads": 1}
        verdicts = engines.verify_group(table["text"], **options, **limits)
        numbered = verdicts.select(["cluster"]).append_column("pos", places)
        # Clusters are numbered from 0 without gaps.
        smallest = numbered.group_by("cluster").aggregate([("pos", "min")])
        smallest = smallest.filter(pc.is_valid(smallest["cluster"])).sort_by("cluster")
        return pa.table({
            "pos": places, "near": places.take(verdicts["duplicate_of"]), "similarity": verdicts["similarity"],
            "near_cluster": smallest["pos_min"].take(verdicts["cluster"]),
        })

    return verify
