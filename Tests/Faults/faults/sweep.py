"""Disturbs every call of every job, one at a time."""
import dataclasses

from . import fault as fault_module
from .fault import Fault

# The jobs of the short form.
SHORT = ("scan", "resume", "clean", "sign")


@dataclasses.dataclass(frozen=True)
class Trial:
    """One disturbed run."""

    job: str
    fault: Fault
    at: int

    def __str__(self):
        return f"{self.job}:{self.fault}@{self.at}"

    @property
    def kind(self):
        """The line of the table that it belongs to."""
        if self.at == 0:
            return "undisturbed"
        return f"{self.fault.call} {self.fault.effect}" + (" onward" if self.fault.onward else "")

    @classmethod
    def parse(cls, text):
        """A trial from its name, such as `scan:open=EIO@5`."""
        job, _, rest = text.partition(":")
        return cls(job, *fault_module.parse(rest))

    def run(self, bench, judge):
        """The outcome and the reason; None if the call was not reached."""
        job = bench.job(self.job)
        job.prepare(bench.workspace)
        ended = bench.command.run(
            job.arguments, bench.workspace.folder, self.fault, self.at, report=bench.report)
        if ended.disturbed is None and ended.status == 0 and self.at > 0:
            return None
        outcome, reason = judge.judge(job, self.fault, ended, "resume" if self.at % 2 else "again")
        return outcome, f"{reason} [{ended.disturbed}]"


def trials(bench, options):
    """All trials, in an order that does not depend on anything but the calls that the jobs make."""
    for name in options.jobs or (SHORT if options.short else bench.jobs):
        job = bench.job(name)
        yield Trial(job.name, Fault("any", "EIO"), 0)
        for fault in fault_module.short_faults() if options.short else fault_module.faults():
            if options.calls and fault.call not in options.calls:
                continue
            for at in chosen(job, fault, options):
                yield Trial(job.name, fault, at)


def chosen(job, fault, options):
    """The numbers of the calls that are disturbed."""
    count = job.counts.get(fault.call, 0)
    if options.short:
        return fault_module.one(count, f"{job.name}:{fault}")
    if fault.call in fault_module.MEMORY:
        return fault_module.spread(count, options.limit)
    if fault.onward:
        return fault_module.spread(count, max(1, options.limit // 4))
    return fault_module.numbers(count, options.limit)
