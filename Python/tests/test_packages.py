"""The modules for other packages."""

import pytest

import reprise


def test_polars_frames_have_a_namespace(documents):
    polars = pytest.importorskip("polars")
    import reprise.polars  # noqa: F401

    frame = polars.DataFrame(documents)
    expected = reprise.scan(frame, find="documents").clean()
    assert frame.reprise.deduplicate(find="documents").equals(expected)
    marked = frame.reprise.marked(find="documents")
    assert marked.drop("status", "reason", "duplicate_of", "similarity", "cluster").equals(frame)
    assert marked.filter(polars.col("status") != "drop")["text"].equals(expected["text"])
    assert len(frame.reprise.scan().rows) == len(frame)


def test_datatrove_runs_the_step(documents, tmp_path):
    pytest.importorskip("datatrove")
    from datatrove.data import Document
    from datatrove.executor import LocalPipelineExecutor

    from reprise.datatrove import Deduplicate

    rows = [
        (text, f"d{row}", rank)
        for row, (text, rank) in enumerate(zip(documents["text"], documents["rank"])) if text
    ]
    left = []

    def collect(data, rank=0, world_size=1):
        for document in data:
            left.append((document.id, document.text))
            yield document

    def source(data, rank=0, world_size=1):
        for text, identifier, value in rows:
            yield Document(text=text, id=identifier, metadata={"rank": value or 0})

    step = Deduplicate(keep="highest:rank")
    LocalPipelineExecutor(
        pipeline=[source, step, collect], logging_dir=str(tmp_path / "logs"), tasks=1
    ).run()
    table = {"text": [r[0] for r in rows], "id": [r[1] for r in rows], "rank": [r[2] or 0 for r in rows]}
    clean = reprise.scan(table, keep="highest:rank").clean()
    assert left == list(zip(clean["id"], clean["text"]))
