"""What a scan cuts, checked by a program that knows only results and texts."""

import random
import subprocess

import pytest

import command
import cut_checker


def sentences(chance, count):
    found = []
    while len(found) < count:
        length = chance.randint(4, 29)
        sentence = [f"w{chance.randrange(3000)}" for _ in range(length)]
        found += [sentence[0].upper(), *sentence[1:-1], sentence[-1] + "."]
    return found[:count]


def texts(seed):
    """Documents of shared blocks, whole, in part or with a different word, and of unique sentences."""
    chance = random.Random(seed)
    blocks = [sentences(chance, chance.choice([10, 30, 45, 60, 120])) for _ in range(10)]
    for _ in range(60):
        parts = []
        for _ in range(chance.randint(1, 9)):
            part = list(chance.choice(blocks)) if chance.random() < 0.8 else sentences(
                chance, chance.randint(3, 40))
            if chance.random() < 0.3:
                start = chance.randrange(len(part))
                part = part[start:chance.randint(start + 1, len(part))]
            if chance.random() < 0.2:
                part[chance.randrange(len(part))] = f"x{chance.randrange(99)}"
            parts.append(" ".join(part))
        yield chance.choice([" ", "\n"]).join(parts)


def scanned(folder, documents, *arguments):
    """The run of a scan that was cleaned."""
    command.write_lines(folder / "texts.jsonl", {"text": documents})
    command.scan(folder, folder / "texts.jsonl", *arguments)
    subprocess.run(
        [command.COMMAND, "clean", str(folder / "results"), "--output", str(folder / "cleaned")],
        check=True, capture_output=True)
    return cut_checker.Run(folder / "results", folder / "cleaned/texts.jsonl")


@pytest.mark.parametrize("arguments", [
    [], ["--cut-at", "words"], ["--cut-at", "lines"], ["--min-passage", 16], ["--cut-repeats"],
    ["--contained", 0], ["--cut", "edited"], ["--min-left", 20], ["--tokens", "symbols"],
    ["--threshold", 1],
], ids=lambda value: " ".join(map(str, value)) or "default")
@pytest.mark.parametrize("seed", range(4))
def test_cuts_are_proved(tmp_path, seed, arguments):
    run = scanned(tmp_path, list(texts(seed)), *arguments)
    assert sum(len(entry["cuts"]) for entry in run.entries) > 20 or "lines" in arguments
    edited = "edited" in arguments
    # An edited passage loses up to three words that the kept place lacks, and so some sentences.
    faults = run.faults(edited)
    assert [fault for fault in faults if not edited or "is gone" not in fault] == []


def test_the_checker_sees_what_is_wrong(tmp_path):
    run = scanned(tmp_path, list(texts(5)))
    assert run.faults() == []
    row = next(row for row, entry in enumerate(run.entries) if entry["status"] == "trim")
    cut = run.entries[row]["cuts"][0]
    cut["source_start"] += 1
    assert any("other words" in fault for fault in run.faults())
    cut["source_start"] -= 1
    cut["end"] -= 1
    assert any(f"byte {cut['end']} is within \"" in fault for fault in run.faults())
    cut["end"] += 1
    run.entries[cut["duplicate_row"]]["status"] = "drop"
    assert any("which is dropped" in fault for fault in run.faults())


@pytest.mark.parametrize("cut_at, start, fault", [
    ("sentences", "The first ends. ", None), ("sentences", "The first ", "1 words from it"),
    ("sentences", "The first ends. A price of 4,", "within \"4,403\""), ("words", "The ", None),
    ("words", "The first ends. A price of 4,", "within \"4,403\""), ("lines", "The ", "two lines"),
    ("lines", "The first ends. A price of 4,403 is named.\n", None),
])
def test_the_checker_sees_where_a_cut_ends(cut_at, start, fault):
    text = "The first ends. A price of 4,403 is named.\n" + "Words of the next line. " * 20
    run = cut_checker.Run.__new__(cut_checker.Run)
    run.cut_at, run.limit, run.texts = cut_at, 49, [text]
    cut = {"start": len(start), "end": len(text)}
    run.entries = [{"status": "trim", "cuts": [cut]}]
    faults = list(run.end_faults(0, cut))
    assert fault in faults[0] if fault else faults == []
