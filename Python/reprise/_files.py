"""Reads documents of files again, by the places that the results have."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

from ._errors import InputError, InvalidData

if TYPE_CHECKING:
    from ._result import Result


class FileTexts:
    """The texts of the documents of a results folder: text files and JSON Lines in UTF-8, also .gz."""

    def __init__(self, result: Result) -> None:
        self._rows = result.rows
        self._inputs = {entry["source"]: entry for entry in result.summary.raw["inputs"]}
        fields = result.summary.raw["configuration"]["text_field"]
        self._fields = [fields] if isinstance(fields, str) else list(fields)
        self._open: tuple[str, Any] = ("", None)

    def text(self, row: int) -> str:
        """Returns the text of a row.

        Raises:
            InvalidData: the file has a format, encoding or compression that is not read here.
            InputError: the file cannot be read.
        """
        source, offset = self._rows["source"][row], self._rows["offset"][row]
        record = self._bytes(source, offset, self._rows["length"][row])
        if self._inputs[source]["format"] == "text":
            return record.decode("utf-8", "replace")
        fields: dict[str, Any] = json.loads(record)
        texts = [fields.get(name) for name in self._fields]
        if not all(isinstance(text, str) for text in texts):
            raise InvalidData(f'The text of a record of "{source}" is not in top-level fields.')
        return "\n\n".join(str(text) for text in texts)

    def _bytes(self, source: str, offset: int, length: int) -> bytes:
        entry = self._inputs[source]
        for name, known in (
            ("format", ("text", "jsonl")), ("compression", ("none", "gzip", None)),
            ("encoding", ("UTF-8", None)),
        ):
            if entry.get(name) not in known:
                raise InvalidData(
                    f'"{source}" has the {name} {entry.get(name)}, which is not read here. Compare its '
                    "documents with the command: reprise compare FILE#LINE FILE#LINE."
                )
        try:
            if self._open[0] != source:
                opened = gzip.open if entry.get("compression") == "gzip" else open
                self._open = (source, opened(source, "rb"))
            self._open[1].seek(offset)
            return bytes(self._open[1].read(length))
        except OSError as error:
            raise InputError(f'"{source}" cannot be read again: {error}.') from error
