"""The result of a table is that of the command for the same texts as JSON Lines."""

import json
import os
import pathlib

import pytest

import command
import corpus
import reprise
import same

CORPORA = pathlib.Path(__file__).resolve().parents[3] / "shared/corpora/dev"

SETTINGS = [
    (["--find", "documents"], {"find": "documents"}),
    (["--find", "passages", "--min-left", 30], {"find": "passages", "min_left": 30}),
    (["--keep", "highest:rank", "--keep", "longest", "--cut", "edited"],
     {"keep": ["highest:rank", "longest"], "cut": "edited"}),
    (["--verify", "signature", "--fold", "accents", "--threshold", 0.7, "--slots", 128],
     {"verify": "signature", "fold": ["accents"], "threshold": 0.7, "slots": 128}),
    (["--tokens", "symbols", "--case", "keep", "--ngram", 3, "--cut-at", "words", "--cut-repeats",
      "--boilerplate", 5, "--boilerplate-action", "cut", "--max-document", 900],
     {"tokens": "symbols", "case": "keep", "ngram": 3, "cut_at": "words", "cut_repeats": True,
      "boilerplate": 5, "boilerplate_action": "cut", "max_document": 900}),
]


def external(path):
    """The records of a corpus."""
    pa = pytest.importorskip("pyarrow")
    with pa.input_stream(str(path), compression="zstd") as stream:
        return [json.loads(line) for line in stream.read().splitlines()]


def test_five_thousand_documents_have_no_difference(tmp_path):
    ids, texts, ranks = corpus.documents(5000)
    table = {"id": ids, "text": texts, "rank": ranks}
    command.write_lines(tmp_path / "texts.jsonl", table)
    expected = command.scan(tmp_path, tmp_path / "texts.jsonl")
    assert same.differences(reprise.scan(table, threads=2), expected) == []


@pytest.mark.parametrize("arguments,options", SETTINGS, ids=lambda value: str(value)[:40])
def test_options_have_the_same_effect(documents, tmp_path, arguments, options):
    command.write_lines(tmp_path / "texts.jsonl", documents)
    expected = command.scan(tmp_path, tmp_path / "texts.jsonl", *arguments)
    if "max_document" in options:
        # The limit is that of a record for the command, and that of a text here.
        kept = [len((text or "").encode()) <= 700 for text in documents["text"]]
        table = {n: [v for v, k in zip(values, kept) if k] for n, values in documents.items()}
        command.write_lines(tmp_path / "texts.jsonl", table)
        expected = command.scan(tmp_path, tmp_path / "texts.jsonl", *arguments)
    else:
        table = documents
    assert same.differences(reprise.scan(table, **options), expected) == []


@pytest.mark.parametrize("threads", [1, 3, 7])
def test_the_number_of_threads_does_not_matter(documents, threads):
    one, other = reprise.scan(documents, threads=1), reprise.scan(documents, threads=threads)
    for name in ("rows", "clusters", "pairs", "passages", "problems"):
        assert list(getattr(one, name)) == list(getattr(other, name))


def test_reference_documents_are_those_of_the_command(documents, tmp_path):
    split = 300
    old = {name: values[:split] for name, values in documents.items()}
    new = {name: values[split:] for name, values in documents.items()}
    command.write_lines(tmp_path / "old.jsonl", old)
    command.write_lines(tmp_path / "new.jsonl", new)
    expected = command.scan(
        tmp_path, tmp_path / "new.jsonl", "--against", tmp_path / "old.jsonl"
    )
    result = reprise.scan(new, against=old)
    # Ids and problems of reference documents are those of files, so only new ones are compared.
    expected["problems"] = [p for p in expected["problems"] if "new" in p["source"]]
    own = [p for p in result.problems if p["source"] != "against"]
    assert [p["class"] for p in own] == [p["class"] for p in expected["problems"]]
    found = [d for d in same.differences(result, expected) if not isinstance(d[0], dict)]
    assert found == []
    dropped = [row for row in result.rows if row["duplicate_in"] == "against"]
    assert dropped
    assert all(row["duplicate_of"] < split for row in dropped)


def test_without_reference_documents_nothing_is_dropped_for_them(documents):
    empty = reprise.scan(documents, against={"text": []})
    assert list(empty.rows) == list(reprise.scan(documents).rows)
    assert len(reprise.scan({"text": []}, against=documents).rows) == 0


@pytest.mark.parametrize("name", ["dynamics_fr", "dynamics_ja", "dynamics_th", "projectops_hi"])
@pytest.mark.skipif(not CORPORA.is_dir(), reason=f"there is no folder {CORPORA}")
def test_an_external_corpus_has_no_difference(tmp_path, name):
    path = CORPORA / name / "docs.jsonl.zst"
    records = external(path)
    table = {column: [record[column] for record in records] for column in ("id", "text")}
    expected = command.scan(tmp_path, path)
    assert same.differences(reprise.scan(table), expected) == []


def layouts(table):
    """The table in every layout of text, and in chunks of several sizes, as (name, table)."""
    pa = pytest.importorskip("pyarrow")
    rows = len(table["text"])
    around = [None] * 5
    padded = pa.table({
        "id": pa.array(around + table["id"] + around), "text": pa.array(around + table["text"] + around, pa.string()),
    })
    for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), "dictionary"):
        text = padded["text"].combine_chunks()
        text = text.dictionary_encode() if kind == "dictionary" else text.cast(kind)
        typed = pa.table({"id": padded["id"], "text": text}).slice(5, rows)
        yield f"{kind} sliced", typed
        for length in (1, 1000, 65_537):
            pieces = [typed.slice(start, length) for start in range(0, rows, length)]
            yield f"{kind} in chunks of {length}", pa.RecordBatchReader.from_batches(
                typed.schema, [batch for piece in pieces for batch in piece.to_batches()]
            )
    whole = pa.table({"id": table["id"], "text": pa.array(table["text"], pa.string())})
    yield "whole", whole
    pandas = pytest.importorskip("pandas")
    yield "pandas", pandas.DataFrame({"id": table["id"], "text": table["text"]})
    polars = pytest.importorskip("polars")
    yield "polars", polars.DataFrame({"id": table["id"], "text": table["text"]})
    yield "lists", table


def the_same_tables(result, first):
    """Whether all tables of two results are equal."""
    pa = pytest.importorskip("pyarrow")
    names = ("rows", "clusters", "pairs", "passages", "problems")
    return [name for name in names if not pa.table(getattr(result, name)).equals(pa.table(getattr(first, name)))]


@pytest.mark.parametrize("find", ["documents", "all"])
@pytest.mark.skipif("REPRISE_LONG_TESTS" not in os.environ, reason="REPRISE_LONG_TESTS=1 compares 90,000 documents")
def test_ninety_thousand_documents_have_no_difference(tmp_path, find):
    tables = {}
    for path in sorted(CORPORA.glob("*/docs.jsonl.zst")):
        records = external(path)
        tables[path.parent.name] = {column: [record[column] for record in records] for column in ("id", "text")}
    for seed in (21, 22):
        ids, texts, _ = corpus.documents((90_000 - sum(len(t["id"]) for t in tables.values())) // (23 - seed) + 1, seed)
        tables[f"generated {seed}"] = {"id": ids, "text": texts}
    count, scans, found = 0, 0, []
    for name, table in tables.items():
        folder = tmp_path / name
        folder.mkdir()
        command.write_lines(folder / "texts.jsonl", table)
        expected = command.scan(folder, folder / "texts.jsonl", "--find", find)
        first = reprise.scan(table, find=find, threads=1)
        found += [(name, difference) for difference in same.differences(first, expected)]
        count += len(first)
        for layout, data in layouts(table):
            other = reprise.scan(data, find=find, threads=(1, 2, 7)[scans % 3])
            scans += 1
            # An integer or a missing id is an id of the table, and the layouts have the same.
            found += [(name, layout, difference) for difference in the_same_tables(other, first)]
    print(f"{find}: {count} documents, {scans} scans, {len(found)} differences")
    assert count >= 90_000 and found == []
