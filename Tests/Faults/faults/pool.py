"""Spreads trials over processes, each with a workspace of its own."""
import glob
import itertools
import multiprocessing
import os

from .command import Command
from .jobs import Bench
from .judge import Judge
from .workspace import Workspace, remove

state = None


class State:
    """What one process has."""

    def __init__(self, command, library, folder):
        self.setup = (command, library, folder)
        workspace = Workspace(f"{folder}/{os.getpid()}", folder)
        self.bench = Bench(Command(command, library), workspace)
        self.judge = Judge(self.bench)

    def run(self, trial):
        """The outcome of a trial; the workspace is made anew if it was damaged."""
        return trial.run(self.bench, self.judge), bool(self.bench.workspace.changes())


    def remove(self):
        for path in glob.glob(f"{glob.escape(self.bench.workspace.folder)}*"):
            remove(path)


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
            state.remove()
            state = State(*state.setup)
    return results


def run(trials, workers, setup):
    """Yields every trial with what became of it."""
    with multiprocessing.Pool(workers, begin, setup) as pool:
        for results in pool.imap(run_batch, batches(trials, 16)):
            yield from results
        pool.close()
        pool.join()


def batches(items, size):
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, size)):
        yield batch
