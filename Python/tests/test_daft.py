"""The recipe of docs/cluster.md for Daft decides as one scan does."""

import pathlib
import re

import pytest

pa = pytest.importorskip("pyarrow")

import reprise  # noqa: E402
from test_engines import texts  # noqa: E402

pytest.importorskip("daft", reason="needs daft: scripts/test installs it")


def test_the_recipe_of_the_page_decides_as_one_scan():
    page = (pathlib.Path(__file__).resolve().parents[2] / "docs/cluster.md").read_text("utf-8")
    (code,) = (code for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "import daft" in code)
    made = texts(5, 4000)
    names = {"texts": made}
    exec(compile(code, "docs/cluster.md", "exec"), names)
    got = {row["pos"]: (row["near"], row["similarity"]) for row in names["near"]}
    whole = pa.table(reprise.scan(pa.array(made), find="documents").rows).to_pylist()
    first = set(names["copies"].to_pydict()["pos"])
    assert got == {
        row: (one["duplicate_of"], one["similarity"])
        for row, one in enumerate(whole) if one["reason"] == "near" and row in first
    }
    assert len(got) > 100


def test_a_frame_of_daft_is_scanned_and_cleaned():
    daft = pytest.importorskip("daft")
    frame = daft.from_pydict({"id": [5, 6, 7], "text": ["the same text", "The same text", "a different text"]})
    result = reprise.scan(frame)
    assert result.rows["status"] == ["keep", "drop", "keep"]
    left = result.clean()
    assert isinstance(left, daft.DataFrame) and left.to_pydict() == {
        "id": [5, 7], "text": ["the same text", "a different text"],
    }
    assert "It repeats row 0" in str(result.explain("6"))
