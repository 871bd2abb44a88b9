"""Decides what became of a disturbed run."""
import json
import re



from .workspace import content

SAME, REPORTED, REFUSED, STOPPED = "same", "reported", "refused", "stopped"
WRONG, LEFT, HUNG, CRASHED = "wrong", "left behind", "hung", "crashed"
GOOD = (SAME, REPORTED, REFUSED, STOPPED)
OUTCOMES = (*GOOD, WRONG, LEFT, HUNG, CRASHED)
STOPPING_STATUSES = range(129, 160)


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
            outcome = self._outcome(job, fault, ended)
            if outcome != SAME:
                self._follow(job, follow)
            return outcome, ""
        except Judgement as judgement:
            return judgement.outcome, judgement.reason

    def _outcome(self, job, fault, ended):
        if ended.status is None:
            raise Judgement(HUNG, "did not end")
        changes = self.workspace.changes()
        if changes:
            raise Judgement(WRONG, f"changed {', '.join(changes)}")
        if ended.status == 0:
            self._expect_same(job)
            return SAME
        if ended.status < 0 or ended.status in STOPPING_STATUSES:
            return self._stopped(job, fault, ended)
        if ended.status == 1:
            return self._reported(job, ended)
        if ended.status == 2:
            return self._refused(job, ended)
        raise Judgement(CRASHED, f"ended with status {ended.status}: {first_line(ended.errors)}")

    def _output(self):
        return content(self.workspace.path("out"))

    def _left(self, job, permitted=()):
        left = [name for name in self.workspace.strangers() if name != "out"]
        left = [name for name in left if not permitted or not name.startswith(permitted)]
        if left:
            raise Judgement(LEFT, f"left {', '.join(left)}")

    def _expect_same(self, job, run="the run"):
        output = self._output()
        if output != job.expected:
            raise Judgement(WRONG, f"{run} ended with 0 and {difference(output, job.expected)}")
        self._left(job)

    def _expect_untouched(self, job, ended):
        output = self._output()
        if output not in (job.old, job.expected):
            raise Judgement(
                WRONG, f"ended with {ended.status} and left an output in which "
                f"{difference(output, job.expected)}: {first_line(ended.errors)}")

    def _stopped(self, job, fault, ended):
        number = -ended.status if ended.status < 0 else ended.status - 128
        if not fault or not fault.ends_process or fault.signal not in (None, number):
            raise Judgement(CRASHED, f"ended by signal {number}: {first_line(ended.errors)}")
        self._expect_untouched(job, ended)
        # Nobody can clean up after these; the next run does.
        if fault.effect not in ("KILL", "QUIT", "ENOMEM"):
            self._left(job, job.resumable)
        return STOPPED

    def _refused(self, job, ended):
        self._expect_untouched(job, ended)
        if not says_what(ended.errors):
            raise Judgement(WRONG, f"does not say what or where: {ended.errors!r}")
        self._left(job, job.resumable)
        return REFUSED

    def _reported(self, job, ended):
        """A scan that could not read something: what is missing is named, and nothing else is."""
        output = self._output()
        if not job.is_scan or not isinstance(output, dict):
            raise Judgement(
                WRONG, f"ended with 1 and {difference(output, job.expected)}: {first_line(ended.errors)}")
        problems = {entry.get("source") for entry in lines(output["problems.jsonl"])}
        if not problems:
            raise Judgement(WRONG, "ended with 1 and reported no problem")
        expected, found = documents(job.expected), documents(output)
        for source in expected:
            if expected[source] != found.get(source) and source not in problems:
                raise Judgement(
                    WRONG, f"{source} has {found.get(source)} documents of {expected[source]}, unreported")
        self._left(job)
        return REPORTED

    def _follow(self, job, follow):
        """Runs again, undisturbed: everything must be as if nothing had happened."""
        if job.arguments[0] == "clean" and self._output() is not None:
            # The disturbance came after the end of the work.
            self._expect_same(job)
            return
        arguments = job.resuming if follow == "resume" else job.arguments
        ended = self.bench.command.run(arguments, self.workspace.folder)
        if ended.status is None:
            raise Judgement(HUNG, "did not end when run again")
        if ended.status != 0:
            raise Judgement(
                WRONG, f"run again ({follow}) ended with {ended.status}: {first_line(ended.errors)}")
        self._expect_same(job, f"run again ({follow})")
        changes = self.workspace.changes()
        if changes:
            raise Judgement(WRONG, f"run again ({follow}) changed {', '.join(changes)}")


def says_what(errors):
    """Whether a message names a path or says what to do."""
    return re.search(r'^reprise: .*"[^"]+"', errors, re.M) is not None or "hint: " in errors


def first_line(text):
    lines = text.strip().splitlines() or ["no message"]
    return lines[0][:200]


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
    if one is None:
        return "there is no output"
    if not isinstance(one, dict) or not isinstance(other, dict):
        return "the output is right" if one == other else "the output has other bytes"
    names = [name for name in {**one, **other} if one.get(name) != other.get(name)]
    return f"{', '.join(sorted(names))} differ" if names else "the output is right"


