"""Calls the library with random tables whose Arrow structs are changed at random.

usage: python fuzz_arrow.py SEED SECONDS [TABLES]

It ends after so many seconds or tables. Every call succeeds or raises an error with a sentence.
A change that no reader can notice is not made: the interface has no sizes of buffers, except those of
string views, so lengths, offsets and numbers of buffers never grow by a possible amount.
"""

import array
import atexit
import ctypes
import functools
import json
import pathlib
import random
import shutil
import sys
import tempfile
import time

import reprise
from reprise import _capsules, _columns, _library
from reprise._library import Array, Schema, Stream

HUGE = [1 << 47, 1 << 60, (1 << 63) - 1]
NEGATIVE = [-(1 << 63), -(1 << 31), -2, -1]


class Column:
    """Buffers of one column, in one of the layouts of Arrow."""

    def __init__(self, name, format, count, nulls, buffers, dictionary=None):
        self.name, self.format, self.count, self.nulls = name.encode(), format, count, nulls
        self.buffers, self.dictionary = buffers, dictionary


def long_column(name, texts):
    made = _columns.Column(name, texts)
    if made.format != b"U":
        made = _columns.Column(name, ["", *texts[1:]])
    # Bytes that are changed must not be those of a shared object.
    made.buffers[2] = bytearray(bytes(made.buffers[2]) + b"\0")
    return made


def short_column(name, texts):
    made = long_column(name, texts)
    return Column(name, b"u", len(texts), made.nulls, [made.buffers[0], array.array("i", made.buffers[1]), made.buffers[2]])


def view_column(name, texts, chance):
    views, data = bytearray(), [bytearray(), bytearray()]
    for text in texts:
        value = (text or "").encode()
        place = chance.randrange(2)
        start = len(data[place])
        if len(value) > 12:
            data[place] += value
            views += len(value).to_bytes(4, "little") + value[:4]
            views += place.to_bytes(4, "little") + start.to_bytes(4, "little")
        else:
            views += len(value).to_bytes(4, "little") + value.ljust(12, b"\0")
    sizes = array.array("q", [len(part) for part in data])
    data = [part + b"\0" for part in data]
    valid = long_column(name, texts).buffers[0]
    nulls = sum(text is None for text in texts)
    return Column(name, b"vu", len(texts), nulls, [valid, views, *data, sizes])


def dictionary_column(name, texts, chance):
    values = sorted({text or "" for text in texts})
    code, format = chance.choice([("b", b"c"), ("h", b"s"), ("i", b"i"), ("q", b"l")])
    indices = array.array(code, [values.index(text or "") for text in texts])
    valid = long_column(name, texts).buffers[0]
    nulls = sum(text is None for text in texts)
    return Column(name, format, len(texts), nulls, [valid, indices], long_column("", values))


class Table:
    """A table of columns whose exported structs are changed."""

    def __init__(self, columns, chance, changes):
        self.columns, self.chance, self.changes = columns, chance, changes
        self._alive = []
        self._count = columns[0].count
        self._rest = chance.randrange(1, 4)

    def __arrow_c_stream__(self, requested_schema=None):
        stream = Stream()
        self._alive += [_library.GET(self._schema), _library.GET(self._next), _library.RELEASE(self._release)]
        pointers = map(_columns._function, self._alive[:3])
        stream.get_schema, stream.get_next, stream.release = pointers
        return _capsules.capsule(stream)

    def _release(self, pointer):
        Stream.from_address(pointer).release = None

    def _schema(self, _stream, target):
        children = [Schema() for _ in self.columns]
        for child, column in zip(children, self.columns):
            _columns._set_schema(child, column.format, column.name, [])
            if getattr(column, "dictionary", None):
                inner = Schema()
                _columns._set_schema(inner, column.dictionary.format, b"", [])
                child.dictionary = ctypes.addressof(inner)
                self._alive.append(inner)
        struct = Schema.from_address(target)
        _columns._set_schema(struct, b"+s", b"", children)
        if "schema" in self.changes:
            child = self.chance.choice(children)
            kind = self.chance.randrange(4)
            if kind == 0:
                formats = [b"", b"\xff", b"+l", b"+s", b"d:9,3", b"w:4", b"n", b"z" if child.format == b"u" else b"n"]
                child.format = self.chance.choice(formats)
            elif kind == 1:
                child.format = None
            elif kind == 2:
                child.name = self.chance.choice([None, b"", b"\xc3"])
            else:
                struct.n_children = self.chance.choice([-1, 0, 1])
        return 5 if "failure" in self.changes and self.chance.random() < 0.5 else 0

    def _next(self, _stream, target):
        ctypes.memset(target, 0, ctypes.sizeof(Array))
        if not self._rest:
            return 0
        self._rest -= 1
        if "failure" in self.changes:
            return 5
        arrays, children = [], [Array() for _ in self.columns]
        for child, column in zip(children, self.columns):
            self._set(child, column)
            arrays.append((child, column, False))
            if getattr(column, "dictionary", None):
                inner = Array()
                self._set(inner, column.dictionary)
                child.dictionary = ctypes.addressof(inner)
                self._alive.append(inner)
                arrays.append((inner, column.dictionary, True))
        struct = Array.from_address(target)
        _columns._set_array(struct, self._count, 0, [None], children)
        for _ in range(self.changes.count("array")):
            self._change(struct, *self.chance.choice(arrays))
        return 0

    @staticmethod
    def _set(struct, column):
        buffers = [(ctypes.c_char * len(b)).from_buffer(b) if isinstance(b, bytearray) else b for b in column.buffers]
        _columns._set_array(struct, column.count, column.nulls, [], [])
        pointers = (ctypes.c_void_p * len(buffers))(*map(_address, buffers))
        struct.n_buffers, struct.buffers = len(buffers), ctypes.cast(pointers, ctypes.POINTER(ctypes.c_void_p))
        _columns._keep(struct, buffers, pointers, column)

    def _change(self, struct, child, column, is_dictionary):
        chance = self.chance
        kind = chance.randrange(13)
        less = chance.randrange(self._count + 1)
        if kind == 0:
            struct.length = chance.choice([less, *NEGATIVE, *HUGE])
        elif kind == 1:
            child.length = chance.choice([min(less, child.length), *NEGATIVE, *HUGE])
        elif kind == 2:
            chance.choice([struct, child]).offset = chance.choice(NEGATIVE + HUGE)
        elif kind == 3:
            chance.choice([struct, child]).null_count = chance.choice([0, 1, less, *NEGATIVE, *HUGE])
        elif kind == 4:
            child.n_buffers = chance.choice([0, 1, 2, *NEGATIVE, *HUGE])
        elif kind == 5 and child.buffers:
            child.buffers[chance.randrange(len(column.buffers))] = None
        elif kind == 6:
            if chance.random() < 0.5:
                child.release = None
            else:
                child.buffers = None
        elif kind == 7:
            struct.n_children = chance.choice([0, 1, *NEGATIVE, *HUGE])
        else:
            self._change_buffer(column)

    def _change_buffer(self, column):
        values = column.buffers[1]
        place = self.chance.randrange(len(values))
        if isinstance(values, bytearray):
            # Views are checked against the sizes, so the length, the buffer and the offset may be wrong.
            field = ctypes.c_int32.from_buffer(values, place // 16 * 16 + self.chance.choice([0, 8, 12]))
            wrong = [field.value + self.chance.randint(-40, 40), 1 << 20, -1, -(1 << 31), (1 << 31) - 1]
            field.value = self.chance.choice(wrong[:1] * 4 + wrong)
        elif column.format in (b"u", b"U"):
            wrong = self.chance.choice([self.chance.randrange(len(column.buffers[2])), -1, -(1 << 31)])
            values[place] = wrong if column.format == b"u" else self.chance.choice([wrong, *HUGE])
        else:
            values[place] = self.chance.randrange(-128, 128)


def _address(buffer):
    if buffer is not None and not isinstance(buffer, (bytes, array.array)):
        return ctypes.addressof(buffer)
    return _columns._address(buffer)


def table(chance):
    count = chance.randint(1, 40)
    texts = [
        chance.choice([None, "", "a b c", "one two three " * chance.randint(1, 40)]) for _ in range(count)
    ]
    make = [
        long_column, short_column, lambda name, texts: view_column(name, texts, chance),
        lambda name, texts: dictionary_column(name, texts, chance),
    ]
    columns = [chance.choice(make)("text", texts), chance.choice(make)("id", texts)]
    if chance.random() < 0.3:
        columns[1] = _columns.Column("id", list(range(count)))
    changes = ["array"] * chance.choice([0, 1, 1, 2, 3])
    changes += ["schema"] if chance.random() < 0.15 else []
    changes += ["failure"] if chance.random() < 0.05 else []
    return Table(columns, chance, changes)


def edges(chance):
    count = chance.randint(1, 30)
    columns = [
        _columns.Column(name, [chance.randrange(50) for _ in range(count)]) for name in ("first", "second")
    ]
    return Table(columns, chance, ["array"] * chance.choice([0, 1, 2]))


def locations(chance, results):
    rows = [chance.choice(list(results.rows)) for _ in range(chance.randint(1, 9))]
    columns = [
        chance.choice([long_column, short_column])("source", [row["source"] for row in rows]),
        *(_columns.Column(name, [row[name] for row in rows]) for name in ("offset", "length")),
    ]
    return Table(columns, chance, ["array"] * chance.choice([0, 1, 2]))


@functools.cache
def results():
    path = pathlib.Path(tempfile.mkdtemp(prefix="reprise-fuzz-")) / "texts.jsonl"
    atexit.register(shutil.rmtree, path.parent)
    path.write_text("".join(json.dumps({"text": f"text {row} " * row}) + "\n" for row in range(30)))
    return reprise.scan(path, output=path.parent / "results")


def call(chance):
    kind = chance.randrange(9)
    if kind == 0:
        reprise.sign(table(chance), signatures=chance.random() < 0.5, threads=1)
    elif kind == 1:
        given, out = edges(chance), Stream()
        capsule = given.__arrow_c_stream__()
        _library.call("components", _capsules.stream_of(capsule), ctypes.byref(out))
        reprise.Table(out)
    elif kind == 8:
        given, out = locations(chance, results()), Stream()
        capsule = given.__arrow_c_stream__()
        options = _library.options({"results": str(results().folder)})
        _library.run("texts", (options, _capsules.stream_of(capsule)), (ctypes.byref(out),), None)
        assert all(text.startswith("text") or not text for text in reprise.Table(out)["text"])
    elif kind == 2:
        reprise.scan(table(chance), against=table(chance), threads=1)
    else:
        keep = chance.choice(["first", "highest:id", "newest:id"])
        result = reprise.scan(table(chance), keep=keep, threads=1)
        assert len(list(result.rows)) == len(result)


def main():
    seed, seconds = int(sys.argv[1]), float(sys.argv[2])
    most = int(sys.argv[3]) if len(sys.argv) > 3 else 1 << 62
    end, count, refused = time.monotonic() + seconds, 0, 0
    while count < most and time.monotonic() < end:
        try:
            call(random.Random(seed + count))
        # A location may be that of no document.
        except (reprise.InvalidData, reprise.InputError) as error:
            assert (str(error)[0].isupper() or str(error)[0] == '"') and str(error).endswith("."), str(error)
            refused += 1
        except BaseException:
            print(f"seed {seed + count}", file=sys.stderr)
            raise
        count += 1
    print(f"done: {count} calls, {refused} refused")


if __name__ == "__main__":
    main()
