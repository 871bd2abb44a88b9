"""Attribute files in the form of Dolma."""

from __future__ import annotations

import gzip
import json
import os
import pathlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from . import _inputs
from ._errors import InvalidData

if TYPE_CHECKING:
    from ._result import Result


def write(result: Result, folder: pathlib.Path, name: str) -> list[pathlib.Path]:
    """Writes the attribute files of a result, and returns them."""
    if result.folder is None:
        sources: dict[str, list[int]] = {"table": list(range(len(result.rows)))}
    else:
        sources = {}
        for row, source in enumerate(result.rows["source"]):
            sources.setdefault(source, []).append(row)
    common = os.path.commonpath([os.path.dirname(source) or "." for source in sources]) if sources else ""
    written = []
    for source, rows in sources.items():
        if result.folder is None:
            path = folder / "table.jsonl.gz"
        else:
            path = folder / os.path.relpath(source, common or ".")
            if path.suffix != ".gz":
                path = path.with_name(path.name + ".gz")
        path.parent.mkdir(parents=True, exist_ok=True)
        with gzip.open(path, "wt", encoding="utf-8") as file:
            for row, (identifier, text) in zip(rows, _documents(result, source, rows)):
                line = {"id": identifier, "attributes": _attributes(result.rows[row], text, name)}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        written.append(path)
    return written


def _documents(result: Result, source: str, rows: list[int]) -> Iterator[tuple[Any, str]]:
    if result.folder is None:
        ids = result.rows["id"] if "id" in result.rows.columns else None
        for row in rows:
            text = _inputs.text_at(result._data, result._text, row)
            yield (ids[row] if ids else str(row)), text
        return
    configuration = result.summary.raw.get("configuration", {})
    fields = configuration.get("text_field", "text")
    field = fields if isinstance(fields, str) else fields[0]
    if not source.endswith((".jsonl", ".json", ".ndjson", ".jsonl.gz", ".json.gz", ".ndjson.gz")):
        raise InvalidData(f'Dolma has attributes for JSON Lines, and "{source}" is another file.')
    opened = gzip.open(source, "rt", encoding="utf-8") if source.endswith(".gz") else open(
        source, encoding="utf-8"
    )
    with opened as file:
        records = (json.loads(line) for line in file if line.strip())
        for record in records:
            yield record.get("id"), record.get(field) or ""


def _attributes(row: Mapping[str, Any], text: str, name: str) -> dict[str, list[list[Any]]]:
    dropped = [[0, len(text), 1.0]] if row["status"] == "drop" and text else []
    data = text.encode("utf-8", "surrogatepass")

    def characters(count: int) -> int:
        return len(data[:count].decode("utf-8", "surrogatepass"))

    cuts = [
        [characters(cut["start"]), characters(cut["end"]), 1.0]
        for cut in (row["cuts"] if row["status"] == "trim" else [])
    ]
    return {f"{name}__{name}__duplicate": dropped, f"{name}__{name}__passages": cuts}
