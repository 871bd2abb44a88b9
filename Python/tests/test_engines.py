"""The steps for engines give the decisions of one scan, however components are packed."""

import json
import pathlib
import random
import re

import pytest

pa = pytest.importorskip("pyarrow")

import reprise  # noqa: E402
from reprise import engines  # noqa: E402


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


def identity(sign):
    return sign["identity_low"], sign["identity_high"], sign["tokens"]


def letters(seed):
    """Form letters of which buckets have more than are compared."""
    source = random.Random(seed)
    words = [f"w{number}" for number in range(4000)]
    letter = source.choices(words, k=60)
    made = []
    for _ in range(1200):
        filled = list(letter)
        for _ in range(source.randint(4, 10)):
            filled[source.randrange(60)] = source.choice(words)
        made.append(" ".join(filled))
    return made


def limit_hits(folder, made, options):
    """How often a bucket had more kept documents than are compared: only the summary of a scan of files has it."""
    file = folder / "texts.jsonl"
    file.write_text("".join(json.dumps({"text": text}) + "\n" for text in made))
    return reprise.scan(file, find="documents", **options).summary.raw["documents"]["survivor_limit_hits"]


def measured(scan, row):
    """The pairs of documents with different words that were compared, by rows of the corpus."""
    return {
        (row(pair["first"]), row(pair["second"]), pair["intersection"], pair["union"])
        for pair in pa.table(scan.pairs).to_pylist() if pair["reason"] == "near"
    }


def batches(rows, size):
    """Rows of keys and documents as tables of some size."""
    for start in range(0, len(rows), size):
        part = rows[start:start + size]
        yield pa.table({"key": [key for key, _ in part], "document": [document for _, document in part]})


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    "options",
    [
        {}, {"threshold": 0.5}, {"threshold": 0.35, "recall": 0.9},
        {"signature": "minhash", "ngram": 3, "slots": 128, "case": "keep"},
    ],
)
def test_closed_batches_decide_as_one_scan(options, seed, tmp_path):
    made = texts(seed) + letters(seed)
    signs = engines.sign_batch(pa.array(made), **options).to_pylist()
    first = {}
    for row, sign in enumerate(signs):
        first.setdefault(identity(sign), row)
    reps = sorted(row for row in first.values() if signs[row]["tokens"])
    keys = sorted((key, row) for row in reps for key in signs[row]["keys"])
    edges = pa.Table.from_batches(engines.edges_of_sorted(batches(keys, 1 + 100 * seed)), engines.EDGES)
    found = engines.components(edges["a"], edges["b"])
    tasks = {}
    source = random.Random(seed)
    packed = {component: source.randrange(7) for component in set(found["component"].to_pylist())}
    for node, component in zip(found["node"].to_pylist(), found["component"].to_pylist()):
        tasks.setdefault(packed[component], []).append(node)
    near, pairs, clusters, hits = {}, set(), set(), 0
    for members in tasks.values():
        members.sort()
        found = reprise.scan(pa.array([made[row] for row in members]), find="documents", **options)
        pairs |= measured(found, lambda row: members[row])
        hits += limit_hits(tmp_path, [made[row] for row in members], options)
        clusters |= {frozenset(members[row] for row in one["rows"]) for one in pa.table(found.clusters).to_pylist()}
        verdicts = engines.verify_group(pa.array([made[row] for row in members]), **options)
        for row, verdict in zip(members, verdicts.to_pylist()):
            if verdict["reason"]:
                near[row] = (verdict["reason"], members[verdict["duplicate_of"]], verdict["similarity"])
    scan = reprise.scan(pa.array(made), find="documents", **options)
    whole = pa.table(scan.rows).to_pylist()
    # A copy of a document that is dropped is in a pair, too.
    assert pairs == {pair for pair in measured(scan, lambda row: row) if pair[1] in set(reps)} and len(pairs) > 30
    assert hits == limit_hits(tmp_path, made, options)
    assert hits > 20 or options.get("threshold") != 0.35
    of_reps = [frozenset(one["rows"]) & set(reps) for one in pa.table(scan.clusters).to_pylist()]
    assert clusters == {one for one in of_reps if len(one) > 1}
    expected = {
        row: ("near", whole[row]["duplicate_of"], whole[row]["similarity"])
        for row in reps if whole[row]["reason"] == "near"
    }
    assert near == expected
    assert len(expected) > 30
    # Copies share the identity of the first of them.
    for row, sign in enumerate(signs):
        rep = first[identity(sign)]
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


def edges_of(rows, size):
    return [tuple(edge.values()) for batch in engines.edges_of_sorted(batches(rows, size)) for edge in batch.to_pylist()]


def test_edges_need_one_batch():
    parts = (
        pa.table({"key": [key] * 10_000, "document": range(part * 10_000, (part + 1) * 10_000)})
        for key in range(3) for part in range(10)
    )
    count = 0
    for batch in engines.edges_of_sorted(parts):
        assert batch.schema == engines.EDGES and set(batch["a"].to_pylist()) <= {0}
        count += batch.num_rows
    assert count == 3 * 99_999
    assert edges_of([], 1) == []
    with pytest.raises(reprise.InvalidData):
        list(engines.edges_of_sorted([pa.table({"key": [1, None], "document": [1, 2]})]))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_edges_are_those_of_a_naive_twin(size):
    source = random.Random(size)
    rows = sorted((source.choice([-(1 << 63), -1, 0, 5, (1 << 63) - 1]), source.randrange(20)) for _ in range(300))
    first, expected = {}, []
    for key, document in rows:
        first.setdefault(key, document)
        if document != first[key]:
            expected.append((first[key], document))
    # A document that has a key twice may be given once or twice.
    assert set(edges_of(rows, size)) == set(expected)
    if size == 1000:
        assert len(edges_of(rows, size)) == len(set(rows)) - len(first)


def test_components():
    found = engines.components(pa.array([1, 2, 7]), pa.array([2, 3, 9]))
    assert dict(zip(*(column.to_pylist() for column in found.columns))) == {1: 1, 2: 1, 3: 1, 7: 7, 9: 7}


def test_components_are_those_of_a_naive_twin():
    source = random.Random(3)
    nodes = [source.randrange(-(1 << 63), 1 << 63) for _ in range(500)]
    edges = [(source.choice(nodes), source.choice(nodes)) for _ in range(400)]
    least = {node: node for edge in edges for node in edge}
    changed = True
    while changed:
        changed = False
        for a, b in edges:
            smaller = min(least[a], least[b])
            changed |= least[a] != least[b]
            least[a] = least[b] = smaller
    found = engines.components(pa.array([a for a, _ in edges]), pa.chunked_array([[b for _, b in edges]]))
    assert [tuple(row.values()) for row in found.to_pylist()] == sorted(least.items())


def test_the_example_of_the_page():
    page = (pathlib.Path(__file__).resolve().parents[2] / "docs/cluster.md").read_text("utf-8")
    (code,) = (code for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if "for task in" in code)
    names = {"texts": texts(4)}
    exec(compile(code, "docs/cluster.md", "exec"), names)
    whole = pa.table(reprise.scan(pa.array(names["texts"]), find="documents").rows)["reason"].to_pylist()
    assert len(names["near"]) > 30
    assert all(whole[place] == "near" for place in names["near"])
