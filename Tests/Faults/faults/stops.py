"""Stops runs at random moments by signals, some several times, and goes on with them."""
import dataclasses
import random
import time

from .command import finish
from .fault import MEMORY, SIGNALS, Fault
from .judge import SAME, WRONG, Judgement
from .workspace import content


@dataclasses.dataclass(frozen=True)
class Stop:
    """A run that is stopped once, twice or three times, by time or before a call."""

    job: str
    seed: int

    def __str__(self):
        return f"stop:{self.job}@{self.seed}"

    @property
    def kind(self):
        signals = random.Random(self.seed).choice(SIGNALS)
        return f"stopped at random, first by {signals}"

    @classmethod
    def parse(cls, text):
        job, _, seed = text.removeprefix("stop:").partition("@")
        return cls(job, int(seed))

    def run(self, bench, judge):
        job, rng, moments = bench.job(self.job), random.Random(self.seed), []
        job.prepare(bench.workspace)
        try:
            return self._chain(bench, judge, job, rng, moments), ""
        except Judgement as judgement:
            return judgement.outcome, f"{judgement.reason} [{', '.join(moments)}]"

    def _chain(self, bench, judge, job, rng, moments):
        """Stops the run and those that go on from it, and lets the last one end."""
        chain = [rng.choice(SIGNALS)] + [rng.choice(SIGNALS) for _ in range(rng.choice([0, 0, 1, 2]))]
        arguments = job.arguments
        for number, name in enumerate(chain):
            ended, moment = stopped_run(bench, job, with_threads(arguments, rng), name, rng)
            moments.append(f"{name} {moment}")
            outcome = judge.outcome(job, Fault("any", name), ended, "KILL" in chain[:number])
            arguments = job.resuming
            if judge.output() is not None:
                break
        if outcome != SAME:
            outcome = judge.next(job, outcome, "resume")
        if job.is_scan:
            expect_cleaned(bench)
        return outcome


def with_threads(arguments, rng):
    """The same command with another number of threads."""
    if "--threads" not in arguments:
        return arguments
    place = arguments.index("--threads") + 1
    return [*arguments[:place], str(rng.randint(1, 3)), *arguments[place + 1:]]


def trials(options):
    """The stops of scans, and half as many of cleanings."""
    for job, count in (("scan", options.stops), ("clean", options.stops // 2)):
        if not options.jobs or job in options.jobs:
            for number in range(count):
                yield Stop(job, options.seed * 1_000_000 + number)


def stopped_run(bench, job, arguments, name, rng):
    """A run that gets a signal at a random moment: how it ended, and when that was."""
    fault = Fault("any", name)
    if rng.random() < 0.5:
        calls = sum(count for call, count in job.counts.items() if call not in MEMORY)
        # Few of the calls read the same bytes again; most moments are among the others.
        at = rng.randint(1, calls if rng.random() < 0.5 else max(1, calls // 8))
        ended = bench.command.run(
            arguments, bench.workspace.folder, fault, at, report=bench.report)
        return ended, f"before call {at}"
    seconds = rng.uniform(0, 1.2) * bench.seconds(job)
    process = bench.command.start(arguments, bench.workspace.folder)
    time.sleep(seconds)
    process.send_signal(fault.signal)
    return finish(process), f"after {seconds * 1000:.1f} ms"


def expect_cleaned(bench):
    """Cleans by the results, as a user does next."""
    workspace = bench.workspace
    ended = bench.command.run(
        ["clean", "out", "--no-progress", "--output", "cleaned"], workspace.folder)
    if ended.status != 0:
        raise Judgement(WRONG, f"clean ended with {ended.status}: {ended.errors.strip()[:200]}")
    if content(workspace.path("cleaned")) != bench.cleaned:
        raise Judgement(WRONG, "clean wrote other files")
