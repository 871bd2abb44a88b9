"""A preset is that of the command, and options that are given replace its own."""

import subprocess

import pytest

import command
import corpus
import reprise
import same

PRESETS = ["archive", "training", "code", "docs"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Texts that every preset decides on in its own way, as Markdown files and as a table."""
    folder = tmp_path_factory.mktemp("texts")
    texts = [text for text in corpus.documents(120, seed=8)[1] if text]
    start = corpus.Texts(2).text(60)
    # Words divided at a line end, symbols, case, and passages within one text or at the end of another.
    texts += [start + " and a divi-\nded word", start + " and a divided word"]
    texts += ["a + b = c " * 30, "a - b = c " * 30, "Case " * 30, "case " * 30, start + " " + start]
    other = corpus.Texts(3).text(80)
    texts += [other + " tail" * 3, "a short head " + other]
    for number, text in enumerate(texts):
        (folder / f"{number:04}.md").write_text(text)
    (folder / "9000.html").write_text(texts[0])
    (folder / "9001.md").write_text(texts[0])
    (folder / ".gitignore").write_text("9001.md\n")
    return folder


def by_command(folder, output, *arguments):
    run = subprocess.run(
        [command.COMMAND, "scan", folder, "--output", output, "--quiet", *arguments], capture_output=True,
        text=True, check=False,
    )
    assert run.returncode in (0, 1), run.stderr
    return command.results(output)


@pytest.mark.parametrize("preset", PRESETS)
def test_files_with_a_preset_are_decided_as_by_the_command(folder, tmp_path, preset):
    expected = by_command(folder, tmp_path / "results", "--preset", preset)
    result = reprise.scan(folder, preset=preset)
    assert list(result.manifest) == expected["manifest"]
    assert result.summary.raw["configuration"] == expected["summary"]["configuration"]
    assert result.summary.raw["scheme"] == expected["summary"]["scheme"]
    names = {row["source"].rpartition("/")[2] for row in result.rows}
    assert ("9000.html" in names) == (preset != "docs")
    assert ("9001.md" in names) == (preset in ("archive", "training"))
    without = by_command(folder, tmp_path / "without")
    assert without["manifest"] != expected["manifest"]


@pytest.mark.parametrize("preset", PRESETS)
def test_tables_with_a_preset_are_decided_as_by_the_command(folder, tmp_path, preset):
    texts = [path.read_text() for path in sorted(folder.glob("*.md"))]
    command.write_lines(tmp_path / "texts.jsonl", {"text": texts})
    expected = command.scan(tmp_path, tmp_path / "texts.jsonl", "--preset", preset)
    assert same.differences(reprise.scan(texts, preset=preset), expected) == []


@pytest.mark.parametrize("preset,options,arguments", [
    ("training", {"keep": "first"}, ["--keep", "first"]),
    ("training", {"cut_repeats": False, "min_left": 0}, ["--no-cut-repeats", "--min-left", "0"]),
    ("archive", {"min_identity": 0.9, "fold": ["accents"]}, ["--min-identity", "0.9", "--fold", "accents"]),
    ("code", {"tokens": "words", "case": "fold"}, ["--tokens", "words", "--case", "fold"]),
    ("code", {"cut": "exact", "gitignore": False}, ["--cut", "exact", "--no-gitignore"]),
    ("docs", {"include": ["*.html"]}, ["--include", "*.html"]),
])
def test_options_replace_those_of_a_preset(folder, tmp_path, preset, options, arguments):
    expected = by_command(folder, tmp_path / "results", "--preset", preset, *arguments)
    result = reprise.scan(folder, preset=preset, **options)
    assert list(result.manifest) == expected["manifest"]
    assert result.summary.raw["configuration"] == expected["summary"]["configuration"]
    assert result.summary.raw["scheme"] == expected["summary"]["scheme"]


def test_a_preset_compares_and_signs_by_its_rules():
    one, other = "the word is divi-\nded here " * 4, "the word is divided here " * 4
    assert not reprise.compare(one, other).same_words
    assert reprise.compare(one, other, preset="archive").same_words
    assert not reprise.compare(one, other, preset="archive", fold=[]).same_words
    assert reprise.similarity(one, other, preset="archive").jaccard == 1
    first, second = reprise.band_keys([one, other], preset="archive")
    assert first == second and first != reprise.band_keys([one])[0]
    result = reprise.scan([one, other], preset="archive")
    assert result.rows["status"] == ["keep", "drop"]
    assert result.explain(1).comparison.same_words


def test_an_unknown_preset_is_named():
    with pytest.raises(reprise.InvalidOption, match='"preset" is "archive", "training", "code" or "docs", not "all"'):
        reprise.scan(["a text"], preset="all")
