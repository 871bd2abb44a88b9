"""Adds `frame.reprise` to the frames of polars.

>>> import polars, reprise.polars
>>> polars.DataFrame({"text": ["a text", "A text!"]}).reprise.deduplicate()["text"].to_list()
['a text']
"""

from __future__ import annotations

from typing import Any

import polars

import reprise


@polars.api.register_dataframe_namespace("reprise")
class Namespace:
    """What Reprise does with a frame."""

    def __init__(self, frame: polars.DataFrame) -> None:
        self._frame = frame

    def scan(self, **options: Any) -> reprise.Result:
        """Scans the frame; the options are those of reprise.scan."""
        return reprise.scan(self._frame, **options)

    def deduplicate(self, **options: Any) -> polars.DataFrame:
        """Returns the frame without what repeats; the options are those of reprise.scan."""
        return self.scan(**options).clean()

    def marked(self, **options: Any) -> polars.DataFrame:
        """Returns all rows, with the columns status, reason, duplicate_of, similarity and cluster."""
        return self.scan(**options).clean(drop=False, trim=False, columns=True)
