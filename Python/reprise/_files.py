"""Reads the texts of documents in files again, by the locations in the results."""

from __future__ import annotations

import ctypes
import pathlib
from collections.abc import Iterator, Sequence
from typing import Optional, Tuple

from . import _capsules, _library
from ._columns import Columns
from ._library import Stream
from ._table import Table

Location = Tuple[str, int, Optional[int]]
"""The source, the offset and the length of a document; None for the length of a reference document."""

# The bytes of the texts that are read at once. A file is read from its start for each such part.
PART_BYTES = 256 << 20


def texts(folder: pathlib.Path, locations: Sequence[Location]) -> list[str]:
    """Returns the text of each location, which the library reads from the files of the scan.

    Raises:
        InputError: a file cannot be read, or has changed.
        InvalidData: the folder is not a results folder.
    """
    if not locations:
        return []
    columns = Columns({
        "source": [location[0] for location in locations], "offset": [location[1] for location in locations],
        "length": [-1 if location[2] is None else location[2] for location in locations],
    })
    capsule = columns.__arrow_c_stream__()
    out = Stream()
    options = _library.options({"results": _library.path_text(folder)})
    _library.run("texts", (options, _capsules.stream_of(capsule)), (ctypes.byref(out),), None)
    return Table(out)["text"]


def texts_in_parts(folder: pathlib.Path, locations: Sequence[Location]) -> Iterator[str]:
    """Yields the text of each location; only a part of the texts is in memory."""
    part: list[Location] = []
    size = 0
    for location in locations:
        part.append(location)
        size += location[2] or 0
        if size >= PART_BYTES:
            yield from texts(folder, part)
            part, size = [], 0
    yield from texts(folder, part)
