"""Finds what repeats in a text corpus: exact duplicates, near-duplicates and repeated passages.

>>> import reprise
>>> result = reprise.scan(["one text", "another text", "One text!"])
>>> result.clean()
['one text', 'another text']
"""

from __future__ import annotations

import os
import pathlib
import tempfile
from collections.abc import Collection, Sequence
from typing import Any, Literal

from . import _clean, _inputs, _library, _result
from ._errors import InputError, InvalidData, InvalidOption, RepriseError, Stopped
from ._inputs import Path, TableLike
from ._progress import Progress, ProgressOption, reporter
from ._result import Explanation, Result, Summary
from ._table import Table
from ._texts import (
    Comparison, Passage, Similarity, apply_cuts, band_keys, compare, components, identities, passages,
    sign, signatures, similarity,
)

__version__ = "0.1.0"
__all__ = [
    "Comparison", "Explanation", "InputError", "InvalidData", "InvalidOption", "Passage", "Progress",
    "RepriseError", "Result", "Similarity", "Stopped", "Summary", "Table", "apply_cuts", "band_keys",
    "clean", "compare", "components", "identities", "open", "passages", "scan", "sign", "signatures",
    "similarity",
]


def scan(
    data: TableLike | Path | Sequence[os.PathLike[str]],
    /,
    *,
    preset: Literal["archive", "training", "code", "docs"] | None = None,
    text: str | Sequence[str] = "text",
    id: str | None = None,
    find: Literal["documents", "passages", "all"] = "all",
    threshold: float = 0.8,
    recall: float = 0.95,
    ngram: int = 5,
    fold: Collection[str] | None = None,
    tokens: Literal["words", "symbols"] | None = None,
    case: Literal["fold", "keep"] | None = None,
    keep: str | Sequence[str] | None = None,
    against: TableLike | Path | Sequence[Path] | None = None,
    min_passage: int = 50,
    min_identity: float | None = None,
    cut: Literal["exact", "edited", "none"] | None = None,
    contained: float = 0.95,
    verify: Literal["exact", "signature"] = "exact",
    signature: Literal["sketch", "minhash"] = "sketch",
    slots: int = 256,
    threads: int | None = None,
    memory: int | str | None = None,
    ignore_text: Sequence[Path] = (),
    output: Path | None = None,
    progress: ProgressOption = None,
    **options: Any,
) -> Result:
    """Finds what repeats, and decides which documents are kept.

    The decisions are those of the command `reprise scan` with the same options.

    Args:
        data: a table: a frame or series of polars or pandas, a table of pyarrow or another package with
            the Arrow interface, a datasets.Dataset, a dictionary of columns, or a list of texts or of
            dictionaries. Or the path of a file or folder as a string or a path object, or a list of path
            objects. A list of strings is a list of texts.
        preset: the options for one use, as docs/presets.md lists them. Options that are given replace
            those of the preset. Those that choose files or their encoding do nothing for a table.
        text: the column with the texts; for files, the field, or several.
        id: the column with the ids; by default `id`, if the table has it.
        find: duplicate documents, repeated passages, or all.
        threshold: the minimum Jaccard similarity of near-duplicates.
        recall: the minimum probability of finding a pair whose similarity is the threshold.
        ngram: the number of words in a shingle.
        fold: further differences to ignore: `accents`, `compatibility`, `hyphens`; by default none.
        tokens: `symbols` to count symbols as words, for programs and formulas; by default `words`.
        case: `keep` if words that differ in case are different; by default `fold`.
        keep: which document of a cluster to prefer: `first` (the default), `longest`, `newest:COLUMN` or
            `highest:COLUMN`, or several, the first to decide first.
        against: reference documents, as data; for files, paths. They are never dropped and not in the
            result, and a document that repeats one is dropped.
        min_passage: the length of the shortest passage to find, in words.
        min_identity: the minimum share of the words of a passage that match, from 0.5 to 1; by default
            0.9.
        cut: what is cut of repeated passages: `exact` (the default), `edited` or `none`.
        contained: drop a document if one kept document has at least this share of its words.
        verify: `signature` to estimate the similarity of candidate pairs, which can be wrong.
        signature: the algorithm of the signatures.
        slots: the number of values in a signature.
        threads: the number of threads; by default the available cores.
        memory: the memory limit without the table, as a number of bytes or a text such as `2G`.
        ignore_text: files with texts that are not passages, such as licence headers.
        output: for files, the results folder; by default a temporary one, which goes with the result.
        progress: a function that is called with a Progress; True for a bar of tqdm; False for nothing.
        options: the other options of the command, with underscores: cut_at, cut_repeats, cut_markup,
            min_left, boilerplate, boilerplate_action, max_document; for files also format, encoding,
            include, exclude and the others.

    Returns:
        the decision on every document.

    Raises:
        InvalidOption: an option is unknown or out of its range.
        InvalidData: a table has no such column, or its data is invalid.
        InputError: a file cannot be read or written.
        TypeError: the data is not a table.
        KeyboardInterrupt: the run was interrupted. What an exception in `progress` raises is passed on.
    """
    rules = {
        "preset": preset, "ngram": ngram, "fold": None if fold is None else list(fold), "tokens": tokens,
        "case": case,
    }
    common: dict[str, Any] = {
        **rules, "find": find, "threshold": threshold, "recall": recall, "keep": keep,
        "min-passage": min_passage, "min-identity": min_identity, "cut": cut, "contained": contained, "verify": verify,
        "signature": signature, "slots": slots, "threads": threads, "memory": _inputs.byte_count(memory, "memory"),
        **{name: _inputs.byte_count(value, name) if name == "max_document" else value for name, value in options.items()},
    }
    paths = _inputs.paths_of(data)
    if paths is not None:
        return _scan_files(paths, common, text, id, against, ignore_text, output, progress)
    if output is not None:
        raise InvalidOption("A table is scanned in memory: output is for files.")
    if not isinstance(text, str):
        raise InvalidOption("A table has one column with the text: name it with text=.")
    if _inputs.paths_of(against) is not None:
        raise InvalidOption("The reference documents of a table are a table, too.")
    ignored = [pathlib.Path(path).read_text("utf-8", "replace") for path in ignore_text]
    keeps = [keep] if isinstance(keep, str) else list(keep or [])
    columns = [text, id or "id", *(rule.partition(":")[2] for rule in keeps if ":" in rule)]
    given = {**common, "text-field": text, "id-field": id, "ignored-texts": ignored}
    return _result.scanned(
        data, against, text, given, {**rules, "min_passage": min_passage, "min_identity": min_identity},
        list(dict.fromkeys(columns)),
        progress,
    )


def _scan_files(
    paths: Sequence[Path], common: dict[str, Any], text: str | Sequence[str], id: str | None,
    against: Any, ignore_text: Sequence[Path], output: Path | None, progress: ProgressOption,
) -> Result:
    references = [against] if isinstance(against, (str, os.PathLike)) else against
    if references is not None and not isinstance(references, (list, tuple)):
        raise InvalidOption("The reference documents of files are files, too: give their paths.")
    keeper = None
    if output is None:
        keeper = tempfile.TemporaryDirectory(prefix="reprise-")
        output = pathlib.Path(keeper.name) / "results"
    given = _library.options({
        **common, "paths": [_library.path_text(path) for path in paths],
        "against": [_library.path_text(path) for path in references or []],
        "ignore-text": [_library.path_text(path) for path in ignore_text],
        "text-field": text, "id-field": id, "output": _library.path_text(output),
    })
    summary = _library.Text()
    with reporter(progress) as report:
        _library.run("scan_files", (given,), (summary.reference,), report)
    summary.take()
    return _result.opened(output, False, keeper)


def open(folder: Path, *, progress: ProgressOption = None) -> Result:
    """Reads the results folder of an earlier scan of files, also one of the command."""
    return _result.opened(folder, progress)


def clean(results: Path, output: Path, *, progress: ProgressOption = None) -> dict[str, Any]:
    """Writes a cleaned copy of the files of a results folder.

    Args:
        results: the results folder.
        output: the folder for the cleaned corpus: new or empty.
        progress: as for scan.

    Returns:
        the counts that the command prints with `--json`.
    """
    return _clean.files(results, output, progress)


