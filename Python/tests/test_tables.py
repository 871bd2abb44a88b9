"""Every kind of table gives the same rows, and cleaning gives the kind that came in."""

import datetime
import importlib
import importlib.util

import pytest

import reprise


@pytest.fixture(scope="module")
def expected(documents):
    return list(reprise.scan(documents).rows)


@pytest.fixture(scope="module")
def clean(documents):
    left = reprise.scan(documents).clean()
    return left["id"], left["text"]


def arrow_tables():
    """Every layout of a text column, made with pyarrow."""
    pa = pytest.importorskip("pyarrow")

    def make(kind):
        def table(documents):
            texts = pa.array(documents["text"], pa.string())
            column = texts.dictionary_encode() if kind == "dictionary" else texts.cast(kind)
            return pa.table({"rank": documents["rank"], "text": column, "id": documents["id"]})

        return table

    kinds = {
        "utf8": pa.string(), "large_utf8": pa.large_string(), "view": pa.string_view(),
        "binary": pa.binary(), "dictionary": "dictionary",
    }
    return {name: make(kind) for name, kind in kinds.items()}


KINDS = ["utf8", "large_utf8", "view", "binary", "dictionary"]


@pytest.mark.parametrize("kind", KINDS)
def test_layouts_of_text_give_the_same_rows(documents, expected, kind):
    table = arrow_tables()[kind](documents)
    assert list(reprise.scan(table).rows) == expected


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("length", [1, 7, 100])
def test_slices_in_many_chunks_give_the_same_rows(documents, kind, length):
    pa = pytest.importorskip("pyarrow")
    table = arrow_tables()[kind](documents).slice(13, 400)
    pieces = [table.slice(start, length) for start in range(0, 400, length)]
    reader = pa.RecordBatchReader.from_batches(
        table.schema, [batch for piece in pieces for batch in piece.to_batches()]
    )
    part = {name: values[13:413] for name, values in documents.items()}
    assert list(reprise.scan(reader).rows) == list(reprise.scan(part).rows)


def test_columns_series_and_lists_of_texts_give_the_same_rows(documents):
    texts = documents["text"]
    expected = list(reprise.scan(texts).rows)
    assert list(reprise.scan([{"text": text} for text in texts]).rows) == expected
    assert list(reprise.scan({"body": texts}, text="body").rows) == expected
    pa = pytest.importorskip("pyarrow")
    assert list(reprise.scan(pa.array(texts)).rows) == expected
    assert list(reprise.scan(pa.chunked_array([texts[:7], texts[7:]])).rows) == expected


def test_columns_of_a_dictionary_may_be_of_other_packages(documents):
    expected = list(reprise.scan(documents, keep="highest:rank").rows)
    numpy = pytest.importorskip("numpy")
    ranks = numpy.array([numpy.nan if rank is None else rank for rank in documents["rank"]])
    columns = {"id": tuple(documents["id"]), "text": numpy.array(documents["text"], object), "rank": ranks}
    assert list(reprise.scan(columns, keep="highest:rank").rows) == expected
    texts = numpy.array(["a b", "A B", "c"])
    result = reprise.scan(texts)
    assert result.keep_mask == [True, False, True]
    assert isinstance(result.clean(), numpy.ndarray) and list(result.clean()) == ["a b", "c"]
    components = reprise.components(numpy.array([1, 2]), numpy.array([2, 3]))
    assert components["component"] == [1, 1, 1]
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(documents)
    columns = {name: frame[name] for name in documents}
    assert list(reprise.scan(columns, keep="highest:rank").rows) == expected


def test_records_keep_their_other_fields(documents):
    names = list(documents)
    records = [dict(zip(names, values)) for values in zip(*documents.values())]
    result = reprise.scan(records)
    left = result.clean()
    assert len(left) == sum(result.keep_mask)
    assert {tuple(record) for record in left} == {tuple(names)}
    texts = reprise.apply_cuts(
        [text or "" for text in documents["text"]], result.rows["cuts"]
    )
    for record, row in zip(left, [r for r, kept in enumerate(result.keep_mask) if kept]):
        whole = result.rows["status"][row] != "trim"
        assert record["text"] == (documents["text"][row] if whole else texts[row])


def test_polars(documents, expected, clean):
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(documents)
    for data in (frame, frame.lazy(), frame.rechunk(), polars.concat([frame[:7], frame[7:]], rechunk=False)):
        assert list(reprise.scan(data).rows) == expected
    result = reprise.scan(frame)
    left = result.clean()
    assert isinstance(left, polars.DataFrame) and left.schema == frame.schema
    assert (left["id"].to_list(), left["text"].to_list()) == clean
    lazy = reprise.scan(frame.lazy()).clean()
    assert isinstance(lazy, polars.LazyFrame) and lazy.collect().equals(left)
    assert isinstance(result.clean(frame["text"]), polars.Series)
    assert result.clean(frame["text"]).to_list() == clean[1]
    assert frame.filter(result.keep_mask)["id"].to_list() == clean[0]
    assert frame.filter(polars.Series(result.keep_mask))["id"].to_list() == clean[0]
    marked = result.clean(columns=True, drop=False)
    assert marked["status"].to_list() == result.rows["status"] and len(marked) == len(frame)
    assert result.rows.polars()["status"].to_list() == result.rows["status"]


def test_pandas(documents, expected, clean):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    frame = pandas.DataFrame(documents, index=range(5000, 5000 + len(documents["text"])))
    result = reprise.scan(frame)
    assert list(result.rows) == expected
    left = result.clean()
    assert isinstance(left, pandas.DataFrame) and list(left.columns) == list(frame.columns)
    texts = [None if pandas.isna(text) else text for text in left["text"]]
    assert texts == clean[1]
    assert frame[result.keep_mask].index.tolist() == left.index.tolist()
    assert list(result.rows.pandas()["status"]) == result.rows["status"]
    marked = result.clean(columns=True)
    assert set(marked["status"]) <= {"keep", "trim", "empty", "unreadable"}


@pytest.mark.parametrize("kind", KINDS)
def test_pyarrow(documents, clean, kind):
    pa = pytest.importorskip("pyarrow")
    table = arrow_tables()[kind](documents)
    result = reprise.scan(table)
    left = result.clean()
    assert left.schema == table.schema
    texts = left["text"].cast(pa.large_string()).to_pylist()
    assert (left["id"].to_pylist(), texts) == clean
    assert result.clean(table["text"].combine_chunks()).type == table["text"].type
    if kind != "view":  # pyarrow does not filter string views.
        assert table.filter(result.keep_mask)["id"].to_pylist() == clean[0]
    assert result.rows.arrow()["status"].to_pylist() == result.rows["status"]


def test_pyarrow_datasets_and_readers(documents, expected, clean, tmp_path):
    pa = pytest.importorskip("pyarrow")
    feather, dataset = pytest.importorskip("pyarrow.feather"), pytest.importorskip("pyarrow.dataset")
    table = pa.table(documents)
    feather.write_feather(table, tmp_path / "table.arrow", compression="uncompressed")
    mapped = feather.read_table(tmp_path / "table.arrow", memory_map=True)
    assert list(reprise.scan(mapped).rows) == expected
    source = dataset.dataset(tmp_path / "table.arrow", format="feather")
    result = reprise.scan(source)
    assert list(result.rows) == expected
    assert result.clean()["id"].to_pylist() == clean[0]
    result = reprise.scan(table.to_reader())
    assert list(result.rows) == expected
    with pytest.raises(reprise.InvalidData, match="can be read once"):
        result.clean()
    assert result.clean(table)["id"].to_pylist() == clean[0]


def test_hugging_face_datasets(documents, expected, clean):
    datasets = pytest.importorskip("datasets")
    data = datasets.Dataset.from_dict(documents)
    result = reprise.scan(data)
    assert list(result.rows) == expected
    left = result.clean()
    assert isinstance(left, datasets.Dataset) and left.features == data.features
    assert (list(left["id"]), list(left["text"])) == clean
    chosen = data.select(range(len(data) - 1, -1, -1)).select(range(len(data) - 1, -1, -1))
    assert list(reprise.scan(chosen).rows) == expected
    with pytest.raises(TypeError, match="choose one of"):
        reprise.scan(datasets.DatasetDict({"train": data, "test": data}))


def test_an_explanation_takes_a_number_or_an_id():
    texts = ["the same text", "The same text", "a different text"]
    result = reprise.scan({"id": [70, 71, None], "text": texts})
    assert result.explain("71").row == result.explain(1).row == 1
    assert str(result.explain(1)) == (
        "Row 1: drop (words). It repeats row 0: 100.0% of the shingles of both are equal."
    )
    assert "does not repeat" in str(result.explain(2))
    for row, words in ((3, "no row 3.*0 to 2"), (-1, "no row -1"), ("72", 'the id "72"'), ("None", "the id")):
        with pytest.raises(reprise.InvalidData, match=words):
            result.explain(row)
    with pytest.raises(reprise.InvalidData, match="has no ids"):
        reprise.scan(texts).explain("70")


def test_a_missing_column_is_named_with_those_that_are_there():
    body = {"body": ["a"], "title": ["b"]}
    tables = [body, [{"body": "a", "title": "b"}]]
    for name, make in (
        ("polars", lambda package: [package.DataFrame(body), package.LazyFrame(body)]),
        ("pandas", lambda package: [package.DataFrame(body)]),
        ("datasets", lambda package: [package.Dataset.from_dict(body)]),
        ("pyarrow", lambda package: [package.table(body)]),
    ):
        if importlib.util.find_spec(name):
            tables += make(importlib.import_module(name))
    for table in tables:
        with pytest.raises(reprise.InvalidData, match='no column "text".*"body", "title"'):
            reprise.scan(table)
        assert reprise.scan(table, text="body").keep_mask == [True]


def test_ids_are_given_back_as_they_came():
    texts = ["the same text", "the same text", "a different text"]
    result = reprise.scan({"id": [70, 71, None], "text": texts})
    assert result.rows["id"] == [70, 71, None]
    assert result.rows["duplicate_of_id"] == [None, 70, None]
    assert result.removed_ids["id"] == [71]
    result = reprise.scan({"key": ["a", "b", "c"], "text": texts}, id="key")
    assert list(result.removed_ids) == [{"id": "b"}]
    with pytest.raises(reprise.InvalidData, match="has no ids"):
        reprise.scan(texts).removed_ids
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"id": [70, 71, 72], "text": texts}, schema_overrides={"id": polars.Int16})
    assert polars.DataFrame(reprise.scan(frame).removed_ids)["id"].to_list() == [71]


def test_dates_and_numbers_decide_which_document_is_kept():
    texts = ["the same text"] * 3
    days = [datetime.date(2024, 3, 1), datetime.date(2026, 1, 31), datetime.date(2025, 1, 1)]
    for values in (days, [str(day) for day in days]):
        result = reprise.scan({"text": texts, "day": values}, keep="newest:day")
        assert result.rows["status"] == ["drop", "keep", "drop"]
    for numbers in ([0.5, 0.25, 7.5], [3, 4, 5], [-2.5, None, 1e300]):
        result = reprise.scan({"text": texts, "score": numbers}, keep="highest:score")
        assert result.rows["status"] == ["drop", "drop", "keep"]
    pa = pytest.importorskip("pyarrow")
    for unit in ("s", "ms", "us", "ns"):
        for zone in (None, "Europe/Berlin"):
            column = pa.array([datetime.datetime(d.year, d.month, d.day, 7, 8, 9) for d in days])
            table = pa.table({"text": texts, "day": column.cast(pa.timestamp(unit)).cast(pa.timestamp(unit, zone))})
            assert reprise.scan(table, keep="newest:day").rows["status"] == ["drop", "keep", "drop"]
    for kind in (pa.date32(), pa.date64()):
        table = pa.table({"text": texts, "day": pa.array(days, kind)})
        assert reprise.scan(table, keep="newest:day").rows["status"] == ["drop", "keep", "drop"]


def test_missing_texts_are_unreadable_and_keep_their_places():
    result = reprise.scan(["a b c", None, "a b c", ""])
    assert result.rows["status"] == ["keep", "unreadable", "drop", "empty"]
    assert result.rows["reason"] == [None, "missing-text", "exact", None]
    assert result.summary.problems == {"missing-text": 1}
    assert [problem["row"] for problem in result.problems] == [1]
    assert result.clean() == ["a b c", None, ""]
    assert len(reprise.scan([]).rows) == 0 and reprise.scan([]).clean() == []
    assert reprise.scan([None, None]).summary.unreadable == 2


def test_rows_are_those_of_the_columns(documents, monkeypatch):
    # Blocks that do not begin at a byte of the bits of nulls.
    monkeypatch.setattr("reprise._table.BLOCK_ROWS", 13)
    result = reprise.scan(documents)
    signs = reprise.sign(documents["text"][:100], signatures=True)
    kept = reprise.Table({"id": [1, None, 3], "name": ["a", "b", None]})
    for table in (result.rows, result.clusters, result.pairs, result.passages, result.problems, signs, kept):
        columns = [table[name] for name in table.columns]
        expected = [dict(zip(table.columns, values)) for values in zip(*columns)]
        assert list(table) == [table[row] for row in range(len(table))] == expected


def test_tables_are_shown_and_given_to_other_packages(documents):
    result = reprise.scan(documents)
    assert "documents" in repr(result) and "<table>" in result._repr_html_()
    assert "more" in repr(result.rows) and "&lt;" not in result.rows._repr_html_()
    assert result.rows[3] == result.rows[3 - len(result)] == list(result.rows)[3]
    with pytest.raises(IndexError, match="no row"):
        result.rows[len(result)]
    manifest = list(result.manifest)
    dropped = next(entry for entry in manifest if entry["status"] == "drop")
    assert dropped["duplicate_of"] == documents["id"][dropped["duplicate_row"]]
    pa = pytest.importorskip("pyarrow")
    for name in ("rows", "clusters", "pairs", "passages", "problems"):
        table = getattr(result, name)
        first, second = pa.table(table), pa.table(table)
        first.validate(full=True)
        assert first.equals(second) and first.to_pylist() == list(table)
    del result, table
    first.validate(full=True)
