"""The library, and how its functions are called."""

from __future__ import annotations

import ctypes
import json
import os
import pathlib
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from ._errors import CLASSES, InvalidOption, RepriseError

ABI = 1
TABLES = ("rows", "clusters", "pairs", "passages", "problems")


class Schema(ctypes.Structure):
    """ArrowSchema of the Arrow C data interface."""


Schema._fields_ = [
    ("format", ctypes.c_char_p), ("name", ctypes.c_char_p), ("metadata", ctypes.c_char_p),
    ("flags", ctypes.c_int64), ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(Schema))), ("dictionary", ctypes.c_void_p),
    ("release", ctypes.c_void_p), ("private_data", ctypes.c_void_p),
]


class Array(ctypes.Structure):
    """ArrowArray of the Arrow C data interface."""


Array._fields_ = [
    ("length", ctypes.c_int64), ("null_count", ctypes.c_int64), ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64), ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(Array))), ("dictionary", ctypes.c_void_p),
    ("release", ctypes.c_void_p), ("private_data", ctypes.c_void_p),
]


class Stream(ctypes.Structure):
    """ArrowArrayStream of the Arrow C stream interface."""

    _fields_ = [
        ("get_schema", ctypes.c_void_p), ("get_next", ctypes.c_void_p),
        ("get_last_error", ctypes.c_void_p), ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p),
    ]


GET = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
RELEASE = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
PROGRESS = ctypes.CFUNCTYPE(
    ctypes.c_int32, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int64, ctypes.c_int64
)

_TEXT = ctypes.POINTER(ctypes.c_void_p)
_STREAM = ctypes.POINTER(Stream)
_RUN = [PROGRESS, ctypes.c_void_p]
_ARGUMENTS: dict[str, list[Any]] = {
    "scan": [ctypes.c_char_p, _STREAM, _STREAM, *_RUN, _STREAM, _TEXT, _TEXT],
    "scan_files": [ctypes.c_char_p, *_RUN, _TEXT, _TEXT],
    "open": [ctypes.c_char_p, *_RUN, _STREAM, _TEXT, _TEXT],
    "texts": [ctypes.c_char_p, _STREAM, *_RUN, _STREAM, _TEXT],
    "clean": [ctypes.c_char_p, *_RUN, _TEXT, _TEXT],
    "report": [ctypes.c_char_p, *_RUN, _TEXT, _TEXT],
    "sign": [ctypes.c_char_p, _STREAM, *_RUN, _STREAM, _TEXT],
    "compare": [
        ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int64, ctypes.c_char_p, ctypes.c_int64, _TEXT,
        _TEXT,
    ],
    "components": [_STREAM, _STREAM, _TEXT],
    "share": [_STREAM, _STREAM, _TEXT],
}


def path() -> str:
    """The path of the library: that of the package, or that of the variable REPRISE_LIBRARY."""
    return os.environ.get("REPRISE_LIBRARY") or os.fspath(
        pathlib.Path(__file__).with_name("libreprise.so")
    )


def _load() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(path())
    except OSError as error:
        raise ImportError(f"The library of Reprise cannot be loaded: {error}.") from error
    if (found := library.reprise_abi()) != ABI:
        raise ImportError(
            f"The library {path()} has the interface {found}, and this package needs {ABI}."
        )
    library.reprise_free.argtypes = [ctypes.c_void_p]
    library.reprise_free.restype = None
    for name, arguments in _ARGUMENTS.items():
        function = getattr(library, "reprise_" + name)
        function.argtypes, function.restype = arguments, ctypes.c_int32
    return library


_library = _load()


class Text:
    """A string that the library gives."""

    def __init__(self) -> None:
        self._pointer = ctypes.c_void_p()

    @property
    def reference(self) -> Any:
        return ctypes.byref(self._pointer)

    def take(self) -> str:
        """Returns the string and releases the library's copy."""
        if not self._pointer:
            return ""
        try:
            return ctypes.string_at(self._pointer).decode("utf-8", "replace")
        finally:
            _library.reprise_free(self._pointer)
            self._pointer = ctypes.c_void_p()


def options(values: Mapping[str, Any]) -> bytes:
    """Returns options as the library reads them, without those that are None."""
    given = {name.replace("_", "-"): value for name, value in values.items() if value is not None}
    try:
        return json.dumps(given, default=_plain).encode()
    except TypeError as error:
        raise InvalidOption(f"An option has a value that is not possible: {error}.") from None


def _plain(value: Any) -> Any:
    if isinstance(value, os.PathLike):
        return path_text(value)
    if isinstance(value, (set, frozenset, tuple)):
        return sorted(value) if not isinstance(value, tuple) else list(value)
    raise TypeError(f"{value!r} is {type(value).__name__}")


def path_text(path: str | bytes | os.PathLike[Any]) -> str:
    """Returns a path as the library reads it, in which bytes that are not UTF-8 have a form."""
    text = os.fsencode(path).decode("utf-8", "surrogateescape")
    return "".join(
        chr(0x10FE00 + ord(c) - 0xDC00) if 0xDC80 <= ord(c) <= 0xDCFF
        else "".join(chr(0x10FE00 + b) for b in c.encode()) if 0x10FE80 <= ord(c) <= 0x10FEFF
        else c
        for c in text
    )


def call(name: str, *arguments: Any) -> None:
    """Calls a short function.

    Raises: the exception of its error.
    """
    error = Text()
    check(getattr(_library, "reprise_" + name)(*arguments, error.reference), error)


def check(code: int, error: Text) -> None:
    if code:
        raise CLASSES.get(code, RepriseError)(error.take() or "The library gave no reason.")


Report = Callable[[str, int, "int | None"], None]


def run(name: str, before: tuple[Any, ...], after: tuple[Any, ...], report: Report | None) -> None:
    """Calls a function that takes long, on a thread of its own.

    This thread waits in Python, so it hears signals: an exception of a signal handler, such as
    KeyboardInterrupt, or of `report`, stops the run and is raised when the run has ended.

    Args:
        name: the function.
        before: its arguments before the progress function.
        after: those after it.
        report: called on this thread with the phase, the completed amount and the total.
    """
    function = getattr(_library, "reprise_" + name)
    error = Text()
    stop = threading.Event()
    latest: list[tuple[str, int, int | None]] = []
    codes: list[int] = []

    def tell(_context: Any, phase: bytes, done: int, total: int) -> int:
        latest[:] = [(phase.decode(), done, total if total >= 0 else None)]
        return int(stop.is_set())

    callback = PROGRESS(tell)

    def work() -> None:
        codes.append(function(*before, callback, None, *after, error.reference))

    thread = threading.Thread(target=work, name="reprise")
    try:
        thread.start()
        last = 0.0
        while thread.is_alive():
            thread.join(0.02)
            if report and latest and time.monotonic() - last >= 0.05:
                last = time.monotonic()
                report(*latest[0])
    except BaseException:
        # The run uses memory of the caller until it has ended.
        stop.set()
        while thread.ident is not None and thread.is_alive():
            try:
                thread.join()
            except KeyboardInterrupt:
                pass
        error.take()
        raise
    check(codes[0], error)
