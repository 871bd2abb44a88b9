"""Tables of results."""

from __future__ import annotations

import contextlib
import ctypes
import html
import weakref
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from . import _capsules, _library
from ._columns import Columns
from ._library import GET, RELEASE, Array, Schema, Stream

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


# The rows that iteration makes at once.
BLOCK_ROWS = 16_384


class Table:
    """A table in memory, which pyarrow, polars, pandas, DuckDB and others take without a copy.

    `table["name"]` is a column as a list, and `table[7]` a row as a dictionary; iteration gives the
    rows. `arrow()`, `polars()` and `pandas()` convert it, and so do those packages, because it has
    the Arrow PyCapsule interface: `polars.DataFrame(table)`, `pyarrow.table(table)`.
    """

    def __init__(self, source: Stream | Mapping[str, Sequence[Any]]) -> None:
        # The columns that were asked for, as lists.
        self._lists: dict[str, list[Any]] = {}
        if isinstance(source, Stream):
            self._source: Stream | Columns = source
            weakref.finalize(self, _capsules.release, source)
            with _shared(self._share()) as (schema, array):
                self._names, self._count = _names(schema), int(array.length)
        else:
            self._source = Columns(source)
            self._lists = {name: list(values) for name, values in source.items()}
            self._names = list(source)
            self._count = len(next(iter(source.values()), []))

    def _share(self) -> Stream:
        stream = Stream()
        _library.call("share", ctypes.byref(self._source), ctypes.byref(stream))  # type: ignore[arg-type]
        return stream

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """Gives the table as an Arrow stream; any number of times."""
        if isinstance(self._source, Columns):
            return self._source.__arrow_c_stream__(requested_schema)
        return _capsules.capsule(self._share())

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self._names)

    def _column(self, name: str) -> list[Any]:
        if name not in self._lists:
            index = self._names.index(name) if name in self._names else None
            if index is None:
                raise KeyError(name)
            with _shared(self._share()) as (schema, array):
                self._lists[name] = _values(
                    schema.children[index].contents, array.children[index].contents, 0, self._count
                )
        return self._lists[name]

    def _rows(self, start: int, end: int) -> list[dict[str, Any]]:
        """Returns rows, without making lists of whole columns."""
        if isinstance(self._source, Columns):
            columns = [self._lists[name][start:end] for name in self._names]
            return [dict(zip(self._names, values)) for values in zip(*columns)]
        with _shared(self._share()) as (schema, array):
            return _values(schema, array, start, end)

    @overload
    def __getitem__(self, key: str) -> list[Any]: ...
    @overload
    def __getitem__(self, key: int) -> dict[str, Any]: ...

    def __getitem__(self, key: str | int) -> list[Any] | dict[str, Any]:
        if isinstance(key, str):
            return self._column(key)
        row = key + self._count if key < 0 else key
        if not 0 <= row < self._count:
            raise IndexError(f"There is no row {key}: the table has {self._count}.")
        return self._rows(row, row + 1)[0]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for start in range(0, self._count, BLOCK_ROWS):
            yield from self._rows(start, min(start + BLOCK_ROWS, self._count))

    def __len__(self) -> int:
        return self._count

    def arrow(self) -> pyarrow.Table:
        """Returns a pyarrow.Table of the same memory."""
        import pyarrow

        return pyarrow.table(self)

    def polars(self) -> polars.DataFrame:
        """Returns a polars.DataFrame."""
        import polars

        return polars.DataFrame(self)

    def pandas(self) -> pandas.DataFrame:
        """Returns a pandas.DataFrame; needs pyarrow, too."""
        return self.arrow().to_pandas()

    def __repr__(self) -> str:
        shown = [
            ", ".join(f"{name}={value!r}" for name, value in row.items())
            for row in self._head()
        ]
        more = len(self) - len(shown)
        lines = [f"Table of {len(self):,} rows", *("  " + line for line in shown)]
        return "\n".join(lines + ([f"  and {more:,} more"] if more else []))

    def _head(self) -> list[dict[str, Any]]:
        return self._rows(0, min(5, len(self)))

    def _repr_html_(self) -> str:
        return html_table(self.columns, [list(row.values()) for row in self._head()], len(self))


def html_table(names: Sequence[str], rows: Sequence[Sequence[Any]], count: int) -> str:
    """Returns an HTML table of the first rows."""

    def cell(value: Any) -> str:
        text = "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
        return html.escape(text if len(text) <= 60 else text[:59] + "\u2026")

    head = "".join(f"<th>{cell(name)}</th>" for name in names)
    body = "".join(
        "<tr>" + "".join(f"<td>{cell(value)}</td>" for value in row) + "</tr>" for row in rows
    )
    more = f"<p>and {count - len(rows):,} more rows</p>" if count > len(rows) else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


@contextlib.contextmanager
def _shared(stream: Stream) -> Iterator[tuple[Schema, Array]]:
    """Gives the schema and the array of a stream of this library, and releases all of them."""
    schema, array = Schema(), Array()
    address = ctypes.addressof(stream)
    try:
        GET(stream.get_schema)(address, ctypes.addressof(schema))
        GET(stream.get_next)(address, ctypes.addressof(array))
        yield schema, array
    finally:
        for struct in (schema, array):
            if struct.release:
                RELEASE(struct.release)(ctypes.addressof(struct))
        _capsules.release(stream)


def _names(schema: Schema) -> list[str]:
    return [schema.children[index].contents.name.decode() for index in range(schema.n_children)]


_NUMBERS: dict[bytes, Any] = {
    b"l": ctypes.c_int64, b"g": ctypes.c_double, b"L": ctypes.c_uint64, b"I": ctypes.c_uint32,
}


def _values(schema: Schema, array: Array, start: int, end: int) -> list[Any]:
    """Returns the values of rows."""
    count, format = end - start, schema.format
    if not count:
        return []
    values: list[Any]
    if format in _NUMBERS:
        kind = _NUMBERS[format]
        values = list((kind * count).from_address(array.buffers[1] + start * ctypes.sizeof(kind)))
    elif format == b"U":
        offsets = _offsets(array, start, end)
        data = ctypes.string_at(array.buffers[2] + offsets[0], offsets[-1] - offsets[0])
        # Most columns of text have few values, which need not be there for every row.
        known: dict[bytes, str] = {}
        values = []
        for first, last in _spans(offsets):
            part = data[first:last]
            text = known.get(part)
            if text is None:
                text = part.decode("utf-8", "replace")
                if len(known) < 64:
                    known[part] = text
            values.append(text)
    elif format == b"b":
        values = _bits(array.buffers[1], start, end)
    elif format == b"+L":
        offsets = _offsets(array, start, end)
        items = _values(
            schema.children[0].contents, array.children[0].contents, offsets[0], offsets[-1]
        )
        values = [items[first:last] for first, last in _spans(offsets)]
    elif format.startswith(b"+w:"):
        size = int(format[3:])
        items = _values(
            schema.children[0].contents, array.children[0].contents, start * size, end * size
        )
        values = [items[place : place + size] for place in range(0, count * size, size)]
    elif format == b"+s":
        names = _names(schema)
        parts = [
            _values(schema.children[index].contents, array.children[index].contents, start, end)
            for index in range(schema.n_children)
        ]
        values = [dict(zip(names, row)) for row in zip(*parts)]
    else:
        raise AssertionError(f"The library gave the Arrow format {format!r}.")
    if array.null_count:
        valid = _bits(array.buffers[0], start, end)
        values = [value if is_valid else None for value, is_valid in zip(values, valid)]
    return values


def _offsets(array: Array, start: int, end: int) -> list[int]:
    return list((ctypes.c_int64 * (end - start + 1)).from_address(array.buffers[1] + 8 * start))


def _spans(offsets: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yields the spans between offsets, from the first one."""
    for first, last in zip(offsets, offsets[1:]):
        yield first - offsets[0], last - offsets[0]


def _bits(address: int, start: int, end: int) -> list[bool]:
    data = ctypes.string_at(address + (start >> 3), (end + 7 >> 3) - (start >> 3))
    return [
        bool(data[index >> 3] >> (index & 7) & 1) for index in range(start & 7, (start & 7) + end - start)
    ]
