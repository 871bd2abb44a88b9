"""Numbers documents in keep order."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .._errors import InvalidData, InvalidOption

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

# Documents that one task numbers, and tasks at most.
PART_ROWS = 250_000
PART_LIMIT = 1024
# Sampled documents for each task.
PART_SAMPLES = 64


@dataclasses.dataclass(frozen=True)
class Policy:
    """The policies of `keep`, as columns by which documents are sorted.

    The columns are v0, v1 and so on; None is the size of the text.
    """

    columns: tuple[str | None, ...]

    @classmethod
    def read(cls, keep: str | Sequence[str]) -> Policy:
        """Reads the option `keep`."""
        columns: list[str | None] = []
        keys = [keep] if isinstance(keep, str) else list(keep)
        if not keys:
            raise InvalidOption('keep is empty. It is "first", "longest", "newest:COLUMN" or "highest:COLUMN".')
        for number, key in enumerate(keys):
            kind, _, column = key.partition(":")
            if kind in ("newest", "highest") and column:
                columns.append(column)
            elif key == "longest":
                columns.append(None)
            elif key != "first" or number + 1 < len(keys):
                raise InvalidOption(
                    f'keep is "first", "longest", "newest:COLUMN" or "highest:COLUMN", or several of them, '
                    f'"first" only at the end. It is not "{key}".'
                )
        return cls(tuple(columns))

    def check(self, types: dict[str, str]) -> None:
        """Raises an error for a column that is missing or has no order that the command knows, too."""
        for column in self.columns:
            if column is not None and types[column] in ("string", "boolean", "binary"):
                raise InvalidData(
                    f'keep needs columns of numbers, dates or timestamps, and "{column}" has {types[column]}.'
                )

    def values(self, is_given: bool) -> list[Column]:
        """The columns v0, v1 and so on; null for reference documents, which have no such columns."""
        from pyspark.sql import functions as F

        return [
            (column_of(column) if is_given else F.lit(None)).alias(f"v{number}")
            for number, column in enumerate(self.columns) if column is not None
        ]


def column_of(name: str) -> Column:
    """Returns a column whose name may have any characters."""
    from pyspark.sql import functions as F

    return F.col("`" + name.replace("`", "``") + "`")


def order_struct(order: Sequence[str], is_document: bool) -> Column:
    """A struct that names a document until it has a number; reference documents come first."""
    from pyspark.sql import functions as F

    fields = [column_of(name).alias(f"o{number}") for number, name in enumerate(order)]
    return F.struct(F.lit(is_document).alias("document"), *fields)


def order_key(policy: Policy, signs: DataFrame) -> Column:
    """A struct by which signed documents are sorted: keep order is its rising order.

    Its fields are of types whose values a driver and a worker write alike: numbers and strings.
    """
    from pyspark.sql import functions as F

    types = dict(signs.dtypes)
    fields: list[Column] = [F.col("o.document").cast("int").alias("document")]
    for number, column in enumerate(policy.columns):
        if column is None:
            fields.append((-F.col("bytes")).alias(f"k{number}"))
            continue
        name, kind = f"v{number}", types[f"v{number}"]
        value = _ascending(F.col(name), kind)
        is_null = F.col(name).isNull()
        if kind in ("float", "double"):
            # The highest number is not one that is no number.
            is_null = is_null | F.isnan(name)
        # The bits of -1 - value, which no whole number overflows.
        falling = F.bitwise_not(value) if _is_whole(kind) else -value
        fields += [is_null.cast("int").alias(f"n{number}"), F.when(~is_null, falling).alias(f"k{number}")]
    for field in signs.schema["o"].dataType.fields[1:]:
        fields.append(_ascending(F.col(f"o.{field.name}"), field.dataType.simpleString()).alias(field.name))
    return F.struct(*fields)


def check_types(types: dict[str, str], order: Sequence[str]) -> None:
    """Raises an error for a column of which the values have no order."""
    for column in order:
        kind = types[column]
        if not (_is_whole(kind) or kind in ("boolean", "float", "double", "string", "binary", "timestamp_ntz")
                or kind.startswith(("decimal", "string", "char", "varchar"))):
            raise InvalidData(
                f'order_by needs columns of numbers, strings, dates or timestamps, and "{column}" has {kind}.'
            )


def _is_whole(kind: str) -> bool:
    return kind in ("tinyint", "smallint", "int", "bigint", "date", "timestamp")


def _ascending(value: Column, kind: str) -> Column:
    """Returns a number or a string that rises as the value does."""
    from pyspark.sql import functions as F

    if kind == "date":
        return F.unix_date(value).cast("long")
    if kind == "timestamp":
        return F.unix_micros(value)
    if kind == "timestamp_ntz":
        return value.cast("string")
    if kind in ("tinyint", "smallint", "int", "bigint", "boolean"):
        return value.cast("long")
    return value.cast("double") if kind == "float" else value


def numbered(signs: DataFrame, policy: Policy, order: Sequence[str]) -> DataFrame:
    """Adds `pos`, the place in keep order, which must be total.

    A document belongs to a part of the order, which is numbered by one task, and the sizes of the parts
    are added up. The bounds of the parts are numbers and strings of the query itself, so whoever computes
    a part again gives the same numbers.

    Args:
        signs: documents with `o`, and the columns of the policy.
        order: the names of the columns in `o`.
    """
    from pyspark.sql import functions as F
    from pyspark.sql.window import Window

    _check_total(signs, order)
    keyed = signs.withColumn("key", order_key(policy, signs))
    keyed = keyed.withColumn("part", _part(keyed))
    sizes = {row["part"]: row["count"] for row in keyed.groupBy("part").count().collect()}
    starts, total = [], 0
    for part in range(max(sizes, default=0) + 1):
        starts.append(total)
        total += sizes.get(part, 0)
    start = F.element_at(F.array(*[F.lit(one).cast("long") for one in starts]), F.col("part") + 1)
    place = F.row_number().over(Window.partitionBy("part").orderBy("key"))
    return keyed.withColumn("pos", start + place - 1).drop("part", "key")


def _check_total(signs: DataFrame, order: Sequence[str]) -> None:
    from pyspark.sql import functions as F

    for number, name in enumerate(order):
        if signs.where(F.col(f"o.o{number}").isNull()).limit(1).count():
            raise InvalidData(f'The order is not total: a document has null in "{name}".')
    found = signs.groupBy("o").count().where(F.col("count") > 1).limit(1).collect()
    if found:
        values = ", ".join(f"{name}={found[0]['o'][number + 1]}" for number, name in enumerate(order))
        kind = "documents" if found[0]["o"]["document"] else "reference documents"
        raise InvalidData(f"The order is not total: {found[0]['count']} {kind} have {values}.")


def _part(keyed: DataFrame) -> Column:
    """The number of the part that a document belongs to."""
    from pyspark.sql import functions as F

    count = keyed.count()
    parts = min(PART_LIMIT, -(-count // PART_ROWS))
    if parts < 2:
        return F.lit(0)
    share = min(1.0, PART_SAMPLES * parts / count)
    sample = keyed.select("key").sample(share, seed=1).orderBy("key").collect()
    chosen = [sample[part * len(sample) // parts]["key"] for part in range(1, parts)] if sample else []
    fields = keyed.schema["key"].dataType.fields
    bounds = [
        F.struct(*[F.lit(value).cast(field.dataType).alias(field.name) for value, field in zip(key, fields)])
        for key in chosen
    ]

    def choose(low: int, high: int) -> Column:
        if low == high:
            return F.lit(low)
        middle = (low + high) // 2
        return F.when(F.col("key") < bounds[middle], choose(low, middle)).otherwise(choose(middle + 1, high))

    return choose(0, len(bounds))
