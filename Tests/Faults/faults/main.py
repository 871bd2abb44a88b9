"""Parses the arguments and runs the parts."""
import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from . import changes, corpus, disk, pool, stops, sweep
from .command import build_library
from .table import Table

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))

KINDS = {"stop": stops.Stop, "change": changes.Change, "full": disk.FullDisk,
         "taken": disk.TakenDisk, "damage": disk.Damage}


def names(text):
    return [name for name in text.split(",") if name]


def arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/fault-injection", description=sys.modules["__main__"].__doc__)
    add = parser.add_argument
    add("--command", help="the built command; without it, a release build is made")
    add("--short", action="store_true", help="some hundred faults, always the same")
    add("--parts", type=names, default="calls,changes,disk,damage,stops", help="(default: %(default)s)")
    add("--limit", type=int, default=200, help="calls of a kind that are disturbed (default: %(default)s)")
    add("--jobs", type=names, default="", help="only these kinds of run, such as scan,clean")
    add("--calls", type=names, default="", help="only these calls, such as open,pread")
    add("--stops", type=int, help="random stops of scan, and half as many of clean (default: 200)")
    add("--seed", type=int, help="of the random stops")
    add("--workers", type=int, default=len(os.sched_getaffinity(0)), help="(default: %(default)s)")
    add("--again", metavar="NAME", help="do one trial again, and keep its folder")
    options = parser.parse_args()
    if options.stops is None:
        options.stops = 6 if options.short else 200
    if options.seed is None:
        options.seed = 1 if options.short else random.SystemRandom().randrange(1000)
    return options


def release_build():
    flags = subprocess.run([f"{TOP}/scripts/release-flags"], check=True, capture_output=True, text=True)
    subprocess.run(["swift", "build", *flags.stdout.split(), "--product", "reprise"], cwd=TOP,
                   check=True, stdout=subprocess.DEVNULL)
    return f"{TOP}/.build/release/reprise"


def scratch_folder():
    """In memory if possible: the runs wait for the disk very often."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def expect_signals():
    """A run that is started in the background ignores some signals, and so would its children."""
    for name in ("INT", "HUP", "QUIT", "TERM"):
        signal.signal(getattr(signal, f"SIG{name}"), lambda *_: sys.exit(130))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main():
    options = arguments()
    expect_signals()
    command = os.path.abspath(options.command) if options.command else release_build()
    folder = tempfile.mkdtemp(prefix="reprise-faults-", dir=scratch_folder())
    try:
        library = build_library(folder)
        corpus.write(folder, megabytes=1.05 if options.short else 2.1)
        setup = (command, library, folder)
        if options.again:
            return again(options.again, setup)
        return run(options, command, setup)
    finally:
        if not options.again:
            shutil.rmtree(folder, ignore_errors=True)


def again(name, setup):
    trial = KINDS.get(name.partition(":")[0], sweep.Trial).parse(name)
    outcome = pool.State(*setup).run(trial)[0]
    print(f"{name}: {': '.join(outcome) if outcome else 'not reached'}\nthe folder: {setup[2]}")
    return 0


def chosen(options, setup):
    """The trials of all parts that are asked for."""
    parts = {
        "calls": lambda: sweep.trials(pool.State(*setup).bench, options),
        "changes": lambda: changes.trials(options),
        "disk": lambda: [*disk.full_disks(options), *disk.taken_disks(options)],
        "damage": lambda: disk.damages(options),
        "stops": lambda: stops.trials(options),
    }
    return [trial for name in options.parts for trial in parts[name]()]


def run(options, command, setup):
    """Does all trials; the status of the script."""
    table, begun = Table(command), time.monotonic()
    trials = chosen(options, setup)
    print(f"{len(trials)} trials, seed {options.seed}", flush=True)
    for trial, found in pool.run(trials, options.workers, setup):
        if found:
            table.add(trial, *found)
    table.print()
    seconds = time.monotonic() - begun
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{table.total} disturbed runs, {len(table.bad)} of them bad; {seconds:.0f} s, "
          f"{usage.ru_utime + usage.ru_stime:.0f} s of processors")
    return 1 if table.bad or not table.total else 0
