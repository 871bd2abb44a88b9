"""Changes an input under a run: just before the Nth call on it, another file is there, or none."""
import dataclasses
import itertools
import os

from .judge import REFUSED, REPORTED, SAME, WRONG, Judgement, difference, first_line, says_what
from .workspace import content, remove

INPUTS = ("a.jsonl", "b.jsonl.gz", "texts/0.txt")
# What the shell does in the workspace; in "other" are files of the same names that hold something else.
COMMANDS = {
    "other": "cp -p other/{0} tmp/new && mv tmp/new corpus/{0}",
    "longer": "cat corpus/{0} other/{0} > tmp/new && mv tmp/new corpus/{0}",
    "empty": ": > tmp/new && mv tmp/new corpus/{0}",
    "gone": "rm -f corpus/{0}",
    "pipe": "rm -f corpus/{0} && mkfifo corpus/{0}",
    "folder": "rm -f corpus/{0} && mkdir corpus/{0}",
    "zeros": "rm -f corpus/{0} && ln -s /dev/zero corpus/{0}",
}
CALLS = ("stat", "lstat", "fstatat", "fstat", "open", "openat", "read", "pread", "close")
SHORT_CALLS = ("stat", "open", "openat", "read")
JOBS = ("scan", "resume", "clean")
COUNT = 4
# A run that reads a pipe or endless zeros does not end by itself.
PATIENCE = 10


@dataclasses.dataclass(frozen=True)
class Change:
    """One run, one input, and what happens to it before a call on it."""

    job: str
    input: str
    change: str
    call: str
    at: int

    def __str__(self):
        return f"change:{self.job}:{self.input}:{self.change}:{self.call}@{self.at}"

    @property
    def kind(self):
        return f"input changed: {self.change}"

    @classmethod
    def parse(cls, text):
        _, job, name, change, rest = text.split(":")
        call, at = rest.split("@")
        return cls(job, name, change, call, int(at))

    @property
    def command(self):
        return COMMANDS[self.change].format(self.input)

    def run(self, bench, judge):
        job, workspace = bench.job(self.job), bench.workspace
        job.prepare(workspace)
        variables = {"FAULT_CALL": self.call, "FAULT_AT": str(self.at), "FAULT_HOW": "command",
                     "FAULT_PATH": f"corpus/{self.input}", "FAULT_COMMAND": self.command}
        try:
            ended = bench.command.run(job.arguments, workspace.folder, report=bench.report,
                                      variables=variables, patience=PATIENCE)
            if ended.disturbed is None:
                return None
            return self._outcome(bench, judge, job, ended), ""
        except Judgement as judgement:
            return judgement.outcome, judgement.reason
        finally:
            self._mend(bench)

    def _outcome(self, bench, judge, job, ended):
        judge.expect_end(ended)
        changed = [name for name in bench.workspace.changes() if name != f"corpus/{self.input}"]
        if changed:
            raise Judgement(WRONG, f"changed {', '.join(changed)}")
        output = judge.output()
        judge.expect_nothing_left(() if ended.status in (0, 1) else job.resumable, ended)
        if ended.status == 2 and output is None and says_what(ended.errors):
            return REFUSED
        if ended.status == 0 and output in (job.expected, self._expected_when_changed(bench, job)):
            return SAME
        if ended.status == 1 and job.is_scan:
            judge.expect_reported(job, output)
            return REPORTED
        raise Judgement(WRONG, f"ended with {ended.status}, and {difference(output, job.expected)}: "
                               f"{first_line(ended.errors)}")

    def _expected_when_changed(self, bench, job):
        """What a scan gives that begins after the change; there is no such thing for `clean`."""
        if not job.is_scan:
            return job.expected
        if (self.input, self.change) not in bench.changed:
            workspace = bench.workspace
            self._mend(bench)
            os.system(f"cd '{workspace.folder}' && {self.command}")
            bench.command.run(job.beginning, workspace.folder)
            bench.changed[self.input, self.change] = content(workspace.path("out"))
        return bench.changed[self.input, self.change]

    def _mend(self, bench):
        """Puts the same file back: a run that goes on looks at its inode, too."""
        name, workspace = f"corpus/{self.input}", bench.workspace
        workspace.clear()
        if name in workspace.changes():
            path = workspace.path(name)
            if os.path.lexists(path):
                remove(path)
            os.link(f"{bench.pristine}/{self.input}", path)
            workspace.settle(name)


def trials(options):
    """All of them, or of the short form one before each kind of look at one input."""
    inputs, calls, count = (INPUTS[:1], SHORT_CALLS, 1) if options.short else (INPUTS, CALLS, COUNT)
    for job in JOBS:
        if not options.jobs or job in options.jobs:
            for name, change, call, number in itertools.product(inputs, COMMANDS, calls, range(count)):
                yield Change(job, name, change, call, number + 1)
