"""A step for pipelines of datatrove.

The documents of a task are compared with each other. To compare all documents, run the pipeline as one
task, or write the documents and scan the files.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Any

from datatrove.data import Document
from datatrove.pipeline.base import PipelineStep

import reprise


class Deduplicate(PipelineStep):
    """Drops the documents that repeat others, and cuts repeated passages."""

    type = "🫂 - DEDUPS"
    name = "💥 Reprise"

    def __init__(self, trim: bool = True, **options: Any) -> None:
        """Creates the step.

        Args:
            trim: whether passages are cut.
            options: those of reprise.scan.
        """
        super().__init__()
        self.trim, self.options = trim, options

    def run(
        self, data: Iterable[Document] | None, rank: int = 0, world_size: int = 1
    ) -> Generator[Document, None, None]:
        """Gives the documents that are left, in their order."""
        documents = list(data or [])
        columns: dict[str, list[Any]] = {
            "text": [document.text for document in documents],
            "id": [str(document.id) for document in documents],
        }
        keep = self.options.get("keep", "first")
        for rule in [keep] if isinstance(keep, str) else keep:
            if field := rule.partition(":")[2]:
                columns[field] = [document.metadata.get(field) for document in documents]
        with self.track_time():
            result = reprise.scan(columns, progress=False, **self.options)
        texts = columns["text"]
        if self.trim:
            cuts = [
                row["cuts"] if row["status"] == "trim" else [] for row in result.rows
            ]
            texts = reprise.apply_cuts(texts, cuts)
        for document, text, row in zip(documents, texts, result.rows):
            self.stat_update(row["status"])
            if row["status"] != "drop":
                document.text = text
                yield document
