"""Capsules of the Arrow C stream interface."""

from __future__ import annotations

import ctypes
from typing import Any

from ._library import RELEASE, Stream

_NAME = ctypes.create_string_buffer(b"arrow_array_stream")
_name = ctypes.cast(_NAME, ctypes.c_char_p)
# A destructor gets an object that is being freed, which must not become an object of Python again.
_DESTRUCTOR = ctypes.PYFUNCTYPE(None, ctypes.c_void_p)
_new = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.c_void_p, ctypes.c_char_p, _DESTRUCTOR)(
    ("PyCapsule_New", ctypes.pythonapi)
)
_pointer = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object, ctypes.c_char_p)(
    ("PyCapsule_GetPointer", ctypes.pythonapi)
)
_raw_pointer = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)(
    ("PyCapsule_GetPointer", ctypes.pythonapi)
)
# The streams of capsules that exist, by address.
_streams: dict[int, Stream] = {}


def release(stream: Stream) -> None:
    """Releases a stream, unless somebody took it."""
    if stream.release:
        RELEASE(stream.release)(ctypes.addressof(stream))


def _destroy(capsule: int) -> None:
    stream = _streams.pop(_raw_pointer(capsule, _name), None)
    if stream is not None:
        release(stream)


_destructor = _DESTRUCTOR(_destroy)


def capsule(stream: Stream) -> Any:
    """Returns a capsule that owns a stream."""
    address = ctypes.addressof(stream)
    _streams[address] = stream
    return _new(address, _name, _destructor)


def stream_of(value: Any) -> Any:
    """Returns a pointer to the stream of a capsule, which must live as long as it is used."""
    return ctypes.cast(_pointer(value, _name), ctypes.POINTER(Stream))
