"""Spreads trials over processes, each with a workspace of its own."""
import multiprocessing
import os

from . import stops, sweep
from .command import Command
from .jobs import Bench
from .judge import Judge
from .workspace import Workspace

state = None


class State:
    """What one process has."""

    def __init__(self, command, library, folder, corpus):
        workspace = Workspace(f"{folder}/{os.getpid()}", corpus)
        self.setup = (command, library, folder, corpus)
        self.bench = Bench(Command(command, library), workspace)
        self.judge = Judge(self.bench)

    def run(self, trial):
        """The outcome of a trial; the workspace is made anew if it was damaged."""
        runner = sweep if isinstance(trial, sweep.Trial) else stops
        found = runner.run(self.bench, self.judge, trial)
        if self.bench.workspace.changes():
            return found, True
        return found, False


def begin(*setup):
    global state
    state = State(*setup)


def run_batch(batch):
    global state
    results = []
    for trial in batch:
        found, is_damaged = state.run(trial)
        results.append((trial, found))
        if is_damaged:
            os.system(f"rm -rf '{state.bench.workspace.folder}'*")
            state = State(*state.setup)
    return results


def run(trials, workers, setup):
    """Yields every trial with what became of it."""
    with multiprocessing.Pool(workers, begin, setup) as pool:
        for results in pool.imap(run_batch, sweep.batches(trials, 16)):
            yield from results
