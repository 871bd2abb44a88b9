"""Writes Parquet files of many kinds to clean, and compares what cleaning made of them with pyarrow."""
import collections
import datetime
import decimal
import itertools
import json
import pathlib
import random
import struct
import sys

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

count = 500
rng = random.Random(7)
words = ["".join(rng.choices("abcdefghiklmnoprstu", k=rng.randint(3, 9))) for _ in range(3000)]


def prose(length):
    return " ".join(rng.choices(words, k=length)) + "."


def make_table():
    shared = [" ".join(prose(9) for _ in range(9)) for _ in range(6)]
    texts = []
    for row in range(count):
        text = prose(rng.randint(5, 60)) + ("é中文🙂" if row % 5 == 0 else "")
        # Whole copies, copies of a whole run of rows, and passages of others.
        if row % 9 == 4 and 20 < row < 300 or 320 <= row < 360:
            text = texts[row - 17 if row < 300 else row - 310] or text
        elif row % 23 == 8 and row < 400:
            text = f"{prose(30)} {shared[row % 6]} {prose(25)}"
        texts.append(None if row % 97 == 3 else "" if row % 101 == 5 else text)
    messages = []
    for row in range(count):
        parts = [None if place == 2 else prose(rng.randint(5, 20)) for place in range(row % 5)]
        if row % 31 == 9:
            parts = [prose(9), f"{prose(20)} {shared[row % 3]} {prose(20)}", None, prose(7)]
        messages.append(None if row % 17 == 0 else [{"role": "user", "content": part} for part in parts])
    start = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)
    columns = {
        "text": pa.array(texts),
        "id": pa.array([f"<urn:uuid:{row:08x}>" for row in range(count)]),
        "n": pa.array(range(count), pa.int64()),
        "n32": pa.array([None if row % 7 == 0 else (-1) ** row * (row * 4_000_001) for row in range(count)], pa.int32()),
        "n8": pa.array([row % 100 for row in range(count)], pa.int8()),
        "u": pa.array([2**64 - 1 - row * 2**55 for row in range(count)], pa.uint64()),
        "score": pa.array([rng.random() for _ in range(count)], pa.float64()),
        "half": pa.array([rng.random() for _ in range(count)], pa.float32()),
        "dump": pa.array([f"dump-{row % 7}" for row in range(count)]).dictionary_encode(),
        "one": pa.array(["always"] * count),
        "none": pa.array([None] * count, pa.string()),
        "tags": pa.array([[f"t{place}" for place in range(row % 4)] if row % 11 else None for row in range(count)]),
        "deep": pa.array(
            [[[row, place] for place in range(row % 3)] if row % 6 else None for row in range(count)],
            pa.list_(pa.list_(pa.int16())),
        ),
        "map": pa.array(
            [[(f"k{place}", place) for place in range(row % 3)] for row in range(count)], pa.map_(pa.string(), pa.int32())
        ),
        "meta": pa.array(
            [None if row % 13 == 0 else {"lang": "en", "inner": {"k": [row]}} for row in range(count)]
        ),
        "messages": pa.array(messages),
        "when": pa.array(
            [start + datetime.timedelta(seconds=row * 1000, microseconds=row) for row in range(count)],
            pa.timestamp("us", tz="Europe/Berlin"),
        ),
        "day": pa.array([datetime.date(1969, 12, 1) + datetime.timedelta(days=row) for row in range(count)]),
        "clock": pa.array([row * 1000 for row in range(count)], pa.time32("ms")),
        "price": pa.array([decimal.Decimal(row * 7 - 1000) / 100 for row in range(count)], pa.decimal128(12, 2)),
        "wide": pa.array([None if row % 5 else row for row in range(count)]).cast(pa.decimal128(38, 3)),
        "fixed": pa.array([bytes([row % 256]) * 5 for row in range(count)], pa.binary(5)),
        "bytes": pa.array([bytes(range(row % 40)) for row in range(count)], pa.binary()),
        "large": pa.array([text or "" for text in texts], pa.large_string()),
        "good": pa.array([None if row % 8 == 1 else bool(row % 3) for row in range(count)]),
        "yes": pa.array([bool(row % 2) for row in range(count)]),
    }
    required = {"large", "n", "yes"}
    schema = pa.schema(
        [
            pa.field(name, column.type, nullable=name not in required, metadata={"PARQUET:field_id": str(place + 1)})
            for place, (name, column) in enumerate(columns.items())
        ],
        metadata={"huggingface": json.dumps({"info": {"features": {"text": {"dtype": "string"}}}}), "x": "y"},
    )
    return pa.table(list(columns.values()), schema=schema)


deltas = {
    "text": "DELTA_BYTE_ARRAY",
    "large": "DELTA_LENGTH_BYTE_ARRAY",
    "id": "DELTA_BYTE_ARRAY",
    "n": "DELTA_BINARY_PACKED",
    "n32": "DELTA_BINARY_PACKED",
    "n8": "DELTA_BINARY_PACKED",
    "u": "DELTA_BINARY_PACKED",
    "when": "DELTA_BINARY_PACKED",
    "score": "BYTE_STREAM_SPLIT",
    "half": "BYTE_STREAM_SPLIT",
    "fixed": "DELTA_BYTE_ARRAY",
    "wide": "BYTE_STREAM_SPLIT",
    "good": "RLE",
    "yes": "RLE",
    "messages.list.element.content": "DELTA_BYTE_ARRAY",
    "tags.list.element": "DELTA_LENGTH_BYTE_ARRAY",
}


def make(out):
    table = make_table()
    out.mkdir(parents=True, exist_ok=True)

    def write(name, **options):
        options.setdefault("row_group_size", 170)
        options.setdefault("write_batch_size", 16 if options.get("data_page_size") == 1024 else 1024)
        pq.write_table(table, out / f"{name}.parquet", **options)

    for codec, dictionary, version, size in itertools.product(
        ["none", "snappy", "gzip", "zstd", "lz4", "brotli"], [True, False], ["1.0", "2.0"], [1024, 1 << 20]
    ):
        write(
            f"{codec}-{int(dictionary)}-{version[0]}-{size}",
            compression=codec,
            use_dictionary=dictionary,
            data_page_version=version,
            data_page_size=size,
        )
    for version, size in itertools.product(["1.0", "2.0"], [1024, 1 << 20]):
        write(
            f"deltas-{version[0]}-{size}",
            use_dictionary=False,
            column_encoding=deltas,
            data_page_version=version,
            data_page_size=size,
            compression="zstd",
        )
    for version in ["1.0", "2.0"]:
        write(
            f"index-{version[0]}",
            data_page_version=version,
            write_page_index=True,
            write_page_checksum=True,
            data_page_size=1024,
            sorting_columns=[pq.SortingColumn(2)],
        )
    write("no-schema", store_schema=False, row_group_size=40)
    write("overflow", dictionary_pagesize_limit=2000, data_page_size=1024)
    write("old", use_compliant_nested_type=False, version="1.0", write_statistics=False)
    write("one-group", row_group_size=count)
    try:
        import polars

        frame = polars.from_arrow(table.drop(["map"]))
        frame.write_parquet(out / "polars.parquet")
        frame.write_parquet(out / "polars-lz4.parquet", data_page_size=2000, row_group_size=100, compression="lz4")
    except ImportError:
        pass
    try:
        import duckdb

        rows = table.set_column(table.schema.get_field_index("dump"), "dump", table["dump"].cast(pa.string()))
        # DuckDB's differences of 33 bits are not read by pyarrow.
        small = pc.divide(table["n32"], 2)
        rows = rows.set_column(table.schema.get_field_index("n32"), "n32", small)
        for version, codec in itertools.product(["V1", "V2"], ["snappy", "zstd", "gzip", "lz4_raw", "brotli"]):
            duckdb.sql(
                f"COPY (SELECT * FROM rows) TO '{out}/duckdb-{version}-{codec}.parquet' "
                f"(FORMAT parquet, PARQUET_VERSION {version}, COMPRESSION {codec}, ROW_GROUP_SIZE 2048)"
            )
    except ImportError:
        pass


class Thrift:
    """Reads Thrift's compact protocol as dictionaries and lists."""

    def __init__(self, data, place=0):
        self.data, self.place = data, place

    def byte(self):
        self.place += 1
        return self.data[self.place - 1]

    def number(self):
        result = shift = 0
        while True:
            byte = self.byte()
            result |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return result

    def signed(self):
        value = self.number()
        return value >> 1 ^ -(value & 1)

    def value(self, kind):
        if kind in (1, 2):
            return kind == 1
        if kind == 3:
            return self.byte()
        if kind in (4, 5, 6):
            return self.signed()
        if kind == 7:
            self.place += 8
            return self.data[self.place - 8 : self.place]
        if kind == 8:
            size = self.number()
            self.place += size
            return self.data[self.place - size : self.place]
        if kind == 9:
            header = self.byte()
            size = header >> 4 if header >> 4 != 15 else self.number()
            kind = header & 15
            return [self.byte() == 1 if kind in (1, 2) else self.value(kind) for _ in range(size)]
        assert kind == 12, kind
        fields, last = {}, 0
        while header := self.byte():
            last = last + (header >> 4) if header >> 4 else self.signed()
            fields[last] = self.value(header & 15)
        return fields


def footer(data):
    assert data[:4] == data[-4:] == b"PAR1"
    size = struct.unpack("<I", data[-8:-4])[0]
    return Thrift(data, len(data) - 8 - size).value(12)


def pages(data, column):
    """The headers of the pages of a column, and their bytes with the headers."""
    start = min(offset for offset in (column.get(11), column[9]) if offset)
    end = start + column[7]
    while start < end:
        reader = Thrift(data, start)
        header = reader.value(12)
        stop = reader.place + header[3]
        yield header, data[start:stop]
        start = stop
    assert start == end


def check_metadata(name, old, new, dropped, trimmed):
    """What the metadata of a file states is true, and pages that nothing is removed from are the same bytes."""
    before, after = footer(old), footer(new)
    for field in before:
        assert field in (3, 4) or before[field] == after[field], (name, field)
    kept_groups = []
    first = 0
    for group in before[4]:
        rows = range(first, first + group[3])
        first += group[3]
        if not rows or any(row not in dropped for row in rows):
            kept_groups.append((group, rows))
    assert len(kept_groups) == len(after[4])
    copied = 0
    for (group, rows), new_group in zip(kept_groups, after[4]):
        assert new_group[3] == sum(row not in dropped for row in rows)
        is_same = new_group[3] == group[3]
        sizes = [0, 0]
        for old_column, new_column in zip(group[1], new_group[1]):
            old_column, column = old_column[3], new_column[3]
            assert old_column[1] == column[1] and old_column[3] == column[3] and old_column[4] == column[4]
            assert not any(field in new_column for field in (4, 5, 6, 7)) and 14 not in column
            old_pages, new_pages = list(pages(old, old_column)), list(pages(new, column))
            sizes[0] += column[6]
            sizes[1] += column[7]
            assert column[6] == sum(len(data) - header[3] + header[2] for header, data in new_pages)
            data_headers = [header.get(5) or header.get(8) for header, _ in new_pages if header[1] != 2]
            assert column[5] == sum(header[1] for header in data_headers)
            found = {header.get(5, {}).get(2, header.get(8, {}).get(4)) for header, _ in new_pages if header[1] != 2}
            found |= {header[7][2] for header, _ in new_pages if header[1] == 2}
            assert found <= set(column[2]) <= found | {3, 4}, (name, column[3], found, column[2])
            if 13 in column:
                assert sum(entry[3] for entry in column[13]) == len(new_pages)
                assert {entry[2] for entry in column[13]} == found
            is_text = column[3] == [b"text"] and trimmed & set(rows)
            if is_same and not is_text:
                assert [data for _, data in old_pages] == [data for _, data in new_pages], (name, column[3])
            is_flat = len(column[3]) == 1
            row, rest = rows.start, [data for _, data in new_pages]
            for header, data in old_pages if is_flat else []:
                if header[1] != 2:
                    size = (header.get(5) or header.get(8))[1]
                    here = set(range(row, row + size))
                    row += size
                    if here & dropped or is_text and here & trimmed:
                        continue
                assert data in rest, (name, column[3])
                rest = rest[rest.index(data) + 1 :]
                copied += header[1] != 2
        assert sizes == [new_group[2], new_group.get(6, sizes[1])]
    return copied


def without(text, cuts):
    data, end, rest = text.encode(), 0, b""
    for cut in cuts:
        rest, end = rest + data[end : cut[0]], cut[1]
    return (rest + data[end:]).decode()


def trim_list(parts, cuts):
    """Cuts the text that is made of the contents of a list, joined by line feeds."""
    start, result = 0, []
    for part in parts:
        if part["content"] is not None:
            end = start + len(part["content"].encode())
            own = [(max(a, start) - start, min(b, end) - start) for a, b in cuts if max(a, start) < min(b, end)]
            part = dict(part, content=without(part["content"], own))
            start = end + 1
        result.append(part)
    return result


def check(root, field, also_dropped):
    """Compares the files that were cleaned in each folder of the root."""
    totals = collections.Counter()
    for folder in sorted(root.iterdir()):
        decisions = collections.defaultdict(dict)
        for line in open(folder / "results" / "manifest.jsonl"):
            entry = json.loads(line)
            decisions[pathlib.Path(entry["source"]).name][entry["offset"]] = entry
        names = sorted(path.name for path in (folder / "corpus").glob("*.parquet"))
        assert names == sorted(decisions) == sorted(path.name for path in (folder / "cleaned").iterdir())
        for name in names:
            entries = decisions[name]
            dropped = {row for row, entry in entries.items() if entry["status"] in ("drop", also_dropped)}
            cuts = {
                row: [(cut["start"], cut["end"]) for cut in entry["cuts"]]
                for row, entry in entries.items()
                if entry["status"] == "trim"
            }
            totals += check_file(folder / "corpus" / name, folder / "cleaned" / name, field, dropped, cuts)
    return totals


def check_file(old, new, field, dropped, cuts):
    want = pq.read_table(old)
    column = want.schema.get_field_index(field)
    values = want.column(column).to_pylist()
    for row, ranges in cuts.items():
        values[row] = trim_list(values[row], ranges) if field == "messages" else without(values[row], ranges)
    if cuts:
        want = want.set_column(column, want.schema.field(column), pa.array(values, want.schema.field(column).type))
    want = want.filter(pa.array([row not in dropped for row in range(want.num_rows)], pa.bool_()))
    got = pq.read_table(new)
    got.validate(full=True)
    assert got.schema.equals(want.schema, check_metadata=True), (new, got.schema, want.schema)
    for place, wanted in enumerate(want.columns):
        found = got.column(place)
        if pa.types.is_dictionary(wanted.type):
            wanted, found = wanted.cast(pa.string()), found.cast(pa.string())
        assert found.combine_chunks().equals(wanted.combine_chunks()), (new, want.column_names[place])
    check_statistics(new)
    assert dropped or cuts or old.read_bytes() == new.read_bytes(), new
    others(new, want)
    trimmed = set(cuts) if field == "text" else set()
    copied = check_metadata(new, old.read_bytes(), new.read_bytes(), dropped, trimmed) if field == "text" else 0
    return collections.Counter(files=1, dropped=len(dropped), trimmed=len(cuts), copied=copied)


def check_statistics(path):
    file = pq.ParquetFile(path)
    for group in range(file.metadata.num_row_groups):
        rows = file.read_row_group(group)
        for place in range(file.metadata.num_columns):
            column = file.metadata.row_group(group).column(place)
            if not column.is_stats_set or column.path_in_schema not in rows.column_names:
                continue
            values, statistics = rows[column.path_in_schema], column.statistics
            if statistics.has_null_count:
                assert statistics.null_count == values.null_count, (path, column.path_in_schema)
            if not statistics.has_min_max or pa.types.is_dictionary(values.type):
                continue
            if values.null_count == len(values) or pa.types.is_decimal(values.type):
                continue
            least, greatest = statistics.min, statistics.max
            found = pc.min_max(values).as_py()
            assert least <= found["min"] and found["max"] <= greatest, (path, column.path_in_schema)


def others(path, want):
    """Other readers read as many rows and texts."""
    texts = want["text"].to_pylist()
    try:
        import polars

        assert polars.read_parquet(path, columns=["text"])["text"].to_list() == texts
    except ImportError:
        pass
    try:
        import duckdb

        assert [row[0] for row in duckdb.sql(f"SELECT text FROM '{path}'").fetchall()] == texts
    except ImportError:
        pass


added = ["status", "reason", "duplicate_of", "similarity", "cluster"]


def check_columns(root):
    """Compares files to which columns were added with the manifest, and all else with the files before."""
    names = [f"reprise_{name}" for name in added]
    for folder in sorted(root.iterdir()):
        entries = [json.loads(line) for line in open(folder / "results" / "manifest.jsonl")]
        old = next((folder / "corpus").glob("*.parquet"))
        new = folder / "cleaned" / old.name
        before, after = pq.read_table(old), pq.read_table(new)
        after.validate(full=True)
        assert after.column_names == before.column_names + names
        for place, column in enumerate(before.columns):
            assert after.schema.field(place).equals(before.schema.field(place), check_metadata=True), old
            found = after.column(place)
            if pa.types.is_dictionary(column.type):
                column, found = column.cast(pa.string()), found.cast(pa.string())
            assert found.combine_chunks().equals(column.combine_chunks()), (old, before.column_names[place])
        old_metadata, new_metadata = dict(before.schema.metadata or {}), dict(after.schema.metadata or {})
        if b"huggingface" in old_metadata:
            features = json.loads(new_metadata.pop(b"huggingface"))["info"]["features"]
            wanted = json.loads(old_metadata.pop(b"huggingface"))["info"]["features"]
            types = ["string", "string", "string", "float64", "int64"]
            wanted |= {name: {"dtype": kind, "_type": "Value"} for name, kind in zip(names, types)}
            assert features == wanted
        assert old_metadata == new_metadata
        for name in added:
            assert after[f"reprise_{name}"].to_pylist() == [entry[name] for entry in entries], (old, name)
        assert after.schema.field("reprise_cluster").type == pa.int64()
        one, other = footer(old.read_bytes()), footer(new.read_bytes())
        for group, new_group in zip(one[4], other[4], strict=True):
            for column, new_column in zip(group[1], new_group[1]):
                assert list(pages(old.read_bytes(), column[3])) == list(pages(new.read_bytes(), new_column[3]))
        assert len(other.get(7, [])) in (0, len(other[4][0][1]))
        others(new, before)
    return {"files": len(list(root.iterdir()))}


if sys.argv[1] == "make":
    make(pathlib.Path(sys.argv[2]))
elif sys.argv[1] == "columns":
    print(json.dumps(check_columns(pathlib.Path(sys.argv[2]))))
else:
    print(json.dumps(check(pathlib.Path(sys.argv[2]), sys.argv[3], sys.argv[4])))
