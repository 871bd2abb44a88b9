"""Files are scanned, opened and cleaned as the command does it."""

import csv
import gzip
import io
import json
import re
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
    result = reprise.scan(os.fsdecode(path))
    assert len(result) == 1 and result.explain(0).text == "a text"


def lines(records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def separated(records, delimiter):
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(["id", "text"])
    writer.writerows([record["id"], record["text"]] for record in records)
    return file.getvalue().encode()


def parquet(records, **options):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet

    file = pa.BufferOutputStream()
    pyarrow.parquet.write_table(pa.Table.from_pylist(records), file, **options)
    return file.getvalue().to_pybytes()


def zstd(data):
    pa = pytest.importorskip("pyarrow")
    return pa.Codec("zstd").compress(data, asbytes=True)


def nested(records):
    return lines({"id": record["id"], "meta": {"parts": [{"text": record["text"]}]}} for record in records)


# Every format that a scan reads: the name of the file, how it is written, and options.
FORMATS = {
    "JSON Lines": ("corpus.jsonl", lines, {}),
    "gzip": ("corpus.jsonl.gz", lambda records: gzip.compress(lines(records)), {}),
    "zstd": ("corpus.jsonl.zst", lambda records: zstd(lines(records)), {}),
    "a JSON array": ("corpus.json", lambda records: json.dumps(records).encode(), {}),
    "a JSON array in zstd": ("corpus.json.zst", lambda records: zstd(json.dumps(records).encode()), {}),
    "a path of fields": ("corpus.jsonl", nested, {"text": "meta.parts[].text"}),
    "UTF-16": ("corpus.jsonl", lambda records: lines(records).decode().encode("utf-16"), {}),
    "Latin-1": (
        "corpus.jsonl",
        lambda records: lines([{**r, "text": r["text"] + " \xe9t\xe9"} for r in records]).decode()
        .encode("latin-1", "ignore"), {"encoding": "latin1"},
    ),
    "CSV": ("corpus.csv", lambda records: separated(records, ","), {}),
    "CSV with semicolons": ("corpus.csv", lambda records: separated(records, ";"), {"delimiter": ";"}),
    "CSV in gzip": ("corpus.csv.gz", lambda records: gzip.compress(separated(records, ",")), {}),
    "TSV": ("corpus.tsv", lambda records: separated(records, "\t"), {}),
    "Parquet": ("corpus.parquet", lambda records: parquet(records, row_group_size=70), {}),
    "Parquet in zstd": ("corpus.parquet", lambda records: parquet(records, compression="zstd"), {}),
}


@pytest.mark.parametrize("format", FORMATS)
def test_an_explanation_reads_the_documents_of_every_format_again(documents, tmp_path, format):
    name, write, options = FORMATS[format]
    records = [
        # Line ends are those that the formats keep.
        {"id": f"d{row}", "text": text} for row, text in enumerate(documents["text"][:200]) if text and text.strip()
    ]
    (tmp_path / name).write_bytes(write(records))
    in_files = reprise.scan(tmp_path / name, **options)
    if format == "Latin-1":
        records = [
            {**r, "text": (r["text"] + " \xe9t\xe9").encode("latin-1", "ignore").decode("latin-1")} for r in records
        ]
    in_memory = reprise.scan(records)
    assert in_files.keep_mask == in_memory.keep_mask
    changed = {
        status: [row for row, one in enumerate(in_files.rows["status"]) if one == status] for status in ("drop", "trim")
    }
    assert changed["drop"] and changed["trim"]
    for row in [0, *changed["drop"][-3:], *changed["trim"][-3:]]:
        one, other = in_files.explain(row), in_memory.explain(records[row]["id"])
        assert (one.text, one.kept_text, str(one)) == (other.text, other.kept_text, str(other))
        assert one.text == records[row]["text"]


def test_an_explanation_reads_text_files_and_articles_again(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.txt").write_text("ein Text\n---\nnoch ein Text\n---\nEin Text!\n")
    (tmp_path / "texts/b.txt").write_text("ein Text", encoding="utf-16")
    result = reprise.scan(tmp_path / "texts", split_after="^---$")
    explained = result.explain(2)
    assert (explained.text, explained.kept_text) == ("Ein Text!\n", "ein Text\n---\n")
    assert result.explain(3).text.lstrip("\ufeff") == "ein Text" and result.explain(3).kept == 0
    assert result.explain(1).kept_text is None
    (tmp_path / "texts/a.txt").write_text("a different text")
    with pytest.raises(reprise.InputError, match="a.txt"):
        result.explain(3)


@pytest.mark.parametrize("suffix", ["", ".zst"])
def test_an_explanation_reads_reference_files_again(tmp_path, suffix):
    old = [{"id": "x", "text": "the first text of them all"}, {"id": "y", "text": "a second text for the test"}]
    (tmp_path / "old.jsonl").write_bytes(lines(old))
    if suffix:
        (tmp_path / "old.jsonl.zst").write_bytes(zstd(lines(old)))
    (tmp_path / "new.jsonl").write_bytes(lines([{"id": "n", "text": "A second text, for the test!"}]))
    result = reprise.scan(tmp_path / "new.jsonl", against=tmp_path / ("old.jsonl" + suffix))
    explained = result.explain("n")
    assert explained.kept_text == old[1]["text"]
    assert f'It repeats a document of "{tmp_path}/old.jsonl{suffix}"' in str(explained)
    # In memory, the reference document has a row.
    table = reprise.scan([{"text": "A second text, for the test!"}], against=old)
    assert 'It repeats row 1 of "against": 100.0%' in str(table.explain(0))


@pytest.mark.parametrize("name", ["old.jsonl", "old.jsonl.zst", "old.csv", "old.txt"])
def test_an_explanation_of_a_cut_reads_the_reference_document(tmp_path, name):
    shared = " ".join(f"shared{number}" for number in range(80))
    # Two reference documents have one id, and the passage is in the second.
    texts = ["nothing of the passage, at all", f"The old one begins. {shared}. The old one ends.", "Another one."]
    kept = texts[1]
    if name.endswith(".csv"):
        content = b"id,text\n" + b"".join(b'x,"%s"\n' % text.encode() for text in texts)
    elif name.endswith(".txt"):
        content, kept = kept.encode(), kept
    else:
        content = lines([{"id": "x", "text": text} for text in texts])
        content = zstd(content) if name.endswith(".zst") else content
    (tmp_path / name).write_bytes(content)
    own = "\n".join(
        [" ".join(f"own{number}" for number in range(300)) + ".", shared + ".", " ".join(f"more{n}" for n in range(300))]
    )
    (tmp_path / "new.jsonl").write_bytes(lines([{"id": "n", "text": own}, {"id": "other", "text": "a b c"}]))
    result = reprise.scan(tmp_path / "new.jsonl", against=tmp_path / name)
    assert result.rows["status"][0] == "trim" and result.rows[0]["cuts"][0]["duplicate_in"]
    explained = result.explain("n")
    assert explained.kept_text == kept and explained.text == own
    assert [passage.words for passage in explained.comparison.passages] == [80]
    # Results without the offset are told.
    passages = (result.folder / "passages.jsonl").read_text()
    (result.folder / "passages.jsonl").write_text(re.sub('"offset":[0-9]+,', "", passages))
    with pytest.raises(reprise.InvalidData, match="reprise compare"):
        result.explain("n")


def test_locations_that_are_not_in_a_scan_are_refused(corpus_file, tmp_path):
    result = reprise.scan(corpus_file)
    from reprise import _files

    source = result.rows["source"][0]
    assert _files.texts(result.folder, []) == []
    for location in [("other.jsonl", 0, 4), (source, 1, 4), (source, 0, 1 << 40)]:
        with pytest.raises(reprise.InputError, match="document|file"):
            _files.texts(result.folder, [location])
    with pytest.raises(reprise.InvalidData, match="Row 0 .*location"):
        _files.texts(result.folder, [(source, -1, None)])
    with pytest.raises(reprise.InputError):
        _files.texts(tmp_path / "nothing", [(source, 0, None)])


@pytest.mark.parametrize("in_files", [False, True])
def test_dolma_attributes_have_spans_of_characters(documents, tmp_path, monkeypatch, in_files):
    # The texts are read in several parts.
    monkeypatch.setattr("reprise._files.PART_BYTES", 20_000)
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
