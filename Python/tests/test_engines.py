"""The steps for engines give the decisions of one scan, however components are packed."""

import pathlib
import random
import re

import pyarrow as pa
import pytest

import reprise
from reprise import engines


def texts(seed, count=1500):
    """Texts with copies, edited copies, form letters, and texts without words."""
    source = random.Random(seed)
    words = [f"word{number}" for number in range(4000)]
    letter = source.choices(words, k=60)
    made = []
    for _ in range(count):
        kind = source.random()
        if made and kind < 0.2:
            made.append(source.choice(made))
        elif made and kind < 0.45:
            changed = source.choice(made).split(" ")
            for _ in range(source.randint(1, 6)):
                changed[source.randrange(len(changed))] = source.choice(words)
            made.append(" ".join(changed))
        elif kind < 0.6:
            filled = list(letter)
            for _ in range(source.randint(0, 8)):
                filled[source.randrange(60)] = source.choice(words)
            made.append(" ".join(filled))
        elif kind < 0.63:
            made.append(source.choice(["", "?!", "..."]))
        else:
            made.append(" ".join(source.choices(words, k=source.randint(3, 90))))
    return made


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    "options",
    [
        {}, {"threshold": 0.5}, {"threshold": 0.35, "recall": 0.9},
        {"signature": "minhash", "ngram": 3, "slots": 128, "case": "keep"},
    ],
)
def test_closed_batches_decide_as_one_scan(options, seed):
    made = texts(seed)
    signs = engines.sign_batch(pa.array(made), **options).to_pylist()
    first = {}
    for row, sign in enumerate(signs):
        first.setdefault((sign["identity"], sign["tokens"]), row)
    reps = sorted(row for (_, tokens), row in first.items() if tokens)
    keys = sorted((key, row) for row in reps for key in signs[row]["keys"])
    edges = list(engines.edges_of_sorted(keys))
    found = engines.components([a for a, _ in edges], [b for _, b in edges])
    tasks = {}
    source = random.Random(seed)
    packed = {component: source.randrange(7) for component in set(found["component"].to_pylist())}
    for node, component in zip(found["node"].to_pylist(), found["component"].to_pylist()):
        tasks.setdefault(packed[component], []).append(node)
    near = {}
    for members in tasks.values():
        members.sort()
        verdicts = engines.verify_group(pa.array([made[row] for row in members]), **options)
        for row, verdict in zip(members, verdicts.to_pylist()):
            if verdict["reason"]:
                near[row] = (verdict["reason"], members[verdict["duplicate_of"]], verdict["similarity"])
    whole = pa.table(reprise.scan(pa.array(made), find="documents", **options).rows).to_pylist()
    expected = {
        row: ("near", whole[row]["duplicate_of"], whole[row]["similarity"])
        for row in reps if whole[row]["reason"] == "near"
    }
    assert near == expected
    assert len(expected) > 30
    # Copies share the identity of the first of them.
    for row, sign in enumerate(signs):
        rep = first[sign["identity"], sign["tokens"]]
        if rep != row and whole[rep]["status"] != "drop":
            same = sign["text_hash"] == signs[rep]["text_hash"]
            assert whole[row]["reason"] == ("exact" if same else "words")
            assert whole[row]["duplicate_of"] == rep


def test_signs_of_missing_and_chunked_texts():
    whole = engines.sign_batch(pa.array(["one two three", None, "", "\ufeffa b", "a b"]))
    assert whole.schema == engines.SIGNS
    parts = engines.sign_batch(pa.chunked_array([["one two three", None], ["", "\ufeffa b", "a b"]]))
    assert parts == whole
    rows = whole.to_pylist()
    assert set(rows[1].values()) == {None}
    assert rows[3]["text_hash"] == rows[4]["text_hash"] != rows[0]["text_hash"]
    assert engines.sign_batch(pa.array([], pa.string())).num_rows == 0
    unsigned = pa.table(reprise.sign(["one two three"]))["band_keys"].to_pylist()[0]
    assert [key % (1 << 64) for key in rows[0]["keys"]] == unsigned
    with pytest.raises(reprise.InvalidData):
        engines.verify_group(pa.array(["a", None]))


def test_edges_need_one_row():
    rows = ((key, document) for key in range(3) for document in range(100_000))
    edges = list(engines.edges_of_sorted(rows))
    assert len(edges) == 3 * 99_999 and all(first == 0 for first, _ in edges)
    assert list(engines.edges_of_sorted([])) == []
    assert list(engines.edges_of_sorted([(1, 5), (1, 5), (2, 5)])) == []


def test_components():
    found = engines.components(pa.array([1, 2, 7]), pa.array([2, 3, 9]))
    assert dict(zip(*(column.to_pylist() for column in found.columns))) == {1: 1, 2: 1, 3: 1, 7: 7, 9: 7}


def test_the_example_of_the_page():
    page = (pathlib.Path(__file__).resolve().parents[2] / "docs/cluster.md").read_text("utf-8")
    (code,) = (code for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "engines" in code)
    names = {"texts": texts(4)}
    exec(compile(code, "docs/cluster.md", "exec"), names)
    whole = pa.table(reprise.scan(pa.array(names["texts"]), find="documents").rows)["reason"].to_pylist()
    assert len(names["near"]) > 30
    assert all(whole[place] == "near" for place in names["near"])
