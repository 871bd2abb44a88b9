"""The kinds of run that are disturbed."""
import dataclasses
import os
import shutil
import time

from .fault import Fault
from .workspace import content, remove

SPLIT = ["--split-after", "^-----$"]
QUIET = ["--no-progress"]
OUTPUT = "out"


@dataclasses.dataclass
class Job:
    """One command, what is there when it begins, and what may be there when it failed."""

    name: str
    arguments: list
    # Beginnings of the names of what a stopped run leaves for --resume.
    resumable: tuple = ()
    # A folder whose content is put into the workspace first.
    before: str | None = None
    # The output that is replaced, and the output that must come.
    old: object = None
    expected: object = None
    # Of a job that signs: the results of a scan of its output.
    scanned: object = None
    counts: dict = dataclasses.field(default_factory=dict)

    @property
    def resuming(self):
        """The arguments of the command that goes on from where this one was stopped."""
        return [*self.beginning, "--resume"] if self.resumable else self.arguments

    @property
    def beginning(self):
        """The arguments of the command that begins anew."""
        return [word for word in self.arguments if word != "--resume"]

    @property
    def is_scan(self):
        return self.arguments[0] == "scan"

    def prepare(self, workspace):
        workspace.clear()
        if self.before:
            workspace.restore(self.before)


def scan(*options):
    return ["scan", "corpus", *SPLIT, *QUIET, "--output", OUTPUT, *options]


ONE, TWO = ["--threads", "1"], ["--threads", "2"]
SCRATCH = (".out.scratch/", ".out.scratch")
SHARDS = {"a.signatures": ["corpus/a.jsonl"],
          "b.signatures": ["corpus/b.jsonl.gz", "corpus/c.jsonl.zst", "corpus/split.txt", "corpus/texts"]}


def jobs():
    sign = ["sign", "corpus", *SPLIT, *QUIET, *ONE, "--output", OUTPUT]
    return [
        Job("scan", scan(*ONE, "--scratch", "scratch"), ("scratch/",)),
        Job("scan-2", scan(*TWO), SCRATCH),
        Job("replace", scan(*ONE), SCRATCH),
        Job("resume", scan(*ONE, "--resume"), SCRATCH),
        Job("resume-2", scan(*TWO, "--resume"), SCRATCH),
        Job("shards", ["scan", "--signatures", *SHARDS, *SPLIT, *QUIET, *ONE, "--output", OUTPUT]),
        Job("clean", ["clean", "results", *QUIET, "--output", OUTPUT]),
        Job("sign", sign, SCRATCH),
        Job("sign-resume", [*sign, "--resume"], SCRATCH),
    ]


class Bench:
    """A workspace with the jobs, and what each gives when it is not disturbed."""

    def __init__(self, command, workspace):
        self.command, self.workspace = command, workspace
        self.report = f"{workspace.folder}.report"
        self.times, self.changed = {}, {}
        # The inputs once more, the same files, outside of the workspace.
        self.pristine = f"{workspace.folder}.pristine"
        shutil.copytree(workspace.path("corpus"), self.pristine, copy_function=os.link)
        run = self._run
        run(["scan", "corpus", *SPLIT, *QUIET, "--output", "results"])
        for name, paths in SHARDS.items():
            run(["sign", *paths, *SPLIT, *QUIET, "--output", name])
        workspace.settle()
        run(["clean", "results", *QUIET, "--output", OUTPUT])
        self.cleaned = content(workspace.path(OUTPUT))
        workspace.clear()
        self.jobs = {job.name: job for job in jobs()}
        self.prepared = set()

    def job(self, name):
        """A job, ready to be run."""
        job = self.jobs[name]
        if name not in self.prepared:
            self.workspace.clear()
            self._prepare(job)
            self.prepared.add(name)
        return job

    def seconds(self, job):
        """How long a job takes undisturbed."""
        if job.name not in self.times:
            job.prepare(self.workspace)
            begun = time.monotonic()
            self._run(job.arguments)
            self.times[job.name] = time.monotonic() - begun
            job.prepare(self.workspace)
        return self.times[job.name]

    def signed(self):
        """The results of a scan of the output, which is a signature file."""
        self.command.run(
            ["scan", "--signatures", OUTPUT, *SPLIT, *QUIET, "--output", "signed"], self.workspace.folder)
        found = content(self.workspace.path("signed"))
        if found is not None:
            remove(self.workspace.path("signed"))
        return found

    def _run(self, arguments):
        ended = self.command.run(arguments, self.workspace.folder)
        if ended.status != 0:
            raise SystemExit(f"fault-injection: an undisturbed run ended with {ended.status}: {ended.errors}")

    def _prepare(self, job):
        workspace = self.workspace
        job.expected = self._output(job.beginning)
        if job.name.startswith("sign"):
            job.scanned = self.signed()
        workspace.clear()
        if job.name == "replace":
            job.old = self._output(scan("--find", "documents"))
        elif job.arguments != job.beginning:
            self._stop(job)
        if workspace.strangers():
            job.before = f"{workspace.folder}.{job.name}"
            workspace.keep(job.before)
        job.prepare(workspace)
        job.counts = self.command.run(job.arguments, workspace.folder, report=self.report).counts
        workspace.clear()

    def _output(self, arguments):
        """What an undisturbed command writes."""
        self._run(arguments)
        return content(self.workspace.path(OUTPUT))

    def _stop(self, job):
        """Stops a run in the middle of the plain file: the first of its chunks is stored."""
        ended = self.command.run(
            job.beginning, self.workspace.folder, Fault("pwrite", "KILL"), 3, report=self.report,
            variables={"FAULT_PATH": ".out.scratch/signatures"})
        if ended.status is None or ended.status >= 0:
            raise SystemExit(f"fault-injection: a run was not stopped: {ended.status} {ended.errors}")
        for name in self.workspace.strangers():
            if not name.startswith(job.resumable):
                remove(self.workspace.path(name))
