"""The result of a table is that of the command for the same texts as JSON Lines."""

import json
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
    pa = pytest.importorskip("pyarrow")
    path = CORPORA / name / "docs.jsonl.zst"
    with pa.input_stream(str(path), compression="zstd") as stream:
        records = [json.loads(line) for line in stream.read().splitlines()]
    table = {column: [record[column] for record in records] for column in ("id", "text")}
    expected = command.scan(tmp_path, path)
    assert same.differences(reprise.scan(table), expected) == []
