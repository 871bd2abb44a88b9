"""Compares the text at every region of a SARIF file with the text that it repeats, word by word.

usage: check_regions.py SARIF JSON [SCHEMA]

JSON is the output of `reprise check --format json` with the same copies. A passage with a likeness of 1 must have
the words of the place that it repeats, in their order. Of any other passage, the longest common subsequence of
words must be at least the share of the longer side that is stated, and not much more. Prints the number of exact
and of edited passages, and of documents.
"""

import bisect
import json
import pathlib
import sys
import unicodedata
import urllib.parse

import jsonschema

files = {}


def text_at(location):
    """The text of a region, counted in code points; lines end with LF or CR LF."""
    place = location["physicalLocation"]
    name = urllib.parse.unquote(place["artifactLocation"]["uri"])
    if name not in files:
        files[name] = pathlib.Path(name).read_bytes().decode("utf-8-sig").split("\n")
    lines, region = files[name], place["region"]
    part = lines[region["startLine"] - 1 : region["endLine"]]
    assert len(part) == region["endLine"] - region["startLine"] + 1, (name, region)
    assert 1 <= region["endColumn"] <= len(part[-1]) + 1, (name, region)
    part[-1] = part[-1][: region["endColumn"] - 1]
    part[0] = part[0][region["startColumn"] - 1 :]
    return "\n".join(part)


def words(text):
    """Runs of letters, marks and numbers, without characters that do not show and without case."""
    shown = (
        "" if unicodedata.category(c) == "Cf" or 0xFE00 <= ord(c) <= 0xFE0F
        else c.casefold() if unicodedata.category(c)[0] in "LMN" else " "
        for c in unicodedata.normalize("NFC", text)
    )
    return "".join(shown).split()


def common(first, second):
    """The length of the longest common subsequence, by Hunt and Szymanski."""
    places = {}
    for index, word in enumerate(second):
        places.setdefault(word, []).append(index)
    ends = []
    for word in first:
        for index in reversed(places.get(word, [])):
            at = bisect.bisect_left(ends, index)
            ends[at : at + 1] = [index]
    return len(ends)


sarif, output, *schemas = map(pathlib.Path, sys.argv[1:])
log, stated = json.loads(sarif.read_text()), json.loads(output.read_text())["repeats"]
for schema in schemas:
    jsonschema.validate(log, json.loads(schema.read_text()))
results = log["runs"][0]["results"]
assert len(results) == len(stated), (len(results), len(stated))
counts = {"exact": 0, "edited": 0, "documents": 0}
for result, repeat in zip(results, stated):
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region["startLine"] == repeat["copy"]["start_line"], (region, repeat)
    assert result["ruleId"] == repeat["rule"]
    if result["ruleId"] == "repeated-document":
        counts["documents"] += 1
        continue
    copy, kept = words(text_at(result["locations"][0])), words(text_at(result["relatedLocations"][0]))
    place = (repeat["copy"], repeat["repeats"])
    if repeat["likeness"] == 1:
        counts["exact"] += 1
        assert copy == kept, (place, copy, kept)
        continue
    counts["edited"] += 1
    share = common(copy, kept) / max(len(copy), len(kept))
    assert copy != kept and repeat["likeness"] - 1e-9 <= share <= repeat["likeness"] + 0.03, (place, share, repeat["likeness"])
print(*counts.values())
