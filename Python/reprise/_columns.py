"""Arrow tables that are made of Python values, without any other package."""

from __future__ import annotations

import array
import ctypes
import datetime
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from . import _capsules
from ._errors import InvalidData
from ._library import GET, RELEASE, Array, Schema, Stream

_numbers = itertools.count(1)
# What the exported structs refer to, until they are released.
_alive: dict[int, Any] = {}


class Column:
    """The Arrow buffers of a list of values, of which all are None or of one kind."""

    def __init__(self, name: str, values: Sequence[Any]) -> None:
        self.name, self.count = name.encode(), len(values)
        # Not a number is how some packages write a missing value.
        values = [None if value != value else value for value in values]
        kinds = {type(value) for value in values if value is not None}
        self.nulls = sum(value is None for value in values)
        self.buffers: list[Any] = [_bits(v is not None for v in values) if self.nulls else None]
        if kinds == {bool}:
            self.format = b"b"
            self.buffers.append(_bits(bool(v) for v in values))
        elif kinds == {int}:
            self.format = b"l"
            self.buffers.append(_array("q", (v or 0 for v in values), name))
        elif kinds == {float} or kinds == {float, int}:
            self.format = b"g"
            self.buffers.append(_array("d", (float(v or 0) for v in values), name))
        else:
            self.format = b"U"
            self._set_texts(values, name)

    def _set_texts(self, values: Sequence[Any], name: str) -> None:
        # One text at a time, so that the texts are not there twice more.
        offsets, data = array.array("q", [0]), array.array("B")
        for value in values:
            data.frombytes(_bytes(value, name))
            offsets.append(len(data))
        self.buffers += [offsets, data]


def _bytes(value: Any, name: str) -> bytes:
    if value is None:
        return b""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat().encode()
    raise InvalidData(f'The column "{name}" has a value of the type {type(value).__name__}.')


def _array(code: str, values: Any, name: str) -> array.array[Any]:
    try:
        return array.array(code, values)
    except OverflowError:
        raise InvalidData(f'The column "{name}" has an integer of more than 64 bits.') from None


def _bits(values: Any) -> bytes:
    bits = list(values)
    result = bytearray((len(bits) + 7) // 8)
    for index, bit in enumerate(bits):
        if bit:
            result[index >> 3] |= 1 << (index & 7)
    return bytes(result)


def _address(buffer: Any) -> int | None:
    if buffer is None:
        return None
    if isinstance(buffer, bytes):
        return ctypes.cast(ctypes.c_char_p(buffer), ctypes.c_void_p).value
    return int(buffer.buffer_info()[0])


def _keep(struct: Any, *values: Any) -> None:
    key = next(_numbers)
    _alive[key] = values
    struct.private_data = key


def _release(kind: Any) -> Any:
    def release(pointer: int) -> None:
        struct = kind.from_address(pointer)
        kept = _alive.pop(struct.private_data, ())
        struct.release = None
        # Those that somebody took have no function here any more.
        for child in (value for values in kept for value in _children(values)):
            if child.release:
                release(ctypes.addressof(child))

    return RELEASE(release)


def _children(values: Any) -> list[Any]:
    if not isinstance(values, list):
        return []
    return [value for value in values if isinstance(value, (Schema, Array))]


_release_schema, _release_array, _release_stream = map(_release, (Schema, Array, Stream))


def _function(callback: Any) -> int | None:
    return ctypes.cast(callback, ctypes.c_void_p).value


def _set_schema(schema: Schema, format: bytes, name: bytes, children: Sequence[Schema]) -> None:
    pointers = (ctypes.POINTER(Schema) * max(1, len(children)))(*map(ctypes.pointer, children))
    schema.format, schema.name, schema.metadata = format, name, None
    schema.flags, schema.n_children, schema.dictionary = 2, len(children), None
    schema.children = ctypes.cast(pointers, ctypes.POINTER(ctypes.POINTER(Schema)))
    schema.release = _function(_release_schema)
    _keep(schema, format, name, children, pointers)


def _set_array(
    array: Array, count: int, nulls: int, buffers: Sequence[Any], children: Sequence[Array]
) -> None:
    pointers = (ctypes.c_void_p * max(1, len(buffers)))(*map(_address, buffers))
    nested = (ctypes.POINTER(Array) * max(1, len(children)))(*map(ctypes.pointer, children))
    array.length, array.null_count, array.offset = count, nulls, 0
    array.n_buffers, array.n_children, array.dictionary = len(buffers), len(children), None
    array.buffers = ctypes.cast(pointers, ctypes.POINTER(ctypes.c_void_p))
    array.children = ctypes.cast(nested, ctypes.POINTER(ctypes.POINTER(Array)))
    array.release = _function(_release_array)
    _keep(array, buffers, pointers, children, nested)


class Columns:
    """A table of Python values; each column has a name and as many values as the others."""

    def __init__(self, columns: Mapping[str, Sequence[Any]]) -> None:
        counts = {name: len(values) for name, values in columns.items()}
        if len(set(counts.values())) > 1:
            raise InvalidData(f"The columns have different numbers of rows: {counts}.")
        self._columns = [Column(name, values) for name, values in columns.items()]
        self._count = next(iter(counts.values()), 0)

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """Gives the table as a stream with one batch."""
        stream = Stream()
        columns, count = self._columns, self._count
        rest = [True]

        def get_schema(_stream: int, target: int) -> int:
            children = [Schema() for _ in columns]
            for child, column in zip(children, columns):
                _set_schema(child, column.format, column.name, [])
            _set_schema(Schema.from_address(target), b"+s", b"", children)
            return 0

        def get_next(_stream: int, target: int) -> int:
            ctypes.memset(target, 0, ctypes.sizeof(Array))
            if rest:
                rest.clear()
                children = [Array() for _ in columns]
                for child, column in zip(children, columns):
                    _set_array(child, column.count, column.nulls, column.buffers, [])
                _set_array(Array.from_address(target), count, 0, [None], children)
            return 0

        callbacks = GET(get_schema), GET(get_next), _no_error
        stream.get_schema, stream.get_next, stream.get_last_error = map(_function, callbacks)
        stream.release = _function(_release_stream)
        _keep(stream, callbacks)
        return _capsules.capsule(stream)


_no_error = ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)(lambda _stream: None)
