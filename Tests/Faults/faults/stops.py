"""Stops runs at random moments by signals, some several times, and goes on with them."""
import dataclasses
import random
import time

from .command import finish
from .fault import SIGNALS, Fault
from .judge import STOPPED, Judgement, SAME
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
        return f"{self.job}: stopped by {signals}"


def parse(text):
    job, _, seed = text.removeprefix("stop:").partition("@")
    return Stop(job, int(seed))


def trials(counts, seed):
    """So many stops of every job."""
    for job, count in counts.items():
        for number in range(count):
            yield Stop(job, seed * 1_000_000 + number)


def run(bench, judge, stop):
    rng = random.Random(stop.seed)
    first = rng.choice(SIGNALS)
    job = bench.jobs[stop.job]
    job.prepare(bench.workspace)
    chain = [first] + [rng.choice(SIGNALS) for _ in range(rng.choice([0, 0, 1, 2]))]
    arguments, moments = job.arguments, []
    try:
        for name in chain:
            if job.is_scan and rng.random() < 0.5:
                arguments = [*arguments[:arguments.index("--threads") + 1], str(rng.randint(1, 3)),
                             *arguments[arguments.index("--threads") + 2:]]
            ended, moment = stopped_run(bench, job, arguments, name, rng)
            moments.append(f"{name} {moment}")
            if ended.status == 0:
                judge._expect_same(job)
                break
            judge._stopped(job, Fault("any", name), ended)
            if bench.workspace.changes():
                raise Judgement("wrong", f"changed {bench.workspace.changes()}")
            if job.resumable and "--resume" not in arguments:
                arguments = [*arguments, "--resume"]
            if job.name == "clean" and judge._output() is not None:
                break
        if ended.status != 0:
            judge._follow(job, "resume")
        if job.is_scan:
            expect_cleaned(bench)
    except Judgement as judgement:
        return judgement.outcome, f"{judgement.reason} [{', '.join(moments)}]"
    return (SAME if ended.status == 0 else STOPPED), ""


def stopped_run(bench, job, arguments, name, rng):
    """A run that gets a signal at a random moment: how it ended, and when that was."""
    fault = Fault("any", name)
    if rng.random() < 0.5:
        calls = sum(count for call, count in job.counts.items() if call not in ("malloc", "posix_memalign"))
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
        raise Judgement("wrong", f"clean ended with {ended.status}: {ended.errors.strip()[:200]}")
    if content(workspace.path("cleaned")) != bench.cleaned:
        raise Judgement("wrong", "clean wrote other files")
