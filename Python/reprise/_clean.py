"""Removes dropped rows and cut passages from tables and files."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import _inputs, _library
from ._errors import InvalidData
from ._inputs import Path
from ._library import Text
from ._progress import ProgressOption, reporter

if TYPE_CHECKING:
    from ._result import Result

ADDED = ("status", "reason", "duplicate_of", "similarity", "cluster")


def without_cuts(text: str, cuts: Sequence[Mapping[str, Any]]) -> str:
    """Returns a text without the cuts, whose places are bytes of its UTF-8."""
    if not cuts:
        return text
    data = text.encode("utf-8", "surrogatepass")
    parts, place = [], 0
    for cut in cuts:
        parts.append(data[place : max(place, cut["start"])])
        place = max(place, cut["end"])
    parts.append(data[place:])
    return b"".join(parts).decode("utf-8", "surrogatepass")


def files(results: Path, output: Path, progress: ProgressOption) -> dict[str, Any]:
    """Writes a cleaned copy of the files of a results folder."""
    report_text = Text()
    options = _library.options(
        {"results": _library.path_text(results), "output": _library.path_text(output)}
    )
    with reporter(progress) as report:
        _library.run("clean", (options,), (report_text.reference,), report)
    return dict(json.loads(report_text.take()))


def table(
    result: Result, data: Any, text: str, *, drop: bool, trim: bool, columns: bool
) -> Any:
    """Returns what is left of a table, as the kind of table that it is."""
    rows = result.rows
    mask = result.keep_mask if drop else [True] * len(rows)
    cuts = rows["cuts"] if trim else []
    cut = {
        row: cuts[row]
        for row, status in enumerate(rows["status"])
        if trim and status == "trim" and mask[row]
    }
    added = {name: rows[name] for name in ADDED} if columns else {}
    return _Cleaner(mask, cut, added, text).clean(data)


class _Cleaner:
    def __init__(
        self, mask: list[bool], cuts: Mapping[int, Any], added: Mapping[str, list[Any]], text: str
    ) -> None:
        self.mask, self.cuts, self.text = mask, cuts, text
        self.kept = [row for row, kept in enumerate(mask) if kept]
        self.added = {
            name: list(itertools.compress(values, mask)) for name, values in added.items()
        }
        # The places of trimmed rows among those that are left.
        self.places = {row: place for place, row in enumerate(self.kept) if row in cuts}

    def clean(self, data: Any) -> Any:
        if _inputs.is_a(data, "datasets", "Dataset"):
            self._check(len(data))
            return self._dataset(data)
        if _inputs.is_a(data, "polars", "LazyFrame"):
            return self.clean(data.collect()).lazy()
        if _inputs.is_a(data, "polars", "DataFrame") or _inputs.is_a(data, "polars", "Series"):
            self._check(len(data))
            return self._polars(data)
        if _inputs.is_a(data, "pandas", "DataFrame") or _inputs.is_a(data, "pandas", "Series"):
            self._check(len(data))
            return self._pandas(data)
        if _inputs.is_a(data, "numpy", "ndarray"):
            import numpy

            return numpy.array(self.clean(data.tolist()), data.dtype)
        if _inputs.is_texts(data):
            self._check(len(data))
            self._refuse_columns(data)
            return [self._left(row, data[row]) for row in self.kept]
        if _inputs.is_records(data):
            self._check(len(data))
            return self._records(data)
        if isinstance(data, Mapping) and not hasattr(data, "__arrow_c_stream__"):
            self._check(len(next(iter(data.values()), [])))
            return self._mapping(data)
        if _inputs.is_a(data, "daft", "DataFrame"):
            import daft

            return daft.from_arrow(self._arrow(data))
        return self._arrow(data)

    def _check(self, count: int) -> None:
        if count != len(self.mask):
            raise InvalidData(f"The table has {count} rows, and {len(self.mask)} were scanned.")

    def _refuse_columns(self, data: Any) -> None:
        if self.added:
            raise InvalidData(f"A {type(data).__name__} has no columns, so none can be added.")

    def _left(self, row: int, text: Any) -> Any:
        return without_cuts(text, self.cuts[row]) if row in self.cuts else text

    def _records(self, data: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        left = []
        for place, row in enumerate(self.kept):
            record = dict(data[row])
            if row in self.cuts:
                record[self.text] = self._left(row, record[self.text])
            left.append(record | {name: values[place] for name, values in self.added.items()})
        return left

    def _mapping(self, data: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
        left: dict[str, Any] = {
            name: [values[row] for row in self.kept] for name, values in data.items()
        }
        for row, place in self.places.items():
            left[self.text][place] = self._left(row, left[self.text][place])
        return left | self.added

    def _polars(self, data: Any) -> Any:
        import polars

        mask = polars.Series(self.mask, dtype=polars.Boolean)
        is_series = isinstance(data, polars.Series)
        if is_series:
            self._refuse_columns(data)
        left = data.filter(mask)
        if self.places:
            texts = left if is_series else left[self.text]
            values = texts.to_list()
            for row, place in self.places.items():
                values[place] = self._left(row, values[place])
            trimmed = polars.Series(texts.name, values, dtype=texts.dtype)
            left = trimmed if is_series else left.with_columns(trimmed)
        return left.with_columns(**{
            name: polars.Series(name, values) for name, values in self.added.items()
        }) if self.added else left

    def _pandas(self, data: Any) -> Any:
        left = data[self.mask].copy()
        texts = left if left.ndim == 1 else left[self.text].copy()
        if left.ndim == 1:
            self._refuse_columns(data)
        for row, place in self.places.items():
            texts.iloc[place] = self._left(row, texts.iloc[place])
        if left.ndim == 1:
            return texts
        if self.places:
            left[self.text] = texts
        for name, values in self.added.items():
            left[name] = values
        return left

    def _dataset(self, data: Any) -> Any:
        left = data.select(self.kept)
        if self.places:
            cuts = {place: self.cuts[row] for row, place in self.places.items()}

            def trim(record: dict[str, Any], place: int) -> dict[str, Any]:
                if place not in cuts:
                    return record
                return record | {self.text: without_cuts(record[self.text], cuts[place])}

            left = left.map(trim, with_indices=True, features=left.features, desc="trimming")
        for name, values in self.added.items():
            left = left.add_column(name, values)
        return left

    def _arrow(self, data: Any) -> Any:
        import pyarrow

        if isinstance(data, (pyarrow.Array, pyarrow.ChunkedArray)):
            self._check(len(data))
            self._refuse_columns(data)
            return self._left_of(data, isinstance(data, pyarrow.ChunkedArray))
        if isinstance(data, pyarrow.Table):
            whole = data
        elif _inputs.is_a(data, "pyarrow.dataset", "Dataset"):
            whole = data.to_table()
        else:
            whole = pyarrow.table(data)
        self._check(whole.num_rows)
        columns = [
            self._left_of(column, name == self.text)
            for name, column in zip(whole.column_names, whole.columns)
        ]
        left = pyarrow.Table.from_arrays(columns, schema=whole.schema)
        for name, values in self.added.items():
            left = left.append_column(name, pyarrow.array(values))
        return left

    def _left_of(self, column: Any, is_text: bool) -> Any:
        """Returns the rows of a column that are left, without cuts if they are texts."""
        import pyarrow
        import pyarrow.compute

        kind = column.type
        # Not all functions of pyarrow know string views.
        other = {pyarrow.string_view(): pyarrow.large_string()}
        other[pyarrow.binary_view()] = pyarrow.large_binary()
        left = column.cast(other.get(kind, kind)).filter(pyarrow.array(self.mask, pyarrow.bool_()))
        if not is_text or not self.places:
            return left.cast(kind)
        plain = left.cast(pyarrow.large_string())
        is_cut = [row in self.cuts for row in self.kept]
        values = [self._left(row, plain[place].as_py()) for row, place in self.places.items()]
        trimmed = pyarrow.compute.replace_with_mask(
            plain, pyarrow.array(is_cut, pyarrow.bool_()),
            pyarrow.array(values, pyarrow.large_string()),
        )
        if pyarrow.types.is_dictionary(kind):
            return trimmed.cast(kind.value_type).dictionary_encode().cast(kind)
        return trimmed.cast(kind)
