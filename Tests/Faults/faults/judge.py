"""Decides what became of a disturbed run."""
import json
import re

from .workspace import content

SAME, WARNED, REPORTED, REFUSED, STOPPED = "same", "warned", "reported", "refused", "stopped"
WRONG, LEFT, HUNG, CRASHED = "wrong", "left behind", "hung", "crashed"
GOOD = (SAME, WARNED, REPORTED, REFUSED, STOPPED)
OUTCOMES = (*GOOD, WRONG, LEFT, HUNG, CRASHED)
# Of a command that ends by itself when it gets a signal, as a shell has it.
STOPPING_STATUSES = range(129, 160)
# A process that ends by these cannot tidy up; the next run does.
ABRUPT = ("KILL", "ENOMEM")


class Judgement(Exception):
    """Raised when an outcome is known to be bad."""

    def __init__(self, outcome, reason):
        super().__init__(reason)
        self.outcome, self.reason = outcome, reason


class Judge:
    """Looks at the workspace after a run."""

    def __init__(self, bench):
        self.bench, self.workspace = bench, bench.workspace

    def judge(self, job, fault, ended, follow):
        """The outcome and, of a bad one, the reason.

        `follow` says how the run is done again after a failure: "resume" or "again".
        """
        try:
            outcome = self.outcome(job, fault, ended)
            return outcome if outcome == SAME else self.next(job, outcome, follow), ""
        except Judgement as judgement:
            return judgement.outcome, judgement.reason

    def outcome(self, job, fault, ended, after_kill=False):
        """What the run did itself.

        After an earlier run of its chain was killed, what that one left may still be there.
        """
        self.expect_end(ended)
        self.expect_unchanged()
        if ended.status == 0:
            self.expect_same(job, ended)
            return SAME
        if ended.status < 0 or ended.status in STOPPING_STATUSES:
            return self._stopped(job, fault, ended, after_kill)
        if ended.status == 1 and self._is_warned(job, ended):
            return WARNED
        if ended.status == 1 or read_nothing(ended):
            self._expect_reporting(job, ended)
            self.expect_reported(job, self.results(job))
            self.expect_nothing_left((), ended)
            return REPORTED
        return self._refused(job, ended)

    def output(self):
        return content(self.workspace.path("out"))

    def expect_end(self, ended):
        if ended.status is None:
            raise Judgement(HUNG, "did not end")
        if ended.status > 2 and ended.status not in STOPPING_STATUSES:
            raise Judgement(CRASHED, f"ended with status {ended.status}: {first_line(ended.errors)}")

    def expect_unchanged(self, run="the run"):
        changes = self.workspace.changes()
        if changes:
            raise Judgement(WRONG, f"{run} changed {', '.join(changes)}")

    def expect_nothing_left(self, permitted, ended):
        """Nothing may be left but what is for --resume, and what the message says could not be removed."""
        left = [name for name in self.workspace.strangers()
                if name != "out" and not (permitted and name.startswith(permitted))
                and not re.search(re.escape(name) + '["/]', ended.errors)]
        if left:
            raise Judgement(LEFT, f"left {', '.join(left)}")

    def is_expected(self, job, output):
        """Whether an output is the one that must come.

        Signature files may have their blocks in another order, and damaged ones among them: what
        counts is what a scan makes of them.
        """
        if output == job.expected:
            return True
        return job.name.startswith("sign") and output is not None and self.bench.signed() == job.scanned

    def expect_same(self, job, ended, run="the run"):
        output = self.output()
        if not self.is_expected(job, output):
            raise Judgement(WRONG, f"{run} ended with 0, and {difference(output, job.expected)}")
        self.expect_nothing_left((), ended)

    def expect_whole(self, job, ended):
        """The output is as it was, or it is complete."""
        output = self.output()
        if output != job.old and not self.is_expected(job, output):
            raise Judgement(
                WRONG, f"ended with {ended.status}, and {difference(output, job.expected)}: "
                f"{first_line(ended.errors)}")

    def _stopped(self, job, fault, ended, after_kill):
        number = -ended.status if ended.status < 0 else ended.status - 128
        if not fault.ends_process or fault.signal not in (None, number):
            raise Judgement(CRASHED, f"ended by signal {number}: {first_line(ended.errors)}")
        self.expect_whole(job, ended)
        if fault.effect not in ABRUPT and not after_kill:
            self.expect_nothing_left(job.resumable, ended)
        return STOPPED

    def _is_warned(self, job, ended):
        """Whether the output is right, and what failed after it was in its place is said."""
        if not re.search(r'^reprise: warning: "[^"]+"', ended.errors, re.M):
            return False
        if not self.is_expected(job, self.output()):
            return False
        self.expect_nothing_left((), ended)
        return True

    def _refused(self, job, ended):
        self.expect_whole(job, ended)
        if not says_what(ended.errors):
            raise Judgement(WRONG, f"does not say what or where: {ended.errors!r}")
        self.expect_nothing_left(job.resumable, ended)
        return REFUSED

    def results(self, job):
        """The results of a scan; of signatures, those of a scan of them."""
        return self.output() if job.is_scan else self.bench.signed()

    def _expect_reporting(self, job, ended):
        if job.name == "clean":
            raise Judgement(
                WRONG, f"ended with 1, and {difference(self.output(), job.expected)}: "
                f"{first_line(ended.errors)}")

    def expect_reported(self, job, output):
        """Of a scan that could not read something: what is missing is named, and nothing else is."""
        if not isinstance(output, dict):
            raise Judgement(WRONG, "ended with 1, and there is no output")
        problems = {entry.get("source") for entry in lines(output["problems.jsonl"])}
        if not problems:
            raise Judgement(WRONG, "ended with 1 and reported no problem")
        expected, found = documents(job.scanned or job.expected), documents(output)
        for source in expected:
            if expected[source] != found.get(source) and not is_named(source, problems):
                raise Judgement(
                    WRONG, f"{source} has {found.get(source)} documents of {expected[source]}, unreported")

    def next(self, job, outcome, follow):
        """Runs again, undisturbed: everything must be as if nothing had happened.

        Returns the outcome of both runs.
        """
        if job.arguments[0] == "clean" and self.output() is not None:
            # The output was complete when the run was stopped, and is not replaced.
            return outcome
        arguments = job.resuming if follow == "resume" else job.arguments
        ended = self._run_again(arguments, follow)
        if ended.status != 0:
            problems = "" if ended.status == 2 else difference(self.output(), job.expected)
            raise Judgement(WRONG, f"run again ({follow}) ended with {ended.status}: "
                                   f"{first_line(ended.errors or problems)}")
        self.expect_same(job, ended, f"run again ({follow})")
        return outcome

    def _run_again(self, arguments, how):
        ended = self.bench.command.run(arguments, self.workspace.folder)
        if ended.status is None:
            raise Judgement(HUNG, f"run again ({how}), did not end")
        self.expect_unchanged(f"run again ({how})")
        return ended


def read_nothing(ended):
    """Whether a scan could read no document: it lists them all, and ends with 2."""
    return ended.status == 2 and "nothing was read: every document is listed" in ended.errors


def is_named(source, problems):
    """Whether problems name a source, or a folder that it is in."""
    return any(source == name or source.startswith(f"{name}/") for name in problems if name)


def says_what(errors):
    """Whether a message names a path or says what to do."""
    return re.search(r'^reprise: .*"[^"]+"', errors, re.M) is not None or "hint: " in errors


def first_line(text):
    found = text.strip().splitlines() or ["no message"]
    return found[0][:200]


def lines(data):
    return [json.loads(line) for line in data.splitlines()]


def documents(results):
    """The number of documents of every source."""
    counts = {}
    for entry in lines(results["manifest.jsonl"]):
        counts[entry["source"]] = counts.get(entry["source"], 0) + 1
    return counts


def difference(one, other):
    """In words, how an output differs from the expected one."""
    if one == other:
        return "the output is right"
    if one is None:
        return "there is no output"
    if not isinstance(one, dict) or not isinstance(other, dict):
        return "the output has other bytes"
    names = [name for name in {**one, **other} if one.get(name) != other.get(name)]
    return f"{', '.join(sorted(names))} differ"
