"""Compares the result of a scan of a table with the results of the command, field by field."""


def differences(result, command, reference_count=0):
    """Returns the differences of all rows, pairs, clusters, passages and problems."""
    found = []
    manifest = command["manifest"]
    if len(manifest) != len(result.rows):
        return [f"{len(manifest)} entries and {len(result.rows)} rows"]
    for row, (entry, own) in enumerate(zip(manifest, result.rows)):
        expected = _expected(entry)
        actual = {name: own[name] for name in expected}
        if own["duplicate_in"]:
            actual["duplicate_of"] = None
        actual["cuts"] = [
            {**cut, "duplicate_of": None if cut["duplicate_in"] else cut["duplicate_of"]}
            for cut in own["cuts"]
        ]
        actual["in_reference"] = bool(own["duplicate_in"])
        expected["in_reference"] = entry["duplicate_in"] is not None
        for cut in expected["cuts"] + actual["cuts"]:
            cut["duplicate_in"] = cut["duplicate_in"] is not None
        if expected != actual:
            found.append((row, expected, actual))
    found += _pairs(result, command)
    found += _clusters(result, command)
    found += _passages(result, command)
    classes = {}
    for problem in command["problems"]:
        classes[problem["class"]] = classes.get(problem["class"], 0) + 1
    if classes != result.summary.problems:
        found.append((classes, result.summary.problems))
    counts = command["summary"]["documents"]
    own = result.summary.raw["documents"]
    found += [(name, counts[name], own[name]) for name in own if counts[name] != own[name]]
    return found


def _expected(entry):
    names = ("status", "reason", "similarity", "cluster", "copies", "words")
    return {
        **{name: entry[name] for name in names},
        "duplicate_of": entry["duplicate_row"],
        "cuts": [
            {
                "start": cut["start"], "end": cut["end"], "duplicate_of": cut["duplicate_row"],
                "duplicate_in": cut.get("duplicate_in"), "source_start": cut["source_start"],
                "source_end": cut["source_end"], "words": cut["words"], "identity": cut["identity"],
            }
            for cut in entry["cuts"]
        ],
    }


def _pairs(result, command):
    offsets = {(entry["source"], entry["offset"]): row for row, entry in enumerate(command["manifest"])}

    def row(document):
        return offsets.get((document["source"], document["offset"]))

    expected = sorted(
        (row(p["first"]) if row(p["first"]) is not None else -1, row(p["second"]), p["reason"], p["jaccard"], p["intersection"] or 0, p["union"] or 0)
        for p in command["pairs"]
    )
    actual = sorted(
        (-1 if p["first_in"] else p["first"], p["second"], p["reason"], p["jaccard"], p["intersection"] or 0, p["union"] or 0)
        for p in result.pairs
    )
    return [] if expected == actual else [("pairs", len(expected), len(actual))]


def _clusters(result, command):
    expected = {}
    for row, entry in enumerate(command["manifest"]):
        if entry["cluster"] is not None:
            expected.setdefault(entry["cluster"], []).append(row)
    actual = {cluster["cluster"]: cluster["rows"] for cluster in result.clusters}
    return [] if expected == actual else [("clusters", len(expected), len(actual))]


def _passages(result, command):
    def places(entry):
        return [
            (p["row"] if p["in"] is None else None, p["start"], p["end"], p["identity"], p["kept"])
            for p in entry["places"]
        ]

    names = ("passage", "title", "words", "documents")
    expected = [({name: p[name] for name in names}, places(p)) for p in command["passages"]]
    actual = [({name: p[name] for name in names}, places(p)) for p in result.passages]
    return [
        ("passage", one, other) for one, other in zip(expected, actual) if one != other
    ] + ([] if len(expected) == len(actual) else [("passages", len(expected), len(actual))])
