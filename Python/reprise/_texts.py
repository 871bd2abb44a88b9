"""Functions on texts: signatures, and comparisons of two texts."""

from __future__ import annotations

import ctypes
import dataclasses
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from . import _capsules, _clean, _inputs, _library
from ._columns import Columns
from ._errors import InvalidData
from ._inputs import TableLike
from ._library import Stream, Text
from ._table import Table


def sign(
    texts: TableLike, *, text: str = "text", threshold: float = 0.8, recall: float = 0.95,
    ngram: int = 5, fold: Collection[str] | None = None, tokens: str | None = None,
    case: str | None = None, signature: str = "sketch", slots: int = 256, signatures: bool = False,
    band_keys: bool = True, threads: int | None = None, preset: str | None = None,
) -> Table:
    """Computes content hashes and band keys, by the numbers of docs/scheme.md.

    Args:
        texts: a list of texts, or a table as for scan.
        text: the column with the texts.
        signatures: also give the slots of the signatures.
        band_keys: give the band keys.
        preset: as for scan, and so are the other options.

    Returns:
        a row per text: identity_low and identity_high (the content hash), tokens, bytes, text_hash
        (equal if the bytes are), band_keys and signature. A missing text has None.
    """
    return _signed(
        texts, text,
        {
            "preset": preset, "threshold": threshold, "recall": recall, "ngram": ngram,
            "fold": None if fold is None else list(fold), "tokens": tokens, "case": case, "signature": signature, "slots": slots,
            "signatures": signatures, "band-keys": band_keys, "threads": threads,
        },
    )


def _signed(texts: Any, text: str, options: Mapping[str, Any]) -> Table:
    out = Stream()
    capsule = _inputs.stream(texts, [text]).__arrow_c_stream__()
    given = _library.options({"text-field": text, **options})
    _library.run("sign", (given, _capsules.stream_of(capsule)), (ctypes.byref(out),), None)
    return Table(out)


def signatures(texts: TableLike, *, text: str = "text", slots: int = 256, **options: Any) -> list[Any]:
    """Returns the slots of the signature of each text. The options are those of sign."""
    table = _signed(
        texts, text, {"slots": slots, "signatures": True, "band-keys": False, **options}
    )
    return table["signature"]


def band_keys(texts: TableLike, *, text: str = "text", **options: Any) -> list[Any]:
    """Returns the band keys of each text. The options are those of sign.

    Two texts with an equal key in one place are a candidate pair.
    """
    return _signed(texts, text, options)["band_keys"]


def identities(texts: TableLike, *, text: str = "text", **options: Any) -> Table:
    """Returns the content hash of each text, which is equal if the words are, and their number."""
    return _signed(texts, text, {"band-keys": False, **options})


@dataclasses.dataclass(frozen=True)
class Similarity:
    """The exact similarity of two texts."""

    jaccard: float
    intersection: int
    """The number of shingles that both have."""
    union: int
    """The number of shingles that one of them has."""


@dataclasses.dataclass(frozen=True)
class Passage:
    """A passage that two texts share."""

    first: tuple[int, int]
    """Its place in the first text, in bytes of UTF-8."""
    second: tuple[int, int]
    """Its place in the second text, in bytes of UTF-8."""
    first_characters: tuple[int, int]
    """Its place in the first text, in characters."""
    second_characters: tuple[int, int]
    """Its place in the second text, in characters."""
    words: int
    """The number of equal words."""
    identity: float
    """The share of equal words."""


@dataclasses.dataclass(frozen=True)
class Comparison:
    """How two texts compare."""

    jaccard: float
    intersection: int
    union: int
    estimate: float
    """The Jaccard similarity as estimated from signatures."""
    same_text: bool
    same_words: bool
    first_contained: float
    """The share of the first text's shingles that the second one has."""
    second_contained: float
    """The share of the second text's shingles that the first one has."""
    passages: list[Passage]


def compare(
    first: str, second: str, *, ngram: int = 5, slots: int = 256, min_passage: int = 50,
    min_identity: float | None = None, fold: Collection[str] | None = None, tokens: str | None = None,
    case: str | None = None, preset: str | None = None,
) -> Comparison:
    """Compares two texts: their similarity, and the passages that they share.

    The options are those of scan.
    """
    one, other = (text.encode("utf-8", "surrogatepass") for text in (first, second))
    options = _library.options({
        "ngram": ngram, "slots": slots, "min-passage": min_passage, "min-identity": min_identity,
        "fold": None if fold is None else list(fold), "tokens": tokens, "case": case, "preset": preset,
    })
    report = Text()
    _library.call("compare", options, one, len(one), other, len(other), report.reference)
    found = json.loads(report.take())
    places = (_Characters(one), _Characters(other))
    return Comparison(
        jaccard=found["jaccard"], intersection=found["intersection"], union=found["union"],
        estimate=found["estimate"], same_text=found["same_text"], same_words=found["same_words"],
        first_contained=found["first"]["contained"], second_contained=found["second"]["contained"],
        passages=[
            Passage(
                tuple(passage["first"]), tuple(passage["second"]),
                places[0].of(passage["first"]), places[1].of(passage["second"]),
                passage["words"], passage["identity"],
            )
            for passage in found["passages"]
        ],
    )


class _Characters:
    """Converts places in UTF-8 to places in characters."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def of(self, span: Sequence[int]) -> tuple[int, int]:
        start, end = (
            len(self._data[:place].decode("utf-8", "surrogatepass")) for place in span
        )
        return start, end


def similarity(
    first: str, second: str, *, ngram: int = 5, fold: Collection[str] | None = None,
    tokens: str | None = None, case: str | None = None, preset: str | None = None,
) -> Similarity:
    """Computes the exact Jaccard similarity of two texts, shingle by shingle."""
    found = compare(first, second, ngram=ngram, fold=fold, tokens=tokens, case=case, preset=preset)
    return Similarity(found.jaccard, found.intersection, found.union)


def passages(
    first: str, second: str, *, min_passage: int = 50, **options: Any
) -> list[Passage]:
    """Returns the passages that two texts share, in the order of the second one."""
    return compare(first, second, min_passage=min_passage, **options).passages


def components(first: Sequence[int], second: Sequence[int]) -> Table:
    """Finds the connected components of a graph.

    Args:
        first: one node of each edge.
        second: the other one.

    Returns:
        each node once, and the smallest node of its component.
    """
    out = Stream()
    capsule = _inputs.columns({"first": first, "second": second}).__arrow_c_stream__()
    _library.call("components", _capsules.stream_of(capsule), ctypes.byref(out))
    return Table(out)


def apply_cuts(texts: Sequence[str], cuts: Sequence[Sequence[Mapping[str, Any]]]) -> list[str]:
    """Returns texts without cuts, which have `start` and `end` in bytes of UTF-8."""
    if len(texts) != len(cuts):
        raise InvalidData(f"There are {len(texts)} texts, and cuts for {len(cuts)}.")
    return [_clean.without_cuts(text, spans) for text, spans in zip(texts, cuts)]
