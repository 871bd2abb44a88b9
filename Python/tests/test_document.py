"""Every block of docs/python.md runs and prints what the page says."""

import contextlib
import importlib.util
import io
import os
import pathlib
import re

import pytest

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs/python.md"
BLOCK = re.compile(r"```python\n(.*?)```\n(?:\n```output\n(.*?)```\n)?", re.DOTALL)


def test_the_examples_of_the_page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names, skipped, count = {}, [], 0
    for code, output in BLOCK.findall(PAGE.read_text("utf-8")):
        packages = re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE)
        missing = [name for name in packages if importlib.util.find_spec(name) is None]
        if missing:
            skipped += missing
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, str(PAGE), "exec"), names)
        assert printed.getvalue() == output, code
        count += 1
    assert count >= 8
    assert os.path.isfile("results/manifest.jsonl")
    if skipped:
        pytest.skip(f"examples with {', '.join(skipped)} did not run: not installed")


def test_the_example_of_the_readme():
    polars = pytest.importorskip("polars")
    readme = PAGE.parents[1] / "README.md"
    (code,) = (code for code, _ in BLOCK.findall(readme.read_text("utf-8")))
    frame = polars.DataFrame({"text": ["a b c", "A B C!", "d e f g"]})
    names = {"frame": frame, "dataset": frame, "train": frame, "test": frame[2:]}
    exec(compile(code, str(readme), "exec"), names)
    assert names["frame"].height == 2 and names["clean"].height == 2
    assert names["leaks"]["duplicate_in"] == [None, None, "against"]


def test_the_examples_of_the_modules():
    import doctest

    import reprise

    assert doctest.testmod(reprise) == (0, 3)
    pytest.importorskip("polars")
    import reprise.polars

    assert doctest.testmod(reprise.polars) == (0, 2)
