"""Counts outcomes and prints them."""
import collections

from .judge import GOOD, OUTCOMES


class Table:
    """One line for every kind of disturbance, one column for every outcome."""

    def __init__(self, command):
        self.command = command
        self.counts = collections.defaultdict(collections.Counter)
        self.bad = []

    def add(self, kind, outcome, reason="", again=""):
        self.counts[kind][outcome] += 1
        if outcome not in GOOD:
            self.bad.append((kind, outcome, reason, again))
            print(f"{outcome}: {again}: {reason}", flush=True)

    @property
    def total(self):
        return sum(sum(counter.values()) for counter in self.counts.values())

    def print(self):
        width = max((len(kind) for kind in self.counts), default=4)
        widths = [max(len(outcome), 7) for outcome in OUTCOMES]
        heads = [f"{name:>{size}}" for name, size in zip(OUTCOMES, widths)]
        print(f"{'':{width}}  " + "  ".join(heads))
        sums = collections.Counter()
        for kind, counter in self.counts.items():
            sums.update(counter)
            self._row(kind, counter, width, widths)
        self._row("all", sums, width, widths)
        for kind, outcome, reason, again in self.bad:
            print(f"\n{outcome}: {reason}\n  scripts/fault-injection --command {self.command} --again '{again}'")

    @staticmethod
    def _row(kind, counter, width, widths):
        cells = [f"{counter[name] or '-':>{size}}" for name, size in zip(OUTCOMES, widths)]
        print(f"{kind:{width}}  " + "  ".join(cells))
