"""Attribute files in the form of Dolma."""

from __future__ import annotations

import gzip
import json
import os
import pathlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

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
    ids = result.rows["id"] if "id" in result.rows.columns else None
    statuses, cuts = result.rows["status"], result.rows["cuts"]
    written = []
    for source, rows in sources.items():
        path = folder / ("table.jsonl" if result.folder is None else os.path.relpath(source, common or "."))
        if path.suffix != ".gz":
            path = path.with_name(path.name + ".gz")
        path.parent.mkdir(parents=True, exist_ok=True)
        changed = [row for row in rows if statuses[row] in ("drop", "trim")]
        texts = result._texts_in_parts(changed)
        with gzip.open(path, "wt", encoding="utf-8") as file:
            for row in rows:
                text = next(texts) if statuses[row] in ("drop", "trim") else ""
                identifier = str(row) if ids is None else ids[row]
                line = {"id": identifier, "attributes": _attributes(statuses[row], cuts[row], text, name)}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        written.append(path)
    return written


def _attributes(
    status: str, cuts: Sequence[Mapping[str, Any]], text: str, name: str
) -> dict[str, list[list[Any]]]:
    dropped = [[0, len(text), 1.0]] if status == "drop" and text else []
    data = text.encode("utf-8", "surrogatepass")

    def characters(count: int) -> int:
        return len(data[:count].decode("utf-8", "surrogatepass"))

    passages = [
        [characters(cut["start"]), characters(cut["end"]), 1.0] for cut in (cuts if status == "trim" else [])
    ]
    return {f"{name}__{name}__duplicate": dropped, f"{name}__{name}__passages": passages}
