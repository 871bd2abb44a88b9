"""Tables in Markdown, and their place in docs/benchmarks.md."""

import datetime
import os
import pathlib
import platform
import subprocess

from tools import HERE, ROOT

DOCUMENT = ROOT / "docs/benchmarks.md"


def table(tools, document_count, byte_count, title):
    pairs = {tool.quality["exact_pairs"] for tool in tools}
    lines = [
        f"### {title}",
        "",
        f"{document_count:,} documents, {byte_count / 1e6:.1f} MB of text, "
        f"{' or '.join(f'{count:,}' for count in sorted(pairs))} pairs of Jaccard similarity 0.8 "
        "or more.",
        "",
        "| | CPU s (least - most) | wall s | MB/s per CPU s | times Reprise's CPU | peak MB "
        "| recall | precision |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    reference = tools[0].median(0)
    for tool in tools:
        seconds = [run[0] for run in tool.runs]
        lines.append(
            f"| {tool.name} | {tool.median(0):.2f} ({min(seconds):.2f} - {max(seconds):.2f}) "
            f"| {tool.median(1):.2f} | {byte_count / 1e6 / tool.median(0):.0f} "
            f"| {tool.median(0) / reference:.1f} | {tool.median(2):.0f} "
            f"| {tool.quality['recall']:.4f} | {tool.quality['precision']:.4f} |"
        )
    return [*lines, ""]


def heading(command, runs, more, load):
    """When, where and how."""
    information = pathlib.Path("/proc/cpuinfo").read_text()
    model = next(
        (line.split(":")[1].strip() for line in information.splitlines() if "model name" in line),
        platform.machine(),
    )
    flags = {"avx2": "AVX2", "avx512_vbmi2": "AVX-512"}
    sets = [shown for flag, shown in flags.items() if f" {flag}" in information]
    commit = subprocess.run(
        ["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True
    ).stdout.strip()
    versions = [
        line
        for name in ("requirements.txt", *(["requirements-more.txt"] if more else []))
        for line in (HERE / name).read_text().splitlines()
        if "==" in line and not line.startswith("#")
    ]
    return [
        f"`{command}` on {datetime.date.today()}, commit {commit}: {os.cpu_count()} cores of "
        f"{model} ({' and '.join(sets) or 'neither AVX2 nor AVX-512'}), Python "
        f"{platform.python_version()}, {', '.join(versions).replace('==', ' ')}. "
        + (f"Medians of {runs} runs in turns" if runs > 1 else "One run each")
        + f"; load average before them {load:.1f}.",
        "",
    ]


def write_document(lines):
    """Puts the tables between the document's marks."""
    text = DOCUMENT.read_text()
    begin, end = "<!-- tables: begin -->\n", "<!-- tables: end -->\n"
    before, rest = text.split(begin)
    _, after = rest.split(end)
    DOCUMENT.write_text(before + begin + "\n" + "\n".join(lines) + "\n" + end + after)
