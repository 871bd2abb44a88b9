"""Files are scanned, opened and cleaned as the command does it."""

import gzip
import json
import subprocess

import pytest

import command
import reprise
import same


@pytest.fixture
def corpus_file(documents, tmp_path):
    path = tmp_path / "corpus.jsonl"
    command.write_lines(path, documents)
    return path


def test_a_scan_of_files_is_that_of_the_command(corpus_file, tmp_path, documents):
    expected = command.scan(tmp_path, corpus_file)
    for result in (
        reprise.scan(str(corpus_file)),
        reprise.scan([corpus_file], output=tmp_path / "own"),
        reprise.open(tmp_path / "results"),
    ):
        assert same.differences(result, expected) == []
        assert [row["id"] for row in result.rows] == [entry["id"] for entry in expected["manifest"]]
        assert list(result.manifest) == expected["manifest"]
        assert result.folder.is_dir()
    table = reprise.scan(documents)
    assert result.keep_mask == table.keep_mask
    assert (tmp_path / "own/manifest.jsonl").is_file()


def test_files_are_cleaned_as_the_command_does_it(corpus_file, tmp_path):
    result = reprise.scan(corpus_file)
    with pytest.raises(reprise.InvalidOption, match="output="):
        result.clean()
    counts = result.clean(output=tmp_path / "cleaned")
    assert counts["documents"] == len(result) and counts["dropped"] == result.summary.dropped
    command.scan(tmp_path, corpus_file)
    run = subprocess.run(
        [command.COMMAND, "clean", tmp_path / "results", "--output", tmp_path / "by-command", "--quiet"],
        capture_output=True, text=True, check=False,
    )
    assert run.returncode == 0, run.stderr
    own, other = (tmp_path / n / "corpus.jsonl" for n in ("cleaned", "by-command"))
    assert own.read_bytes() == other.read_bytes()
    with pytest.raises(reprise.InputError):
        reprise.clean(result.folder, tmp_path / "cleaned")


def test_reference_files_and_options_of_files(corpus_file, tmp_path, documents):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.txt").write_text("one text\n---\nanother text\n---\none text\n")
    result = reprise.scan(tmp_path / "texts", split_after="^---$", include=["*.txt"], against=[corpus_file])
    assert len(result) >= 3
    assert result.summary.raw["documents"]["references"] == len(documents["text"])
    with pytest.raises(reprise.InvalidOption, match="files, too"):
        reprise.scan(corpus_file, against=["a text", 7.5, None] and {"text": ["a"]})


def test_a_missing_file_is_an_input_error(tmp_path):
    with pytest.raises(reprise.InputError, match="nothing.jsonl"):
        reprise.scan(tmp_path / "nothing.jsonl")
    with pytest.raises(reprise.InputError):
        reprise.open(tmp_path)
    assert issubclass(reprise.InputError, OSError)


def test_a_damaged_results_folder_is_named(corpus_file, tmp_path):
    reprise.scan(corpus_file, output=tmp_path / "results")
    with open(tmp_path / "results/pairs.jsonl", "a") as file:
        file.write('{"first":1}\n')
    with pytest.raises(reprise.InvalidData, match="pairs.jsonl.*line"):
        reprise.open(tmp_path / "results")


def test_paths_that_are_not_utf_8(tmp_path):
    name = b"caf\xe9-\xf0\x90.txt"
    import os

    path = os.path.join(os.fsencode(tmp_path), name)
    with open(path, "w") as file:
        file.write("a text")
    assert len(reprise.scan(os.fsdecode(path))) == 1


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_an_explanation_reads_the_documents_again(documents, tmp_path, suffix):
    table = {"id": [f"d{row}" for row in range(len(documents["text"]))], "text": documents["text"]}
    path = tmp_path / ("corpus.jsonl" + suffix)
    command.write_lines(tmp_path / "corpus.jsonl", table)
    if suffix:
        path.write_bytes(gzip.compress((tmp_path / "corpus.jsonl").read_bytes()))
    in_files, in_memory = reprise.scan(path), reprise.scan(table)
    rows = [row for row, status in enumerate(in_files.rows["status"]) if status in ("drop", "trim")]
    for row in rows[::10]:
        one, other = in_files.explain(row), in_memory.explain(f"d{row}")
        assert (one.text, one.kept_text, str(one)) == (other.text, other.kept_text, str(other))
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.txt").write_text("ein Text")
    (tmp_path / "texts/b.txt").write_text("ein Text", encoding="utf-16")
    result = reprise.scan(tmp_path / "texts")
    with pytest.raises(reprise.InvalidData, match="has the encoding UTF-16LE"):
        result.explain(1)
    assert result.explain(0).text == "ein Text"


@pytest.mark.parametrize("in_files", [False, True])
def test_dolma_attributes_have_spans_of_characters(documents, tmp_path, in_files):
    path = tmp_path / "corpus.jsonl.gz"
    texts = [text if text is not None else "" for text in documents["text"]]
    ids = [f"d{row}" for row in range(len(texts))]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for identifier, text in zip(ids, texts):
            file.write(json.dumps({"id": identifier, "text": text}, ensure_ascii=False) + "\n")
    result = reprise.scan(path) if in_files else reprise.scan({"id": ids, "text": texts})
    (written,) = result.dolma_attributes(tmp_path / "attributes")
    assert written.name == ("corpus.jsonl.gz" if in_files else "table.jsonl.gz")
    lines = [json.loads(line) for line in gzip.open(written, "rt", encoding="utf-8")]
    assert [line["id"] for line in lines] == ids
    cleaned = reprise.apply_cuts(texts, result.rows["cuts"])
    for line, text, left, status in zip(lines, texts, cleaned, result.rows["status"]):
        duplicate = line["attributes"]["reprise__reprise__duplicate"]
        assert duplicate == ([[0, len(text), 1.0]] if status == "drop" and text else [])
        if status == "trim":
            for start, end, _ in reversed(line["attributes"]["reprise__reprise__passages"]):
                text = text[:start] + text[end:]
            assert text == left


def test_a_report_is_that_of_the_command(corpus_file, tmp_path):
    result = reprise.scan(corpus_file, output=tmp_path / "results")
    page = result.report(title="Of tests", max_size="300K", samples=5)
    assert page == tmp_path / "results.html"
    run = subprocess.run(
        [command.COMMAND, "report", tmp_path / "results", "--title", "Of tests", "--max-size", "300K",
         "--samples", "5", "--output", tmp_path / "by-command.html"],
        capture_output=True, text=True, check=False,
    )
    assert run.returncode == 0, run.stderr
    assert page.read_bytes() == (tmp_path / "by-command.html").read_bytes()
    assert len(page.read_bytes()) <= 300 * 1024

    without = result.report(tmp_path / "without.html", texts=False)
    assert "Of tests" not in without.read_text() and without.stat().st_size < page.stat().st_size
    with pytest.raises(reprise.InvalidOption, match="200"):
        result.report(samples=201)
    with pytest.raises(reprise.InvalidOption, match="output="):
        reprise.scan(corpus_file).report()
    with pytest.raises(reprise.InvalidOption, match="files"):
        reprise.scan(["a text"]).report("page.html")
    corpus_file.unlink()
    with pytest.raises(reprise.InputError, match="corpus.jsonl"):
        result.report()
