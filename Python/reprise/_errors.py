"""The exceptions of the package."""

from __future__ import annotations


class RepriseError(Exception):
    """An error of Reprise. Its text is a sentence."""


class InvalidOption(RepriseError, ValueError):
    """An option is unknown or out of its range."""


class InvalidData(RepriseError, ValueError):
    """A table has no such column, or its data breaks the rules of Arrow."""


class InputError(RepriseError, OSError):
    """A file cannot be read or written, or has changed."""


class Stopped(RepriseError):
    """The run was stopped."""


CLASSES: dict[int, type[RepriseError]] = {1: InvalidOption, 2: InvalidData, 3: InputError, 4: Stopped}
