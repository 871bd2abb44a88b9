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

KINDS = {"stop": stops.Stop, "change": changes.Change, "full": disk.FullDisk, "damage": disk.Damage}


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/fault-injection", description=sys.modules["__main__"].__doc__)
    parser.add_argument("--command", help="the built command; without it, a release build is made")
    parser.add_argument("--short", action="store_true", help="some hundred faults, always the same")
    parser.add_argument("--parts", default="calls,changes,stops,disk,damage", help="what to do (default: %(default)s)")
    parser.add_argument("--limit", type=int, help="disturb no more than so many calls of a kind (200)")
    parser.add_argument("--jobs", default="", help="only these jobs, such as scan,clean")
    parser.add_argument("--calls", default="", help="only these calls, such as open,pread")
    parser.add_argument("--stops", type=int, help="random stops of scan, half as many of clean (200)")
    parser.add_argument("--seed", type=int, help="of the random stops")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--again", help="do one trial again, by the name that was printed, and keep its folder")
    options = parser.parse_args()
    options.parts = options.parts.split(",")
    options.jobs = [name for name in options.jobs.split(",") if name]
    options.calls = [name for name in options.calls.split(",") if name]
    options.limit = options.limit or 200
    options.stops = (6 if options.short else 200) if options.stops is None else options.stops
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


def run(options, command, setup):
    table = Table(command)
    begun = time.monotonic()
    trials = []
    if "calls" in options.parts:
        bench = pool.State(*setup).bench
        trials += sweep.trials(bench, options)
    if "changes" in options.parts:
        trials += changes.trials(options)
    if "disk" in options.parts:
        trials += disk.full_disks(options)
    if "damage" in options.parts:
        trials += disk.damages(options)
    if "stops" in options.parts:
        trials += stops.trials({"scan": options.stops, "clean": options.stops // 2}, options.seed)
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
