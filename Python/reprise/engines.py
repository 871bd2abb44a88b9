"""The three steps of a scan of documents that any engine for data frames can run on many machines.

1. `sign_batch` gives the content hash and the band keys of each text, wherever the text is.
2. `edges_of_sorted` and `components` join documents that share a band key.
3. `verify_group` decides on whole components: whoever shares a band key with a document of the group
   must be in the group, and the documents must be in keep order. Then its decisions are those of one
   scan of everything, because a decision depends only on the document's buckets and their texts.

`reprise.spark` is built from them, and docs/cluster.md has recipes for other engines. They need pyarrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

import reprise

from ._errors import InvalidData

__all__ = ["EDGES", "SIGNS", "VERDICTS", "components", "edges_of_sorted", "sign_batch", "verify_group"]

SIGNS = pa.schema([
    ("identity_low", pa.int64()), ("identity_high", pa.int64()), ("tokens", pa.int64()),
    ("text_hash", pa.int64()), ("bytes", pa.int64()), ("keys", pa.list_(pa.int64())),
])
"""What `sign_batch` gives. Only types that every engine has: hashes and keys are the bits of unsigned numbers."""

EDGES = pa.schema([("a", pa.int64()), ("b", pa.int64())])
"""What `edges_of_sorted` gives."""

VERDICTS = pa.schema([
    ("status", pa.string()), ("reason", pa.string()), ("duplicate_of", pa.int64()),
    ("similarity", pa.float64()), ("cluster", pa.int64()),
])
"""What `verify_group` gives. `duplicate_of` and `cluster` are row numbers of the group."""


def sign_batch(texts: pa.Array | pa.ChunkedArray, **options: Any) -> pa.Table:
    """Signs texts.

    Args:
        texts: an array of strings; None for a text that is missing.
        options: threshold, recall, ngram, fold, tokens, case, signature and slots, as for scan.

    Returns:
        a row of SIGNS for each text. `identity_low`, `identity_high` and `tokens` are equal if the
        words are (without words, if the bytes are), `text_hash` if the bytes are. A missing text has
        only None.
    """
    signed = pa.table(reprise.sign(pa.table({"text": texts}), **options))
    columns = [_signed(signed[name]) for name in SIGNS.names[:-1]]
    return pa.Table.from_arrays([*columns, _signed_lists(signed["band_keys"])], schema=SIGNS)


def _signed(numbers: pa.ChunkedArray) -> pa.ChunkedArray:
    """Returns unsigned numbers as signed ones with the same bits."""
    if numbers.type != pa.uint64():
        return numbers.cast(pa.int64())
    return pa.chunked_array([chunk.view(pa.int64()) for chunk in numbers.chunks], pa.int64())


def _signed_lists(keys: pa.ChunkedArray) -> pa.ChunkedArray:
    """Returns lists of unsigned numbers as lists of signed ones with the same bits."""
    parts = []
    for chunk in keys.chunks:
        lists = chunk.cast(pa.list_(pa.uint64()))
        parts.append(
            pa.ListArray.from_arrays(
                lists.offsets, lists.values.view(pa.int64()), mask=lists.is_null() if lists.null_count else None
            )
        )
    return pa.chunked_array(parts, pa.list_(pa.int64()))


def edges_of_sorted(batches: Iterable[pa.RecordBatch | pa.Table]) -> Iterator[pa.RecordBatch]:
    """Joins the documents of each key with the first of them.

    Args:
        batches: tables of two columns of numbers, the keys and the documents. All rows together are
            sorted by key, and by document within a key.

    Yields:
        tables of EDGES: the first document of a key, and each other one, once if it comes twice in a
        row. One batch is in memory, so a key may have any number of documents.
    """
    last: tuple[int, int] | None = None
    for batch in batches:
        if not batch.num_rows:
            continue
        keys, documents = (_whole(batch.column(place)).cast(pa.int64()) for place in (0, 1))
        if keys.null_count or documents.null_count:
            raise InvalidData("A key or a document is null.")
        runs = pc.run_end_encode(keys)
        ends = runs.run_ends
        starts = pa.concat_arrays([pa.array([0], pa.int32()), ends.slice(0, len(ends) - 1)])
        firsts = documents.take(starts)
        if last is not None and keys[0].as_py() == last[0]:
            firsts = pa.concat_arrays([pa.array([last[1]], pa.int64()), firsts.slice(1)])
        last = keys[-1].as_py(), firsts[-1].as_py()
        first = pc.run_end_decode(pa.RunEndEncodedArray.from_arrays(ends, firsts))
        edges = pa.RecordBatch.from_arrays([first, documents], schema=EDGES)
        # A document that has a key twice stands next to itself.
        is_new = pc.not_equal(documents.slice(1), documents.slice(0, len(documents) - 1))
        is_new = pc.or_(pc.not_equal(keys.slice(1), keys.slice(0, len(keys) - 1)), is_new)
        is_new = pa.concat_arrays([pa.array([True]), is_new])
        yield edges.filter(pc.and_(is_new, pc.not_equal(first, documents)))


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    if isinstance(column, pa.Array):
        return column
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def components(first: pa.Array | pa.ChunkedArray, second: pa.Array | pa.ChunkedArray) -> pa.Table:
    """Finds the connected components of a graph.

    Args:
        first: one node of each edge, a number.
        second: the other one.

    Returns:
        a table of `node` and `component`, the smallest node of each.
    """
    return pa.table(reprise.components(first, second))


def verify_group(texts: pa.Array | pa.ChunkedArray, **options: Any) -> pa.Table:
    """Decides on whole components of documents, which are in keep order.

    Args:
        texts: the texts of the group.
        options: those of sign_batch, and memory and threads.

    Returns:
        a row of VERDICTS for each text.

    Raises:
        InvalidData: a text is missing; such documents belong to no component.
    """
    if texts.null_count:
        raise InvalidData("A group has a missing text.")
    rows = pa.table(reprise.scan(pa.table({"text": texts}), find="documents", **options).rows)
    return pa.Table.from_arrays([rows[field.name].cast(field.type) for field in VERDICTS], schema=VERDICTS)
