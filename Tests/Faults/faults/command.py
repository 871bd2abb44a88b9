"""Runs the command, undisturbed or with a fault."""
import dataclasses
import os
import shutil
import subprocess

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# A run takes some hundredths of a second; a busy machine a hundred times as long.
PATIENCE = 60


def build_library(folder):
    """Builds the library that is loaded before the C library; its path."""
    library = f"{folder}/preloaded.so"
    compiler = next(filter(shutil.which, ("cc", "clang", "gcc")), "cc")
    subprocess.run(
        [compiler, "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", f"{HERE}/preloaded.c",
         "-o", library], check=True)
    return library


@dataclasses.dataclass
class Ended:
    """How a process ended: its status, negative for a signal, None if it had to be ended; what it
    printed; whether the fault happened, and where; the calls that it made."""

    status: int | None
    errors: str
    output: str
    disturbed: str | None = None
    counts: dict = dataclasses.field(default_factory=dict)


class Command:
    """The built command, with a way to disturb it."""

    def __init__(self, path, library):
        self.path, self.library = path, library

    def start(self, arguments, folder, fault=None, at=0, report=None, variables=None, **options):
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TMPDIR": f"{folder}/tmp",
                       "SWIFT_BACKTRACE": "enable=no"}
        if report:
            environment |= {"LD_PRELOAD": self.library, "FAULT_REPORT": report}
        if fault:
            environment |= fault.environment(at)
        environment |= variables or {}
        return subprocess.Popen(
            [self.path, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def run(self, arguments, folder, *fault, report=None, patience=PATIENCE, **options):
        if report and os.path.exists(report):
            os.remove(report)
        process = self.start(arguments, folder, *fault, report=report, **options)
        ended = finish(process, patience)
        if report:
            ended.disturbed, ended.counts = read_report(report)
        return ended


def finish(process, patience=PATIENCE):
    """Waits for a process, not for ever."""
    try:
        output, errors = process.communicate(timeout=patience)
        status = process.returncode
    except subprocess.TimeoutExpired:
        process.kill()
        output, errors = process.communicate()
        status = None
    return Ended(status, errors.decode(errors="replace"), output.decode(errors="replace"))


def read_report(path):
    disturbed, counts = None, {}
    if os.path.exists(path):
        with open(path, errors="replace") as file:
            for line in file:
                words = line.rstrip("\n").split(" ", 2)
                if words[0] == "disturbed":
                    disturbed = " ".join(words[1:])
                else:
                    counts[words[0]] = int(words[1])
    return disturbed, counts
