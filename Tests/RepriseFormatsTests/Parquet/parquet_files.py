"""Writes one table as Parquet in many kinds, by several writers, and its rows as JSON Lines."""
import datetime
import decimal
import itertools
import json
import pathlib
import random
import sys

import pyarrow as pa
import pyarrow.parquet as pq

out = pathlib.Path(sys.argv[1])
(out / "kinds").mkdir(parents=True, exist_ok=True)
rng = random.Random(1)
count = 400
words = ["".join(rng.choices("abcdefghiklmnoprstu", k=rng.randint(2, 9))) for _ in range(300)]


def prose(length):
    return " ".join(rng.choices(words, k=length))


texts = []
for row in range(count):
    text = prose(rng.randint(1, 60)) + ("é中文🙂" if row % 5 == 0 else "")
    texts.append(None if row % 97 == 0 else "" if row % 101 == 0 else text)
for row in range(50, count, 50):
    texts[row] = texts[row - 7]
for row in range(60, count, 60):
    texts[row] = (texts[row - 11] or "") + " and a tail"
texts[10] = prose(9000)
metas = [None if row % 13 == 0 else {"lang": "en", "text": texts[row]} for row in range(count)]
messages = [
    None
    if row % 17 == 0
    else [{"role": "user", "content": None if place == 2 else prose(rng.randint(0, 20))} for place in range(row % 5)]
    for row in range(count)
]
start = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)
columns = {
    "text": pa.array(texts),
    "id": pa.array([f"<urn:uuid:{row:08x}>" for row in range(count)]),
    "n": pa.array(range(count), pa.int64()),
    "n32": pa.array([None if row % 7 == 0 else row * 3 - 500 for row in range(count)], pa.int32()),
    "u": pa.array([2**64 - 1 - row for row in range(count)], pa.uint64()),
    "score": pa.array([rng.random() for _ in range(count)], pa.float64()),
    "dump": pa.array([f"dump-{row % 7}" for row in range(count)]).dictionary_encode(),
    "tags": pa.array([[f"t{place}" for place in range(row % 4)] if row % 11 else None for row in range(count)]),
    "meta": pa.array(metas),
    "messages": pa.array(messages),
    "when": pa.array(
        [start + datetime.timedelta(seconds=row * 1000, microseconds=row) for row in range(count)],
        pa.timestamp("us", tz="UTC"),
    ),
    "day": pa.array([datetime.date(1969, 12, 1) + datetime.timedelta(days=row) for row in range(count)]),
    "price": pa.array([decimal.Decimal(row * 7 - 1000) / 100 for row in range(count)], pa.decimal128(12, 2)),
    "needed": pa.array([text or "" for text in texts], pa.large_string()),
    "good": pa.array([bool(row % 3) for row in range(count)]),
}
required = {"needed", "n"}
schema = pa.schema([pa.field(name, column.type, nullable=name not in required) for name, column in columns.items()])
table = pa.table(list(columns.values()), schema=schema)


def plain(value):
    if isinstance(value, datetime.datetime):
        fraction = f".{value.microsecond:06d}" if value.microsecond else ""
        return value.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "Z"
    return str(value) if isinstance(value, (datetime.date, decimal.Decimal)) else value


with open(out / "rows.jsonl", "w") as file:
    for row in table.to_pylist():
        file.write(json.dumps({name: plain(value) for name, value in row.items()}) + "\n")


def write(name, **options):
    pq.write_table(table, out / "kinds" / f"{name}.parquet", **options)


for codec, dictionary, version, size in itertools.product(
    ["none", "snappy", "gzip", "zstd", "lz4", "brotli"], [True, False], ["1.0", "2.0"], [1024, 1 << 20]
):
    write(
        f"{codec}-{int(dictionary)}-{version[0]}-{size}",
        compression=codec,
        use_dictionary=dictionary,
        data_page_version=version,
        data_page_size=size,
        write_batch_size=16 if size == 1024 else 1024,
        row_group_size=150,
    )
for version, size in itertools.product(["1.0", "2.0"], [1024, 1 << 20]):
    options = {
        "use_dictionary": False,
        "data_page_version": version,
        "data_page_size": size,
        "write_batch_size": 16,
        "compression": "zstd",
    }
    write(
        f"deltas-{version[0]}-{size}",
        column_encoding={
            "text": "DELTA_BYTE_ARRAY",
            "needed": "DELTA_BYTE_ARRAY",
            "id": "DELTA_LENGTH_BYTE_ARRAY",
            "n": "DELTA_BINARY_PACKED",
            "n32": "DELTA_BINARY_PACKED",
            "when": "DELTA_BINARY_PACKED",
            "score": "BYTE_STREAM_SPLIT",
            "good": "RLE",
            "messages.list.element.content": "DELTA_BYTE_ARRAY",
        },
        **options,
    )
    write(
        f"lengths-{version[0]}-{size}",
        column_encoding={
            "text": "DELTA_LENGTH_BYTE_ARRAY",
            "needed": "DELTA_LENGTH_BYTE_ARRAY",
            "id": "DELTA_BYTE_ARRAY",
            "u": "BYTE_STREAM_SPLIT",
            "price": "DELTA_BYTE_ARRAY",
        },
        write_page_index=True,
        write_page_checksum=True,
        **options,
    )
write(
    "checksums",
    write_page_checksum=True,
    use_dictionary=False,
    compression="snappy",
    data_page_size=1024,
    write_batch_size=16,
)
write("index", write_page_index=True, store_schema=False)
write("old", use_compliant_nested_type=False, version="1.0")
try:
    import polars

    frame = polars.from_arrow(table)
    frame.write_parquet(out / "kinds" / "polars.parquet")
    frame.write_parquet(out / "kinds" / "polars-lz4.parquet", data_page_size=2000, row_group_size=100, compression="lz4")
except ImportError:
    pass
try:
    import duckdb

    rows = table.set_column(6, "dump", table["dump"].cast(pa.string()))
    for version, codec in itertools.product(["V1", "V2"], ["snappy", "zstd", "gzip", "lz4_raw", "brotli"]):
        target = out / "kinds" / f"duckdb-{version}-{codec}.parquet"
        duckdb.sql(
            f"COPY (SELECT * FROM rows) TO '{target}' "
            f"(FORMAT parquet, PARQUET_VERSION {version}, COMPRESSION {codec}, ROW_GROUP_SIZE 2048)"
        )
except ImportError:
    pass
try:
    import daft

    folder = out / "daft"
    daft.from_arrow(table.set_column(6, "dump", table["dump"].cast(pa.string()))).write_parquet(str(folder))
    (written,) = folder.glob("*.parquet")
    written.rename(out / "kinds" / "daft.parquet")
except ImportError:
    pass
try:
    import datasets

    datasets.Dataset(table).to_parquet(out / "kinds" / "datasets.parquet", batch_size=100)
except ImportError:
    pass
(out / "flat").mkdir(exist_ok=True)
try:
    import fastparquet

    # It writes no structures.
    flat = table.select(["id", "text", "n", "dump"]).to_pandas()
    for version, codec in [(1, "SNAPPY"), (2, "ZSTD"), (1, "GZIP")]:
        fastparquet.writer.DATAPAGE_VERSION = version
        target = out / "flat" / f"fastparquet-{version}-{codec}.parquet"
        fastparquet.write(target, flat, compression=codec, row_group_offsets=150)
except ImportError:
    pass
try:
    from pyspark.sql import SparkSession

    # Spark has no unsigned numbers, and writes times as INT96 unless it is told otherwise.
    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    unsigned = table.set_column(4, "u", table["u"].cast(pa.decimal128(20, 0)))
    frame = spark.createDataFrame(unsigned.set_column(6, "dump", table["dump"].cast(pa.string())))
    for kind in ("INT96", "TIMESTAMP_MICROS"):
        spark.conf.set("spark.sql.parquet.outputTimestampType", kind)
        for version, codec in [("PARQUET_1_0", "snappy"), ("PARQUET_2_0", "zstd"), ("PARQUET_2_0", "gzip")]:
            folder = out / f"spark-{kind}-{version}-{codec}"
            writer = frame.coalesce(1).write.option("compression", codec).option("parquet.writer.version", version)
            writer.parquet(str(folder))
            (written,) = folder.glob("*.parquet")
            written.rename(out / "kinds" / f"{folder.name}.parquet")
except ImportError:
    pass
