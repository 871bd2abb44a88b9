"""Scans of documents on Apache Spark, with the decisions of one scan of everything.

Needs pyspark 4, pyarrow, and this package on every worker. docs/cluster.md says when to use it, and
what is equal.

    import reprise.spark
    kept = reprise.spark.deduplicate(df).where("keep")
"""

from __future__ import annotations

from ._components import connected_components
from ._documents import deduplicate, manifest

__all__ = ["connected_components", "deduplicate", "manifest"]
