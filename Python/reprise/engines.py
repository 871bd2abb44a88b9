"""The three steps of a scan of documents that any engine for data frames can run on many machines.

1. `sign_batch` gives the content hash and the band keys of each text, wherever the text is.
2. `edges_of_sorted` and `components` join documents that share a band key.
3. `verify_group` decides on whole components: whoever shares a band key with a document of the group
   must be in the group, and the documents must be in keep order. Then its decisions are those of one
   scan of everything, because a decision depends only on the document's buckets and their texts.

`reprise.spark` is built from them, and docs/cluster.md has a recipe for Daft. They need pyarrow.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

import reprise

from ._errors import InvalidData

__all__ = ["SIGNS", "VERDICTS", "components", "edges_of_sorted", "sign_batch", "verify_group"]

SIGNS = pa.schema([
    ("identity", pa.binary(16)), ("text_hash", pa.binary(16)), ("tokens", pa.int64()),
    ("bytes", pa.int64()), ("keys", pa.list_(pa.int64())),
])
"""What `sign_batch` gives. Only types that every engine has: keys are the bits of unsigned numbers."""

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
        a row of SIGNS for each text. `identity` and `tokens` are equal if the words are (without words,
        if the bytes are), `text_hash` if the bytes are. A missing text has only None.
    """
    signed = pa.table(reprise.sign(pa.table({"text": texts}), **options))
    low, high = (signed[name].to_pylist() for name in ("identity_low", "identity_high"))
    identities = [
        None if one is None else (two << 64 | one).to_bytes(16, "big") for one, two in zip(low, high)
    ]
    hashes = [None if text is None else _hash(text) for text in texts.to_pylist()]
    columns = [
        pa.array(identities, pa.binary(16)), pa.array(hashes, pa.binary(16)),
        signed["tokens"].cast(pa.int64()).combine_chunks(), signed["bytes"].cast(pa.int64()).combine_chunks(),
        _signed(signed["band_keys"]),
    ]
    return pa.Table.from_arrays(columns, schema=SIGNS)


def _hash(text: str) -> bytes:
    # A byte order mark makes no difference.
    return hashlib.blake2b(text.removeprefix("\ufeff").encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _signed(keys: pa.ChunkedArray) -> pa.Array:
    """Returns lists of unsigned numbers as lists of signed ones with the same bits."""
    parts = []
    for chunk in keys.chunks:
        lists = chunk.cast(pa.list_(pa.uint64()))
        parts.append(
            pa.ListArray.from_arrays(
                lists.offsets, lists.values.view(pa.int64()), mask=lists.is_null() if lists.null_count else None
            )
        )
    return pa.concat_arrays(parts) if parts else pa.array([], pa.list_(pa.int64()))


def edges_of_sorted(rows: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Joins the documents of each key with the first of them.

    Args:
        rows: pairs of a key and a document, sorted.

    Yields:
        the first document of a key, and each other one. One row is in memory, so a key may have any
        number of documents.
    """
    last: int | None = None
    first = 0
    for key, document in rows:
        if key != last:
            last, first = key, document
        elif document != first:
            yield first, document


def components(first: pa.Array | list[int], second: pa.Array | list[int]) -> pa.Table:
    """Finds the connected components of a graph.

    Returns:
        a table of `node` and `component`, the smallest node of each.
    """
    sides = [side.to_pylist() if isinstance(side, (pa.Array, pa.ChunkedArray)) else side for side in (first, second)]
    return pa.table(reprise.components(*sides)).rename_columns(["node", "component"])


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
    return pa.Table.from_arrays(
        [rows[field.name].combine_chunks().cast(field.type) for field in VERDICTS], schema=VERDICTS
    )
