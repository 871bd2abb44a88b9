"""Compares the Parquet files of a results folder with its JSON Lines."""
import json
import pathlib
import sys

import pyarrow as pa
import pyarrow.parquet as pq

results = pathlib.Path(sys.argv[1])


def lines(name):
    return [json.loads(line) for line in open(results / f"{name}.jsonl")]


def filled(value, kind):
    """A value with null for each key that is absent."""
    if pa.types.is_struct(kind):
        assert set(value) <= {field.name for field in kind}, (value, kind)
        return {field.name: filled(value.get(field.name), field.type) for field in kind}
    if pa.types.is_list(kind):
        return [filled(element, kind.value_type) for element in value]
    return value


def check(name, rows):
    table = pq.read_table(results / f"{name}.parquet")
    table.validate(full=True)
    kind = pa.struct(table.schema)
    assert table.to_pylist() == [filled(row, kind) for row in rows], name
    record = next(entry for entry in summary["files"] if entry["name"] == f"{name}.parquet")
    assert (record["lines"], record["bytes"]) == (len(rows), (results / f"{name}.parquet").stat().st_size)
    for reader in readers:
        assert reader(results / f"{name}.parquet") == len(rows), (name, reader)


readers = []
try:
    import polars

    readers.append(lambda path: polars.read_parquet(path).height)
except ImportError:
    pass
try:
    import duckdb

    readers.append(lambda path: len(duckdb.sql(f"SELECT * FROM '{path}'").fetchall()))
except ImportError:
    pass
summary = json.load(open(results / "summary.json"))
counts = []
for name in ["manifest", "pairs", "passages"]:
    rows = lines(name)
    check(name, rows)
    counts.append(len(rows))
members = [
    {"cluster": entry["cluster"], "survivor": member["similarity"] is None} | member
    for entry in lines("clusters")
    for member in entry["members"]
]
check("clusters", members)
cuts = sum(len(row["cuts"]) for row in lines("manifest"))
print(*counts, len(members), cuts)
