"""Arrow structs that break the rules are refused with a sentence, and never end the process."""

import ctypes
import os
import pathlib
import subprocess
import sys

import pytest

import reprise
from reprise import _capsules, _columns, _library
from reprise._library import Array, Schema, Stream


class Hostile:
    """A table of Python values whose exported structs a function changes."""

    def __init__(self, columns, change_array=None, change_schema=None):
        self._columns = _columns.Columns(columns)
        self._changes = (change_schema, change_array)

    def __arrow_c_stream__(self, requested_schema=None):
        self._inner = self._columns.__arrow_c_stream__()
        inner = _capsules.stream_of(self._inner).contents
        stream = Stream.from_buffer_copy(inner)
        address = ctypes.addressof(inner)
        self._callbacks = [
            self._wrap(_library.GET(inner.get_schema), address, Schema, self._changes[0]),
            self._wrap(_library.GET(inner.get_next), address, Array, self._changes[1]),
            _library.RELEASE(self._release),
        ]
        get_schema, get_next, release = map(_columns._function, self._callbacks)
        stream.get_schema, stream.get_next, stream.release = get_schema, get_next, release
        return _capsules.capsule(stream)

    @staticmethod
    def _release(pointer):
        Stream.from_address(pointer).release = None

    @staticmethod
    def _wrap(function, address, kind, change):
        def call(_stream, target):
            code = function(address, target)
            struct = kind.from_address(target)
            if change and struct.release:
                change(struct)
            return code

        return _library.GET(call)


def child(struct, index=0):
    return struct.children[index].contents


def put(buffer, place, value, kind=ctypes.c_int64):
    """Changes one value of a buffer."""
    kind.from_address(buffer + place * ctypes.sizeof(kind)).value = value


def set_field(name, value, on_child=True):
    def change(struct):
        setattr(child(struct) if on_child else struct, name, value)

    return change


def set_offset(place, value):
    return lambda struct: put(child(struct).buffers[1], place, value)


def set_buffer(index, value):
    def change(struct):
        child(struct).buffers[index] = value

    return change


def set_format(format):
    # The bytes must live as long as the schema.
    return lambda schema: setattr(child(schema), "format", format)


TEXTS = ["one text", "two texts", None, "one text"]

ARRAYS = {
    "a negative length": (set_field("length", -1), "length"),
    "a huge length": (set_field("length", 1 << 62), "length|values|impossible"),
    "fewer values than rows": (set_field("length", 2), "rows"),
    "a negative offset": (set_field("offset", -3), "offset"),
    "a huge offset": (set_field("offset", 1 << 61), "offset"),
    "more nulls than values": (set_field("null_count", 9), "nulls"),
    "an impossible number of nulls": (set_field("null_count", -7), "nulls"),
    "no buffers": (set_field("n_buffers", 0), "buffers"),
    "too many buffers": (set_field("n_buffers", 4), "buffers"),
    "a negative number of buffers": (set_field("n_buffers", -1), "buffers"),
    "no list of buffers": (set_field("buffers", None), "buffers"),
    "a missing child": (set_field("release", None), "no data"),
    "no bits for nulls": (set_buffer(0, None), "nulls"),
    "no offsets": (set_buffer(1, None), "offsets"),
    "no bytes": (set_buffer(2, None), "bytes"),
    "a negative first offset": (set_offset(0, -1), "offsets of row 0"),
    "falling offsets": (set_offset(2, 1), "offsets of row 1"),
    "an offset beyond everything": (set_offset(4, 1 << 60), "offsets of row 3"),
    "a batch of negative length": (set_field("length", -2, on_child=False), "length"),
    "a batch of negative offset": (set_field("offset", -2, on_child=False), "offset"),
    "a longer batch": (set_field("length", 5, on_child=False), "rows"),
    "a batch without columns": (set_field("n_children", 0, on_child=False), "columns"),
    "a batch with too many columns": (set_field("n_children", 2, on_child=False), "columns"),
    "a batch with a negative number of columns": (set_field("n_children", -1, on_child=False), "columns"),
}

FORMATS = {b"+l": "neither", b"+s": "neither", b"d:10,2": "neither", b"\xff": "neither", b"": "neither",
           b"i": "buffers|texts", b"g": "buffers|texts", b"vu": "views?|buffers|sizes", b"tsx:": "neither",
           b"ts": "neither", b"+w:3": "neither", b"w:4": "neither", None: "no format|no schema"}


@pytest.mark.parametrize("name", ARRAYS)
def test_a_wrong_array_is_refused(name):
    change, words = ARRAYS[name]
    with pytest.raises(reprise.InvalidData, match=words) as error:
        reprise.scan(Hostile({"text": TEXTS}, change_array=change))
    assert str(error.value)[0].isupper() and str(error.value).endswith(".")


@pytest.mark.parametrize("format", FORMATS)
def test_a_wrong_format_is_refused(format):
    with pytest.raises(reprise.InvalidData, match=FORMATS[format]):
        reprise.scan(Hostile({"text": TEXTS}, change_schema=set_format(format)))


def test_a_failed_and_an_empty_stream_are_refused():
    broken = _capsules.capsule(Stream())

    class Table:
        def __arrow_c_stream__(self, requested_schema=None):
            return broken

    with pytest.raises(reprise.InvalidData, match="read before"):
        reprise.scan(Table())


class Failing(Hostile):
    @staticmethod
    def _wrap(function, address, kind, change):
        return _library.GET((lambda *_: 5) if kind is Array else (lambda _s, target: function(address, target)))


def test_a_stream_that_fails_is_an_error():
    with pytest.raises(reprise.InvalidData, match="could not be read"):
        reprise.scan(Failing({"text": TEXTS}))


def view_table(texts, change):
    """A table of string views whose views a function changes."""
    pa = pytest.importorskip("pyarrow")
    table = pa.table({"text": pa.array(texts, pa.string_view())})
    views = bytearray(table["text"].chunk(0).buffers()[1].to_pybytes())
    change(views)
    chunk = table["text"].chunk(0)
    buffers = [None, pa.py_buffer(bytes(views)), *chunk.buffers()[2:]]
    return pa.table({"text": pa.Array.from_buffers(pa.string_view(), len(texts), buffers)})


LONG = ["a text of more than twelve bytes", "another text of more than twelve bytes"]


@pytest.mark.parametrize("place,value", [(0, -1), (0, 1 << 30), (8, 1), (8, -1), (12, -1), (12, 1 << 20)])
def test_a_view_outside_its_buffers_is_refused(place, value):
    def change(views):
        views[place : place + 4] = value.to_bytes(4, "little", signed=True)

    with pytest.raises(reprise.InvalidData, match="view of row 0"):
        reprise.scan(view_table(LONG, change))


@pytest.mark.parametrize("index", [-1, 3, 100])
def test_an_index_outside_its_dictionary_is_refused(index):
    pa = pytest.importorskip("pyarrow")
    indices = pa.array([0, 1, index], pa.int8())
    texts = pa.DictionaryArray.from_arrays(indices, pa.array(["a", "b"]), safe=False)
    with pytest.raises(reprise.InvalidData, match="Row 2 .* index"):
        reprise.scan(pa.table({"text": texts}))


def test_other_kinds_of_columns_are_refused_by_name():
    pa = pytest.importorskip("pyarrow")
    for values in ([1, 2], [[1], [2]], [{"a": 1}], [True], [1.5]):
        with pytest.raises(reprise.InvalidData, match='"text"'):
            reprise.scan(pa.table({"text": values}))
    with pytest.raises(reprise.InvalidData, match='no column "body".*"text", "other"'):
        reprise.scan(pa.table({"text": ["a"], "other": ["b"]}), text="body")
    with pytest.raises(reprise.InvalidData, match='no column "day"'):
        reprise.scan(pa.table({"text": ["a"]}), keep="newest:day")


def test_random_changes_never_end_the_process():
    # scripts/sanitize runs it under AddressSanitizer.
    seconds, tables = ("60", []) if "REPRISE_LONG_TESTS" in os.environ else ("600", ["500"])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(
        [sys.executable, str(pathlib.Path(__file__).with_name("fuzz_arrow.py")), "1", seconds, *tables],
        capture_output=True, text=True, env=environment, check=False,
    )
    print(run.stdout)
    assert run.returncode == 0 and run.stdout.startswith("done"), run.stderr[-2000:]
