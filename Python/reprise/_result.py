"""The result of a scan."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import json
import os
import pathlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from . import _clean, _dolma, _files, _inputs, _library
from ._errors import InvalidData, InvalidOption
from ._inputs import Path
from ._library import Stream, Text
from ._progress import ProgressOption, reporter
from ._table import Table, html_table


@dataclasses.dataclass(frozen=True)
class Summary:
    """The counts of a scan."""

    total: int
    """All documents."""
    kept: int
    """Documents that are kept whole."""
    dropped: int
    """Documents that are dropped."""
    trimmed: int
    """Documents that are kept without passages that others have."""
    empty: int
    """Documents without words, which remain."""
    unreadable: int
    """Documents whose text is missing or cannot be read, which remain."""
    reasons: Mapping[str, int]
    """The number of dropped documents by reason."""
    clusters: int
    pairs: int
    passages: int
    problems: Mapping[str, int]
    """The number of problems of each class."""
    raw: Mapping[str, Any]
    """All of summary.json; for a table, the part of it that there is."""

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Summary:
        counts = raw["documents"]
        reasons = {
            name.removeprefix("drop_"): count
            for name, count in counts.items()
            if name.startswith("drop_") and count
        }
        return cls(
            total=counts["total"], kept=counts["keep"], dropped=counts["removed"],
            trimmed=counts["trim"], empty=counts["empty"], unreadable=counts["unreadable"],
            reasons=reasons, clusters=counts["clusters"], pairs=counts["pairs"],
            passages=counts["passages"], problems=dict(raw["problems"]), raw=raw,
        )


class Result:
    """The decision on every document, and what repeats.

    Attributes:
        rows: one row per document, in its order: status (keep, drop, trim, empty or unreadable),
            reason, duplicate_of (the row that it repeats), duplicate_in (None, or where that row is
            if it is a reference document), similarity, cluster, copies, words and cuts; with ids also
            id and duplicate_of_id; for files also source, offset, length and title.
        clusters: the rows of each cluster of similar documents, and the kept ones.
        pairs: the pairs that were compared and are similar.
        passages: the repeated passages with their places, in bytes of the texts.
        problems: everything that was skipped or replaced.
        summary: the counts.
        folder: the results folder; None for a scan of a table.
    """

    def __init__(
        self, streams: Any, summary: str, *, data: Any = None, text: str = "text",
        folder: pathlib.Path | None = None, keeper: tempfile.TemporaryDirectory[str] | None = None,
        tokens: Mapping[str, Any] | None = None, against: Any = None,
    ) -> None:
        tables = [Table(Stream.from_buffer_copy(stream)) for stream in streams]
        self.rows, self.clusters, self.pairs, self.passages, self.problems = tables
        self.summary = Summary.of(json.loads(summary))
        self.folder = folder
        self._data, self._text, self._against = data, text, against
        self._keeper, self._tokens = keeper, dict(tokens or self._rules())

    def _rules(self) -> dict[str, Any]:
        """The options with which texts are compared, as the results folder has them."""
        scheme, configuration = self.summary.raw["scheme"], self.summary.raw["configuration"]
        rules = {name: scheme[name] for name in ("ngram", "fold", "tokens", "case") if name in scheme}
        return rules | {
            "min_passage": configuration["minimum_passage"], "min_identity": configuration["min_identity"],
        }

    @functools.cached_property
    def keep_mask(self) -> list[bool]:
        """For each row, False if it is dropped: `frame.filter(result.keep_mask)`."""
        return [status != "drop" for status in self.rows["status"]]

    @property
    def removed_ids(self) -> Table:
        """The ids of the dropped documents, as a table with the column `id`.

        Raises:
            InvalidData: the table has no ids.
        """
        if "id" not in self.rows.columns:
            raise InvalidData("The table has no ids. Name their column with id=.")
        ids = self.rows["id"]
        return Table({"id": [ids[row] for row, kept in enumerate(self.keep_mask) if not kept]})

    @property
    def manifest(self) -> Iterator[dict[str, Any]]:
        """The entries of manifest.jsonl, as docs/results.md describes them.

        The entry of a row of a table has no `length` and no `title`. Its source is `table`, and its
        offset the number of the row, which is also its id if the table has no ids.
        """
        if self.folder is not None:
            with open(self.folder / "manifest.jsonl", encoding="utf-8") as lines:
                yield from map(json.loads, lines)
            return
        ids = self.rows["id"] if "id" in self.rows.columns else list(range(len(self.rows)))

        def named(entry: Mapping[str, Any]) -> dict[str, Any]:
            row = None if entry["duplicate_in"] else entry["duplicate_of"]
            return {
                "duplicate_of": None if row is None else ids[row], "duplicate_row": row,
                "duplicate_in": entry["duplicate_in"],
            }

        for number, row in enumerate(self.rows):
            row.pop("duplicate_of_id", None)
            kept = named(row)
            place = {
                "duplicate_source": None if kept["duplicate_row"] is None else "table",
                "duplicate_offset": kept["duplicate_row"],
            }
            cuts = [cut | named(cut) for cut in row["cuts"]]
            entry = {"id": ids[number], "source": "table", "offset": number}
            yield entry | row | {"id": ids[number]} | kept | place | {"cuts": cuts}

    def clean(
        self, data: Any = None, *, output: Path | None = None, drop: bool = True, trim: bool = True,
        columns: bool = False, progress: ProgressOption = None,
    ) -> Any:
        """Removes what repeats.

        Args:
            data: the table; by default the one that was scanned. It has the rows of the scan.
            output: for files, the new folder for the cleaned corpus.
            drop: whether dropped rows are removed.
            trim: whether passages are cut from the texts of trimmed rows.
            columns: add the columns status, reason, duplicate_of, similarity and cluster.
            progress: as for scan.

        Returns:
            the kind of table that was given, or a table of pyarrow for the datasets of pyarrow and for other
            packages; for files a dictionary of counts.
        """
        if data is None and self.folder is not None:
            if output is None:
                raise InvalidOption("The files are cleaned into a new folder: name it with output=.")
            if not (drop and trim) or columns:
                raise InvalidOption("Files are cleaned of everything: drop, trim and columns are for tables.")
            return _clean.files(self.folder, output, progress)
        data = self._data if data is None else data
        if _inputs.is_consumed(data):
            raise InvalidData("The table was a stream, which can be read once. Give the data again.")
        return _clean.table(self, data, self._text, drop=drop, trim=trim, columns=columns)

    def explain(self, row: int | str) -> Explanation:
        """Shows why a document is dropped or trimmed: both texts, and the passages that they share.

        Args:
            row: the number of the row, or its id as a string.

        Raises:
            InvalidData: there is no such row, or its table cannot be read again.
            InputError: a file cannot be read again, or has changed.
        """
        from . import compare

        number = self._number(row)
        entry = self.rows[number]
        cut = max(entry["cuts"], key=lambda cut: int(cut["end"] - cut["start"]), default=None)
        # A document that is trimmed repeats others in its cuts.
        named = entry if cut is None or entry["duplicate_of"] is not None or entry["duplicate_in"] else cut
        kept, reference = named["duplicate_of"], named["duplicate_in"]
        if kept is None and not reference:
            return Explanation(number, entry, self._texts_of([number])[0], None, None, None)
        if reference:
            text, other = *self._texts_of([number]), self._reference_text(number, kept, cut if named is not entry else None)
        else:
            text, other = self._texts_of([number, kept])
        return Explanation(
            number, entry, text, kept, other, compare(other, text, **self._tokens), reference
        )

    def _number(self, row: int | str) -> int:
        if isinstance(row, str):
            ids = self.rows["id"] if "id" in self.rows.columns else []
            found = next((number for number, id in enumerate(ids) if id is not None and str(id) == row), None)
            if found is None:
                raise InvalidData(f'No row has the id "{row}".' if ids else "The table has no ids: give a number.")
            return found
        if not 0 <= row < len(self):
            raise InvalidData(f"There is no row {row}: the rows are 0 to {len(self) - 1}.")
        return row

    def _texts_of(self, rows: Sequence[int]) -> list[str]:
        """Returns the texts of rows."""
        if self.folder is None:
            return [_inputs.text_at(self._data, self._text, row) for row in rows]
        entries = [self.rows[row] for row in rows]
        return _files.texts(self.folder, [(one["source"], one["offset"], one["length"]) for one in entries])

    def _texts_in_parts(self, rows: Sequence[int]) -> Iterator[str]:
        """Yields the texts of rows, of which not all are in memory at once."""
        if self.folder is None:
            return (_inputs.text_at(self._data, self._text, row) for row in rows)
        sources, offsets, lengths = (self.rows[name] for name in ("source", "offset", "length"))
        locations = [(sources[row], offsets[row], lengths[row]) for row in rows]
        return _files.texts_in_parts(self.folder, locations)

    def _reference_text(self, row: int, kept: int | None, cut: Mapping[str, Any] | None) -> str:
        """Returns the text of the reference document that a row, or a cut of it, repeats."""
        if self.folder is None:
            return _inputs.text_at(self._against, self._text, kept or 0)
        entry = next(itertools.islice(self.manifest, row, None))
        location = entry["duplicate_source"], entry["duplicate_offset"]
        if cut is not None:
            named = next(one for one in entry["cuts"] if one["start"] == cut["start"])
            location = self._reference_of_cut(row, named)
        return _files.texts(self.folder, [(*location, None)])[0]

    def _reference_of_cut(self, row: int, cut: Mapping[str, Any]) -> tuple[str, int]:
        """Returns the file and the offset of the reference document that keeps a cut.

        Its id does not tell it apart, because several documents can have it. A passage has both places.
        """
        assert self.folder is not None
        with open(self.folder / "passages.jsonl", encoding="utf-8") as lines:
            for places in (json.loads(line)["places"] for line in lines):
                if not any(
                    place["row"] == row and place["start"] < cut["end"] and cut["start"] < place["end"]
                    for place in places
                ):
                    continue
                for place in places:
                    if (
                        (place["id"], place["in"]) == (cut["duplicate_of"], cut["duplicate_in"])
                        and place["start"] <= cut["source_start"] and cut["source_end"] <= place["end"]
                        and place.get("offset") is not None
                    ):
                        return place["source"], place["offset"]
        raise InvalidData(
            f"Row {row} has a passage of a reference document of which passages.jsonl has no place. Compare both "
            "with the command: reprise compare FILE#LINE FILE#LINE."
        )

    def report(
        self, output: Path | None = None, *, title: str | None = None,
        max_size: int | str | None = None, samples: int | None = None, texts: bool = True,
        audit: Path | None = None, group_by: Literal["file", "folder"] = "file",
        progress: ProgressOption = None,
    ) -> pathlib.Path:
        """Writes one HTML file that shows the results of a scan of files.

        Args:
            output: the file; by default the name of the results folder with `.html`. An older report is
                replaced.
            title: the name of the corpus in the report.
            max_size: the largest size of the file, as a number of bytes or a text such as `2M`.
            samples: the number of near-duplicates to sample, at most 200.
            texts: False to leave out the text of documents.
            group_by: whether files or folders are told apart in the section on which repeats which.
            audit: a file of `reprise audit --json` to include.
            progress: as for scan.

        Returns:
            the file.

        Raises:
            InvalidOption: an option is out of its range, or the result is that of a table.
            InputError: a file of the scan cannot be read or has changed.
        """
        if self.folder is None:
            raise InvalidOption("A report shows files: write the table to a file, and scan that.")
        if output is None:
            if self._keeper is not None:
                raise InvalidOption("The results folder is temporary: name the report with output=.")
            output = self.folder.absolute().with_name(self.folder.name + ".html")
        outcome = Text()
        options = _library.options({
            "results": _library.path_text(self.folder), "output": _library.path_text(output),
            "title": title, "max-size": _inputs.byte_count(max_size, "max_size"), "samples": samples,
            "no-text": not texts, "group-by": group_by, "audit": None if audit is None else _library.path_text(audit),
        })
        with reporter(progress) as report:
            _library.run("report", (options,), (outcome.reference,), report)
        outcome.take()
        return pathlib.Path(os.fspath(output))

    def dolma_attributes(self, folder: Path, *, name: str = "reprise") -> list[pathlib.Path]:
        """Writes attribute files for Dolma: spans [start, end, 1.0] of characters to remove.

        Args:
            folder: the folder for the files; for documents in files, each has the name of its file.
            name: the beginning of the names of the attributes.

        Returns:
            the files.
        """
        return _dolma.write(self, pathlib.Path(folder), name)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        counts = self.summary
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in counts.reasons.items())
        return (
            f"Result of {counts.total:,} documents: {counts.kept:,} kept, {counts.trimmed:,} trimmed, "
            f"{counts.dropped:,} dropped" + (f" ({reasons})" if reasons else "")
        )

    def _repr_html_(self) -> str:
        counts = self.summary
        names = ["documents", "kept", "trimmed", "dropped", "clusters", "passages"]
        values = [
            counts.total, counts.kept, counts.trimmed, counts.dropped, counts.clusters, counts.passages,
        ]
        return html_table(names, [values], 1) + self.rows._repr_html_()


@dataclasses.dataclass(frozen=True)
class Explanation:
    """Why a document is dropped or trimmed."""

    row: int
    entry: Mapping[str, Any]
    """The row of the result."""
    text: str
    kept: int | None
    """The row of the kept document; None if this one repeats none."""
    kept_text: str | None
    comparison: Any
    """The comparison of the kept text with this one."""
    reference: str | None = None
    """Where the kept document is, if it is a reference document."""

    def __str__(self) -> str:
        status, reason = self.entry["status"], self.entry["reason"]
        if self.comparison is None:
            return f"Row {self.row}: {status}. It does not repeat another document."
        kept = f"row {self.kept}" if self.kept is not None else "a document"
        kept += f' of "{self.reference}"' if self.reference else ""
        lines = [
            f"Row {self.row}: {status} ({reason}). It repeats {kept}: "
            f"{self.comparison.jaccard:.1%} of the shingles of both are equal.",
        ]
        for passage in self.comparison.passages:
            start, end = passage.second
            excerpt = self.text.encode("utf-8", "surrogatepass")[start:end].decode("utf-8", "replace")
            shown = excerpt if len(excerpt) <= 200 else excerpt[:199] + "\u2026"
            lines.append(f"  {passage.words} words, {passage.identity:.1%} equal: {shown}")
        return "\n".join(lines)


def opened(
    folder: Path, progress: ProgressOption, keeper: tempfile.TemporaryDirectory[str] | None = None
) -> Result:
    """Reads a results folder."""
    out, summary = (Stream * len(_library.TABLES))(), Text()
    options = _library.options({"results": _library.path_text(folder)})
    with reporter(progress) as report:
        _library.run("open", (options,), (out, summary.reference), report)
    return Result(out, summary.take(), folder=pathlib.Path(os.fspath(folder)), keeper=keeper)


def scanned(
    data: Any, against: Any, text: str, options: Mapping[str, Any], tokens: Mapping[str, Any],
    columns: list[str], progress: ProgressOption,
) -> Result:
    """Scans a table."""
    from . import _capsules

    out, summary = (Stream * len(_library.TABLES))(), Text()
    tables = [_inputs.stream(data, columns)]
    if against is not None:
        tables.append(_inputs.stream(against, [text]))
    capsules = [table.__arrow_c_stream__() for table in tables]
    streams = [_capsules.stream_of(capsule) for capsule in capsules] + [None]
    before = (_library.options(options), streams[0], streams[1])
    with reporter(progress) as report:
        _library.run("scan", before, (out, summary.reference), report)
    del capsules, tables
    return Result(
        out, summary.take(), data=data, text=text, tokens=tokens, against=against
    )


