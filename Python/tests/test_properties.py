"""What holds for any texts."""

import pytest

import reprise

hypothesis = pytest.importorskip("hypothesis", reason="needs hypothesis: scripts/test installs it")
from hypothesis import strategies  # noqa: E402

hypothesis.settings.register_profile("fixed", max_examples=40, deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("fixed")

WORDS = strategies.sampled_from(["one", "Two", "drei", "四", "пять", "a-b", "\n", "👍", "x" * 40, "é", "e\u0301"])
TEXT = strategies.one_of(
    strategies.text(strategies.characters(), max_size=60),
    strategies.lists(WORDS, max_size=150).map(" ".join),
)
TEXTS = strategies.lists(strategies.none() | TEXT, max_size=12).flatmap(
    # Texts that come again.
    lambda texts: strategies.permutations(texts + texts[:4])
)


@hypothesis.given(TEXTS)
def test_equal_texts_have_one_that_is_kept(texts):
    rows = list(reprise.scan(texts, min_passage=16, threads=1).rows)
    assert len(rows) == len(texts)
    first = {}
    for number, (text, row) in enumerate(zip(texts, rows)):
        assert (row["status"] == "unreadable") == (text is None)
        if text is None:
            continue
        if text in first and row["words"]:
            assert row["status"] == "drop"
        first.setdefault(text, number)
        if row["duplicate_of"] is not None:
            assert rows[row["duplicate_of"]]["status"] in ("keep", "trim", "empty")
        size = len(text.encode("utf-8", "surrogatepass"))
        ends = [place for cut in row["cuts"] for place in (cut["start"], cut["end"])]
        assert ends == sorted(ends) and all(0 <= place <= size for place in ends)


@hypothesis.given(TEXTS)
def test_what_is_left_has_nothing_to_remove(texts):
    left = reprise.scan(texts, min_passage=16, threads=1).clean()
    again = reprise.scan(left, min_passage=16, threads=1)
    assert again.clean() == left


@hypothesis.given(TEXTS)
def test_every_kind_of_table_gives_the_same_rows(texts):
    polars = pytest.importorskip("polars")
    # Only Python has texts that are not Unicode.
    texts = [text and text.encode("utf-8", "replace").decode() for text in texts]
    expected = list(reprise.scan(texts, threads=1).rows)
    frame = polars.DataFrame({"text": texts}, schema={"text": polars.String})
    assert list(reprise.scan(frame, threads=1).rows) == expected
    assert list(reprise.scan([{"text": text} for text in texts] or {"text": []}, threads=1).rows) == expected


@hypothesis.given(TEXT, TEXT)
def test_similarity_has_no_direction(one, other):
    forth, back = reprise.compare(one, other, min_passage=16), reprise.compare(other, one, min_passage=16)
    assert (forth.jaccard, forth.union, forth.same_words) == (back.jaccard, back.union, back.same_words)
    assert reprise.similarity(one, one).jaccard == 1 or not reprise.identities([one])["tokens"][0]
    for passage in forth.passages:
        start, end = passage.second_characters
        span = other.encode("utf-8", "surrogatepass")[slice(*passage.second)]
        assert other[start:end].encode("utf-8", "surrogatepass") == span


@hypothesis.given(TEXTS)
def test_every_row_is_explained(texts):
    result = reprise.scan(texts, min_passage=16, threads=1)
    for row, text in enumerate(texts):
        explained = result.explain(row)
        assert explained.text == (text or "") and str(explained).startswith(f"Row {row}: ")
