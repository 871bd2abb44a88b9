"""Signatures are those of the specification; comparisons, components and cuts are right."""

import importlib.machinery
import importlib.util
import pathlib
import random

import pytest

import reprise

ROOT = pathlib.Path(__file__).resolve().parents[2]


def scheme():
    """The second implementation of the scheme."""
    pytest.importorskip("xxhash")
    loader = importlib.machinery.SourceFileLoader("scheme", str(ROOT / "scripts/scheme.py"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("scheme", loader))
    loader.exec_module(module)
    return module


def test_signatures_are_those_of_the_specification():
    script = scheme()
    folder = pathlib.Path("/usr/share/unicode")
    if not folder.is_dir():
        pytest.skip(f"there is no folder {folder}: install unicode-data")
    unicode = script.Unicode(folder)
    texts = [
        "One two three four five six SEVEN!", "Ёлка и ÉTÉ e\u0301té", "東京の夜は明るい。", "", "a",
        "x + y = z; f(x)", "the quick brown fox jumps over the lazy dog " * 7,
    ]
    for options in ({}, {"fold": ["accents"]}, {"tokens": "symbols", "case": "keep"}):
        table = reprise.sign(texts, signatures=True, **options)
        for row, text in zip(table, texts):
            description, ids = script.describe(text.encode(), unicode, 5, options)
            signature = script.signature_of(ids, 256)
            assert f"{row['identity_high']:016x}{row['identity_low']:016x}" == description["identity"]
            assert row["tokens"] == description["token_count"]
            if signature:
                assert row["signature"] == signature
                keys = [f"{key:016x}" for key in row["band_keys"]]
                assert keys == script.band_keys(signature, 21, 9)


def test_a_missing_text_has_no_signature():
    table = reprise.sign(["one two", None, ""], signatures=True)
    assert table["tokens"] == [2, None, 0]
    assert table["bytes"] == [7, None, 0]
    assert [keys is None for keys in table["band_keys"]] == [False, True, False]
    assert len(table["band_keys"][0]) == 21 and len(table["signature"][0]) == 256
    assert table["band_keys"][2] == [0] * 21


def test_equal_words_have_equal_identities(small):
    first, second = reprise.identities(small), reprise.identities([t.upper() for t in small])
    kept = [row for row, tokens in enumerate(first["tokens"]) if tokens]
    for name in ("identity_low", "identity_high", "tokens"):
        assert [first[name][row] for row in kept] == [second[name][row] for row in kept]
    assert len({first["identity_low"][row] for row in kept}) > 200


def test_threads_and_kinds_of_tables_do_not_matter(small):
    expected = reprise.sign(small, signatures=True, threads=1)
    for threads in (2, 5):
        table = reprise.sign(small, signatures=True, threads=threads)
        assert list(table) == list(expected)
    assert reprise.signatures(small) == expected["signature"]
    assert reprise.band_keys({"body": small}, text="body") == expected["band_keys"]
    pa = pytest.importorskip("pyarrow")
    arrow = pa.table(expected)
    arrow.validate(full=True)
    assert arrow.schema.field("band_keys").type.list_size == 21
    assert arrow.to_pylist() == list(expected)


def test_candidates_share_a_band_key(small):
    result = reprise.scan(small, find="documents", threshold=0.5, recall=0.9)
    keys = reprise.band_keys(small, threshold=0.5, recall=0.9)
    near = [pair for pair in result.pairs if pair["reason"] == "near"]
    assert near
    for pair in near:
        first, second = keys[pair["first"]], keys[pair["second"]]
        assert any(one == other for one, other in zip(first, second))


def test_similarity_is_that_of_shingle_sets():
    first = "the quick brown fox jumps over the lazy dog near the river"
    second = "the quick brown fox jumps over the lazy cat near the river"

    def shingles(text):
        words = text.split()
        return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}

    one, other = shingles(first), shingles(second)
    found = reprise.similarity(first, second, ngram=3)
    assert (found.intersection, found.union) == (len(one & other), len(one | other))
    assert found.jaccard == len(one & other) / len(one | other)
    assert reprise.compare(first, first.upper()).same_words
    assert not reprise.compare(first, first.upper()).same_text


def test_passages_have_places_in_bytes_and_characters(small):
    passage = " ".join(f"würde{n}" for n in range(60))
    first, second = f"Anfang äöü: {passage} und Schluss", f"東京 {passage}"
    (found,) = reprise.passages(first, second)
    assert first[slice(*found.first_characters)] == passage
    assert second[slice(*found.second_characters)] == passage
    assert first.encode()[slice(*found.first)].decode() == passage
    assert (found.words, found.identity) == (60, 1.0)
    assert reprise.passages(first, second, min_passage=61) == []


def test_components_are_those_of_a_simple_search():
    chance = random.Random(4)
    nodes = [chance.randint(-(2**62), 2**62) for _ in range(300)]
    edges = [(chance.choice(nodes), chance.choice(nodes)) for _ in range(240)]
    neighbours = {}
    for one, other in edges:
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    expected, left = {}, set(neighbours)
    while left:
        start = min(left)
        found, waiting = set(), [start]
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting.extend(neighbours[node])
        expected |= {node: start for node in found}
        left -= found
    table = reprise.components([one for one, _ in edges], [other for _, other in edges])
    assert dict(zip(table["node"], table["component"])) == expected
    assert len(reprise.components([], [])) == 0


def test_cuts_are_applied_in_bytes():
    assert reprise.apply_cuts(["äbc def", "whole"], [[{"start": 2, "end": 5}], []]) == ["ädef", "whole"]
    with pytest.raises(reprise.InvalidData):
        reprise.apply_cuts(["a"], [])


def test_an_explanation_shows_the_kept_text_and_the_passages(small):
    result = reprise.scan(small)
    dropped = result.rows["status"].index("drop")
    explanation = result.explain(dropped)
    assert explanation.kept_text == small[result.rows["duplicate_of"][dropped]]
    assert explanation.text == small[dropped] and "repeats row" in str(explanation)
    trimmed = result.rows["status"].index("trim")
    assert result.explain(trimmed).comparison.passages
    assert "does not repeat" in str(result.explain(0))
