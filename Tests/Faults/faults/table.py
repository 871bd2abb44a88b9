"""Counts outcomes and prints them."""
import collections

from .judge import GOOD, OUTCOMES


class Table:
    """One line for every kind of disturbance, one column for every outcome."""

    def __init__(self, command):
        self.command = command
        self.counts = collections.defaultdict(collections.Counter)
        self.jobs = collections.defaultdict(collections.Counter)
        self.bad = []

    def add(self, trial, outcome, reason):
        kind, again = trial.kind, str(trial)
        self.counts[kind][outcome] += 1
        self.jobs[trial.job][outcome] += 1
        if outcome not in GOOD:
            self.bad.append((kind, outcome, reason, again))
            print(f"{outcome}: {again}: {reason}", flush=True)

    @property
    def total(self):
        return sum(sum(counter.values()) for counter in self.counts.values())

    def print(self):
        width = max((len(kind) for kind in self.counts), default=0)
        widths = [max(len(outcome), 7) for outcome in OUTCOMES]
        heads = [f"{name:>{size}}" for name, size in zip(OUTCOMES, widths)]
        print(f"{'':{width}}  " + "  ".join(heads))
        for kind, counter in self.counts.items():
            self._row(kind, counter, width, widths)
        print("by the run that was disturbed")
        for job, counter in self.jobs.items():
            self._row(job, counter, width, widths)
        self._row("all", sum(self.jobs.values(), collections.Counter()), width, widths)
        for kind, outcome, reason, again in self.bad:
            print(f"\n{outcome}: {reason}\n  scripts/fault-injection --command {self.command} --again '{again}'")

    @staticmethod
    def _row(kind, counter, width, widths):
        cells = [f"{counter[name] or '-':>{size}}" for name, size in zip(OUTCOMES, widths)]
        print(f"{kind:{width}}  " + "  ".join(cells))
