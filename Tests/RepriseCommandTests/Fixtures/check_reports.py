"""Checks the files that `reprise check` wrote: SARIF by the models of sarif-pydantic, and by its schema
if that is given; JUnit and rdjsonl by their parsers.

usage: check_reports.py SARIF JUNIT RDJSONL [SCHEMA]

Prints the number of results, and fails if a file breaks a rule.
"""

import json
import pathlib
import sys
import urllib.parse
import xml.etree.ElementTree

import jsonschema
import sarif_pydantic


def text_at(place):
    """The text of a region, counted in code points."""
    location = place["physicalLocation"]
    uri = location["artifactLocation"]["uri"]
    assert not uri.startswith("/") and ":" not in uri.split("/")[0], uri
    lines = pathlib.Path(urllib.parse.unquote(uri)).read_bytes().decode().split("\n")
    region = location["region"]
    first, last = region["startLine"] - 1, region["endLine"] - 1
    part = lines[first : last + 1]
    assert 1 <= region["endColumn"] <= len(lines[last]) + 1, region
    part[-1] = part[-1][: region["endColumn"] - 1]
    part[0] = part[0][region["startColumn"] - 1 :]
    return "\n".join(part)


def words(text):
    return [word for word in "".join(c if c.isalnum() else " " for c in text.lower()).split()]


sarif, junit, reviewdog, *schemas = map(pathlib.Path, sys.argv[1:])
log = json.loads(sarif.read_text())
sarif_pydantic.Sarif.model_validate(log)
for schema in schemas:
    jsonschema.validate(log, json.loads(schema.read_text()))
results = log["runs"][0]["results"]
for result in results:
    copy, kept = text_at(result["locations"][0]), text_at(result["relatedLocations"][0])
    if result["ruleId"] == "repeated-passage":
        assert words(copy) == words(kept) and len(words(copy)) >= 30, (copy, kept)
    assert "(1)" in result["message"]["text"]
    assert all(place["message"]["text"] for place in result["relatedLocations"])

suite = xml.etree.ElementTree.parse(junit).getroot().find("testsuite")
assert int(suite.get("tests")) == len(suite.findall("testcase"))
failures = suite.findall("testcase/failure")
assert int(suite.get("failures")) == len(failures)
assert sum(len(failure.text.split("\n")) for failure in failures) == len(results)

diagnostics = [json.loads(line) for line in reviewdog.read_text().splitlines()]
assert len(diagnostics) == len(results)
for diagnostic, result in zip(diagnostics, results):
    region = result["locations"][0]["physicalLocation"]["region"]
    span = diagnostic["location"]["range"]
    assert span["start"] == {"line": region["startLine"], "column": region["startColumn"]}
    assert span["end"] == {"line": region["endLine"], "column": region["endColumn"]}
print(len(results))
