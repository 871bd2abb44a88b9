"""Finds repeated passages within groups of documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pyarrow as pa

import reprise

from ._groups import map_groups

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

CUT_FIELDS = ("start", "end", "duplicate_of", "source_start", "source_end", "words", "identity")


def passages(
    decided: DataFrame, texts: DataFrame, groups: DataFrame, options: dict[str, Any], memory: int | str | None
) -> DataFrame:
    """Adds `cuts`, and decides on the documents that their passages leave.

    Args:
        decided: the decisions on documents.
        texts: a frame with `o` and `text`.
        groups: a frame with `o` and `group`.
        options: those of reprise.scan.
        memory: the memory limit of a group without its texts.
    """
    from pyspark.sql import functions as F

    kind = dict(decided.dtypes)["i"]
    members = decided.where("status = 'keep'").select("o", "pos", "i").join(texts, "o").join(groups, "o")
    cut = ", ".join(f"{name}: {_kind(name, kind)}" for name in CUT_FIELDS)
    found = map_groups(
        members.select("group", "pos", "i", "text"), "group", "pos", _finder(options, memory),
        f"pos long, p_status string, p_reason string, p_of {kind}, p_similarity double, cuts array<struct<{cut}>>",
    )
    joined = decided.join(found, "pos", "left")
    for name, other in (("reason", "p_reason"), ("duplicate_of", "p_of"), ("similarity", "p_similarity")):
        joined = joined.withColumn(name, F.coalesce(name, other))
    return joined.withColumn("status", F.coalesce("p_status", "status"))


def _kind(name: str, id: str) -> str:
    return {"duplicate_of": id, "identity": "double"}.get(name, "bigint")


def _finder(options: dict[str, Any], memory: int | str | None) -> Callable[[pa.Table], pa.Table]:
    """Returns the function that finds the passages of a group."""

    def find(table: pa.Table) -> pa.Table:
        ids = table["i"]
        found = reprise.scan(table.select(["text"]), find="passages", memory=memory, threads=1, **options)
        rows = pa.table(found.rows)
        lists = rows["cuts"].combine_chunks()
        lists = lists.chunk(0) if isinstance(lists, pa.ChunkedArray) else lists
        fields = {name: lists.values.field(name) for name in CUT_FIELDS}
        fields["duplicate_of"] = _whole(ids.take(fields["duplicate_of"]))
        cuts = pa.StructArray.from_arrays(list(fields.values()), list(fields))
        return pa.table({
            "pos": table["pos"], "p_status": rows["status"].cast(pa.string()),
            "p_reason": rows["reason"].cast(pa.string()), "p_of": ids.take(rows["duplicate_of"]),
            "p_similarity": rows["similarity"],
            "cuts": pa.ListArray.from_arrays(lists.offsets.cast(pa.int32()), cuts),
        })

    return find


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
