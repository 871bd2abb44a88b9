"""Wrong options have an error that names them."""

import re

import pytest

import reprise

TEXTS = ["a text", "a text"]


@pytest.mark.parametrize("options,words", [
    ({"threshold": 1.2}, "threshold must be above 0 and at most 1, not 1.2"),
    ({"recall": 1}, "recall"), ({"ngram": 0}, "shingle"), ({"slots": 100}, "slots"),
    ({"min_passage": 3}, "passage"), ({"threads": 0}, "threads"), ({"memory": 1000}, "memory"),
    ({"memory": "2 elephants"}, "memory must be a number of bytes"), ({"find": "nothing"}, '"find".*"documents"'),
    ({"keep": "best"}, '"keep"'), ({"keep": ["first", "longest"]}, "last keep policy"),
    ({"fold": ["case"]}, '"fold"'), ({"cut": "all"}, '"cut"'), ({"threshold": "high"}, '"threshold" must be a number'),
    ({"min_pasage": 60}, 'no option "min-pasage".*"min-passage"'), ({"encoding": "auto"}, 'no option "encoding"'),
    ({"threshold": float("nan")}, "JSON|threshold"), ({"max_document": 0}, "document limit"),
    ({"cut_repeats": "yes"}, "true or false"), ({"output": "folder"}, "output is for files"),
    ({"text": ["a", "b"]}, "one column"), ({"against": "old.jsonl"}, "table, too"),
    ({"min_left": object()}, "not possible"),
])
def test_a_wrong_option_is_named(options, words):
    with pytest.raises(reprise.InvalidOption, match=words) as error:
        reprise.scan(TEXTS, **options)
    assert re.match(r"[A-Z\"0-9]|memory|max", str(error.value)) and str(error.value).endswith(".")
    assert isinstance(error.value, ValueError)


def test_sizes_have_units():
    assert reprise.scan(TEXTS, memory="2G").keep_mask == [True, False]
    assert reprise.scan(TEXTS, max_document="1K").keep_mask == [True, False]
    assert reprise.scan(TEXTS, max_document=3).rows["reason"] == ["record-too-long"] * 2


def test_too_little_memory_is_a_wrong_option():
    texts = [f"{number} " * 30 for number in range(150_000)]
    with pytest.raises(reprise.InvalidOption, match="memory limit must be at least 69 MiB"):
        reprise.scan(texts, memory="64M", threads=1)
    with pytest.raises(reprise.InvalidOption, match="Not enough memory.*at least"):
        reprise.scan(texts, memory="69M", threads=1)


def test_ignored_texts_are_read_from_files(small, tmp_path):
    licence = " ".join(f"licence{n}" for n in range(80))
    texts = [f"{text} {licence}" for text in small if len(text) > 300]
    (tmp_path / "licence.txt").write_text(licence)
    assert reprise.scan(texts).summary.trimmed > len(texts) / 2
    assert reprise.scan(texts, ignore_text=[tmp_path / "licence.txt"]).summary.trimmed < len(texts) / 2


@pytest.mark.parametrize("data", [7, None, [1, 2], object(), {"a"}])
def test_what_is_not_a_table_is_a_type_error(data):
    with pytest.raises(TypeError, match="A table was expected"):
        reprise.scan(data)


def test_columns_of_different_length_are_refused():
    with pytest.raises(reprise.InvalidData, match="numbers of rows"):
        reprise.scan({"text": ["a", "b"], "id": [1]})
    with pytest.raises(reprise.InvalidData, match='no column "text"'):
        reprise.scan({"body": ["a"]})
    with pytest.raises(reprise.InvalidData, match="scanned"):
        reprise.scan(TEXTS).clean(["a"])
