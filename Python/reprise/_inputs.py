"""Finds the Arrow stream in what a user gives, and reads single texts of it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, Union

from ._columns import Columns
from ._errors import InvalidData, InvalidOption


class ArrowStream(Protocol):
    """A table with the Arrow PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...


# A table, or an object that becomes one: also a datasets.Dataset, a polars.LazyFrame and a
# pyarrow.dataset.Dataset, which do not have the interface.
TableLike = Union[ArrowStream, Mapping[str, Sequence[Any]], Sequence[Any], Any]
Path = Union[str, "os.PathLike[str]"]


def is_a(value: Any, module: str, name: str) -> bool:
    """Whether a value is of a class of a package that need not be installed."""
    package = sys.modules.get(module)
    return package is not None and isinstance(value, getattr(package, name, ()))


def paths_of(data: Any) -> list[Path] | None:
    """Returns the paths that data is; None for a table. A list of strings is a table of texts."""
    if isinstance(data, (str, os.PathLike)):
        return [data]
    if isinstance(data, (list, tuple)) and data and all(isinstance(p, os.PathLike) for p in data):
        return list(data)
    return None


def is_texts(data: Any) -> bool:
    """Whether data is a list of texts."""
    return isinstance(data, (list, tuple)) and not any(
        not (value is None or isinstance(value, str)) for value in data
    )


def is_records(data: Any) -> bool:
    """Whether data is a list of dictionaries."""
    return isinstance(data, (list, tuple)) and all(isinstance(value, Mapping) for value in data)


def stream(data: Any, columns: Sequence[str]) -> ArrowStream:
    """Returns a table with the Arrow interface, with the wanted columns if they can be chosen.

    Args:
        data: what the user gave.
        columns: the names of the columns, the text first. One that is missing is left out.

    Raises:
        TypeError: it is not a table.
    """
    if is_a(data, "numpy", "ndarray") and data.ndim == 1:
        data = data.tolist()
    if is_texts(data):
        return Columns({columns[0]: data})
    if is_records(data):
        names = _chosen(columns, list(dict.fromkeys(name for record in data for name in record)))
        return Columns({name: [record.get(name) for record in data] for name in names})
    if is_a(data, "datasets", "Dataset"):
        return _dataset(data, columns)
    if is_a(data, "polars", "LazyFrame"):
        return data.select(_chosen(columns, data.collect_schema().names())).collect()  # type: ignore[no-any-return]
    if is_a(data, "pyarrow.dataset", "Dataset"):
        return data.scanner(columns=_chosen(columns, data.schema.names)).to_reader()  # type: ignore[no-any-return]
    if is_a(data, "pyarrow", "Array"):
        import pyarrow

        return pyarrow.chunked_array([data])  # type: ignore[no-any-return]
    if is_a(data, "pandas", "DataFrame"):
        return data[_chosen(columns, list(data.columns))]  # type: ignore[no-any-return]
    if is_a(data, "polars", "DataFrame"):
        return data.select(_chosen(columns, data.columns))  # type: ignore[no-any-return]
    if hasattr(data, "__arrow_c_stream__"):
        return data  # type: ignore[no-any-return]
    if isinstance(data, Mapping):
        if columns[0] not in data and any(is_a(table, "datasets", "Dataset") for table in data.values()):
            raise TypeError(f"A table was expected, and this has several: choose one of {list(data)}.")
        return Columns({name: as_list(data[name]) for name in _chosen(columns, list(data))})
    raise TypeError(
        "A table was expected: a frame of pandas or polars, a table of pyarrow or another package "
        "with the Arrow interface, a datasets.Dataset, a dictionary of columns, a list of texts or "
        f"dictionaries, or the path of a file. This is a {type(data).__module__}.{type(data).__name__}."
    )


def _chosen(columns: Sequence[str], present: Sequence[Any]) -> list[str]:
    """Returns the wanted columns that are present.

    Raises:
        InvalidData: the first one, which has the text, is not.
    """
    if columns[0] not in present:
        names = ", ".join(f'"{name}"' for name in present[:20])
        raise InvalidData(
            f'The table has no column "{columns[0]}" with text. Its columns are: {names or "none"}. Name the '
            "column with text=."
        )
    return [name for name in columns if name in present]


def columns(values: Mapping[str, Any]) -> ArrowStream:
    """Returns columns as a table with the Arrow interface; those of pyarrow are not copied."""
    if all(is_a(one, "pyarrow", "Array") or is_a(one, "pyarrow", "ChunkedArray") for one in values.values()):
        import pyarrow

        return pyarrow.table(dict(values))  # type: ignore[no-any-return]
    return Columns({name: as_list(one) for name, one in values.items()})


def as_list(values: Any) -> list[Any]:
    """Returns a column as a list of Python values."""
    for name in ("to_list", "tolist", "to_pylist"):
        if hasattr(values, name):
            return list(getattr(values, name)())
    return list(values)


def _dataset(data: Any, columns: Sequence[str]) -> ArrowStream:
    names = _chosen(columns, data.column_names)
    if data._indices is None:
        # A table that is mapped from a file stays so.
        return data.data.table.select(names)  # type: ignore[no-any-return]
    import pyarrow

    batches = data.select_columns(names).with_format("arrow").iter(10_000)
    all_batches = [batch for table in batches for batch in table.to_batches()]
    return pyarrow.Table.from_batches(all_batches)  # type: ignore[no-any-return]


def is_consumed(data: Any) -> bool:
    """Whether data can be read once only."""
    return is_a(data, "pyarrow", "RecordBatchReader") or (
        hasattr(data, "__next__") and not hasattr(data, "__len__")
    )


def text_at(data: Any, column: str, row: int) -> str:
    """Returns the text of a row.

    Raises:
        InvalidData: the data can be read once only.
    """
    if is_consumed(data):
        raise InvalidData("The table was a stream, which can be read once. Give the data again.")
    if is_texts(data):
        return str(data[row] or "")
    if is_records(data):
        return str(data[row].get(column) or "")
    if is_a(data, "datasets", "Dataset"):
        return str(data[row][column] or "")
    if is_a(data, "pandas", "DataFrame"):
        return str(data[column].iloc[row])
    if is_a(data, "pandas", "Series"):
        return str(data.iloc[row])
    if is_a(data, "polars", "DataFrame"):
        return str(data[column][row])
    if is_a(data, "polars", "Series"):
        return str(data[row])
    if isinstance(data, Mapping):
        return str(data[column][row])
    import pyarrow

    if isinstance(data, (pyarrow.Array, pyarrow.ChunkedArray)):
        return str(data[row].as_py())
    table = data if isinstance(data, pyarrow.Table) else pyarrow.table(stream(data, [column]))
    return str(table[column][row].as_py())


def byte_count(size: int | str | None, name: str) -> int | None:
    """Returns a size in bytes, which can have a unit, as the command reads it."""
    if size is None or isinstance(size, int):
        return size
    found = re.fullmatch(r"([0-9.]+)\s*([KMGT]?)(i?B)?", size.strip(), re.IGNORECASE)
    try:
        number = float(found[1]) if found else 0
    except ValueError:
        number = 0
    if not found or number <= 0:
        raise InvalidOption(f"{name} must be a number of bytes such as 2G or 512M, not {size!r}.")
    return int(number * 1024 ** " KMGT".index(found[2].upper() or " "))
