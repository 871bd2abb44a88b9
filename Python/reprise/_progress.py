"""Shows the progress of a run."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Iterator, Union


@dataclasses.dataclass(frozen=True)
class Progress:
    """How far a run is."""

    phase: str
    """reading, matching, verifying, passages, writing or cleaning"""
    completed: int
    """The completed amount: bytes while reading and cleaning, else documents."""
    total: int | None
    """The total amount; None if it is unknown."""


ProgressOption = Union[bool, None, Callable[[Progress], Any]]
Report = Callable[[str, int, "int | None"], None]


def reporter(progress: ProgressOption) -> AbstractContextManager[Report | None]:
    """Returns a function that reports progress, as the option says.

    None shows a bar of tqdm if tqdm is there and standard error is a terminal or this is a notebook.
    True needs tqdm. False shows nothing.
    """
    if callable(progress):
        return _calling(progress)
    if progress or (progress is None and _is_seen()):
        return _bar(is_required=progress is True)
    return _nothing()


def _is_seen() -> bool:
    return "ipykernel" in sys.modules or bool(sys.stderr and sys.stderr.isatty())


@contextmanager
def _nothing() -> Iterator[None]:
    yield None


@contextmanager
def _calling(progress: Callable[[Progress], Any]) -> Iterator[Report]:
    yield lambda phase, done, total: progress(Progress(phase, done, total))


@contextmanager
def _bar(is_required: bool) -> Iterator[Report | None]:
    try:
        from tqdm.auto import tqdm
    except ImportError:
        if is_required:
            raise
        yield None
        return
    bar = tqdm(unit_scale=True, leave=False)

    def report(phase: str, done: int, total: int | None) -> None:
        if bar.desc != phase + ": ":
            bar.reset()
            bar.set_description(phase)
        bar.total, bar.n = total, done
        bar.refresh()

    try:
        yield report
    finally:
        bar.close()
