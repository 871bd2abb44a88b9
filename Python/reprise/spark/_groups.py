"""Gives each group of rows of a sorted partition as one table, in little memory."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# A larger group is written to a file of the worker, which is read in place.
MEMORY_BYTES = 64 << 20


# The memory of a task: for texts and shingles, and for what is known of each document.
TASK_BYTES = 256 << 20
DOCUMENT_BYTES = 2048


def task_memory(memory: int | str | None, table: pa.Table) -> int | str:
    """Returns the memory limit of a task."""
    return TASK_BYTES + DOCUMENT_BYTES * table.num_rows if memory is None else memory


def map_groups(
    frame: DataFrame, column: str, order: str, function: Callable[[pa.Table], pa.Table], schema: str
) -> DataFrame:
    """Applies a function to the rows of each group, in their order.

    Spark's applyInArrow holds a whole group in memory, and knows no order.

    Args:
        frame: the rows.
        column: the column whose value is equal within a group.
        order: the column that orders a group.
        function: takes the rows of a group.
        schema: the columns that it gives, as Spark writes them.
    """

    def apply(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for table in groups(batches, column):
            yield from function(table).to_batches()

    return frame.repartition(column).sortWithinPartitions(column, order).mapInArrow(apply, schema)


def groups(batches: Iterable[pa.RecordBatch], column: str) -> Iterator[pa.Table]:
    """Yields the rows of each value of a column as a table, which is valid until the next one.

    Args:
        batches: rows that are sorted by the column.
        column: its name.
    """
    group: _Group | None = None
    last: pa.Scalar | None = None
    try:
        for batch in batches:
            runs = pc.run_end_encode(batch.column(column))
            start = 0
            for end, value in zip(runs.run_ends.to_pylist(), runs.values):
                if group is not None and value != last:
                    yield group.table()
                    group.close()
                    group = None
                group = group or _Group(batch.schema)
                group.add(batch.slice(start, end - start))
                start, last = end, value
        if group is not None:
            yield group.table()
    finally:
        if group is not None:
            group.close()


class _Group:
    """The rows of a group: in memory, or in a file if there are many."""

    def __init__(self, schema: pa.Schema) -> None:
        self._schema = schema
        self._batches: list[pa.RecordBatch] = []
        self._byte_count = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._writer: pa.ipc.RecordBatchFileWriter | None = None
        self._path = ""

    def add(self, batch: pa.RecordBatch) -> None:
        self._batches.append(batch)
        self._byte_count += batch.nbytes
        if self._byte_count > MEMORY_BYTES:
            self._write()

    def _write(self) -> None:
        if self._writer is None:
            # Spark's folder for what does not fit in memory, where the disk is large.
            folders = os.environ.get("SPARK_LOCAL_DIRS", "").split(",")
            self._folder = tempfile.TemporaryDirectory(prefix="reprise-", dir=folders[0] or None)
            self._path = os.path.join(self._folder.name, "group.arrow")
            self._writer = pa.ipc.new_file(self._path, self._schema)
        for batch in self._batches:
            self._writer.write_batch(batch)
        self._batches, self._byte_count = [], 0
        # The allocator would keep the memory of the batches.
        pa.default_memory_pool().release_unused()

    def table(self) -> pa.Table:
        """Returns all rows."""
        if self._writer is None:
            return pa.Table.from_batches(self._batches, self._schema)
        self._write()
        self._writer.close()
        return pa.ipc.open_file(pa.memory_map(self._path)).read_all()

    def close(self) -> None:
        """Removes the file."""
        if self._folder is not None:
            self._folder.cleanup()
