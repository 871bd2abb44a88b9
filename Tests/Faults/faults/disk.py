"""Fills the disk of a run, and damages the file that a stopped run goes on from."""
import dataclasses
import os
import random
import re
import resource
import subprocess

from .fault import Fault
from .judge import LEFT, REFUSED, SAME, WRONG, Judgement

BLOCK = 4096
# More blocks than any file of these runs has.
LARGEST = 300


@dataclasses.dataclass(frozen=True)
class FullDisk:
    """No file may grow beyond a number of blocks."""

    job: str
    blocks: int

    def __str__(self):
        return f"full:{self.job}@{self.blocks}"

    @property
    def kind(self):
        return "files limited in size"

    @classmethod
    def parse(cls, text):
        job, _, blocks = text.removeprefix("full:").partition("@")
        return cls(job, int(blocks))

    def run(self, bench, judge):
        job = bench.job(self.job)
        job.prepare(bench.workspace)
        limit = self.blocks * BLOCK

        def restrict():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        ended = bench.command.run(job.arguments, bench.workspace.folder, preexec_fn=restrict)
        return judge.judge(job, Fault("write", "EFBIG"), ended, "resume" if self.blocks % 2 else "again")


@dataclasses.dataclass(frozen=True)
class Damage:
    """One bit of the file that a stopped run goes on from is another."""

    job: str
    number: int

    def __str__(self):
        return f"damage:{self.job}@{self.number}"

    @property
    def kind(self):
        return "stored file damaged"

    @classmethod
    def parse(cls, text):
        job, _, number = text.removeprefix("damage:").partition("@")
        return cls(job, int(number))

    def run(self, bench, judge):
        job = bench.job(self.job)
        job.prepare(bench.workspace)
        path = max(self._files(bench.workspace), key=os.path.getsize, default=None)
        if path is None:
            return None
        with open(path, "r+b") as file:
            data = file.read()
            place = self._place(data)
            file.seek(place)
            file.write(bytes([data[place] ^ (1 << (self.number % 8))]))
        ended = bench.command.run(job.arguments, bench.workspace.folder)
        try:
            judge.expect_end(ended)
            return judge.judge(job, Fault("read", "damage"), ended, "again")
        except Judgement as judgement:
            return judgement.outcome, judgement.reason

    @staticmethod
    def _files(workspace):
        for name in workspace.strangers():
            path = workspace.path(name)
            if os.path.isfile(path):
                yield path
            for folder, _, names in os.walk(path):
                yield from (f"{folder}/{name}" for name in names)

    def _place(self, data):
        """Every block in turn: in its header, in its payload; then anywhere."""
        places, at = [], 0
        rng = random.Random(self.number)
        while at < len(data):
            size = int.from_bytes(data[at + 16 : at + 24], "little")
            places += [at + rng.randrange(64), at + 64 + rng.randrange(max(1, size))]
            at = -(-(at + 64 + size) // BLOCK) * BLOCK
        if self.number < len(places):
            return min(places[self.number], len(data) - 1)
        return rng.randrange(len(data))


@dataclasses.dataclass(frozen=True)
class TakenDisk:
    """Another program takes what is free of a disk, just before a run writes there."""

    job: str
    at: int

    kind = "disk filled by another"

    def __str__(self):
        return f"taken:{self.job}@{self.at}"

    @classmethod
    def parse(cls, text):
        job, _, at = text.removeprefix("taken:").partition("@")
        return cls(job, int(at))

    def run(self, bench, judge):
        job, workspace = bench.job(self.job), bench.workspace
        job.prepare(workspace)
        disk = f"{workspace.folder}.disk"
        os.makedirs(disk, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk], check=True)
        try:
            return self._fill(bench, judge, job, disk), ""
        except Judgement as judgement:
            return judgement.outcome, judgement.reason
        finally:
            subprocess.run(["umount", disk], check=True)

    def _fill(self, bench, judge, job, disk):
        arguments = [disk if word == "scratch" else word for word in job.arguments]
        variables = {"FAULT_CALL": "pwrite", "FAULT_AT": str(self.at), "FAULT_HOW": "command",
                     "FAULT_COMMAND": f"cat /dev/zero > '{disk}/taken' 2>/dev/null || true"}
        folder = bench.workspace.folder
        ended = bench.command.run(arguments, folder, report=bench.report, variables=variables)
        judge.expect_end(ended)
        judge.expect_unchanged()
        outcome = REFUSED if ended.status == 2 else SAME
        if ended.status not in (0, 2) or (
                ended.status == 2 and not re.search("No space left|needed on this disk", ended.errors)):
            raise Judgement(WRONG, f"ended with {ended.status}: {ended.errors.strip()}")
        judge.expect_whole(job, ended)
        os.remove(f"{disk}/taken")
        if ended.status == 2:
            ended = bench.command.run([*arguments, "--resume"], folder)
        judge.expect_same(job, ended, "run again (resume)")
        if os.listdir(disk):
            raise Judgement(LEFT, f"left {', '.join(os.listdir(disk))} in the scratch folder")
        return outcome


def taken_disks(options):
    """Only root can mount a disk."""
    if os.geteuid() == 0 and not options.short and "scan" in (options.jobs or ["scan"]):
        for at in range(1, 9):
            yield TakenDisk("scan", at)


def full_disks(options):
    for job in ("scan", "replace", "resume", "shards", "clean", "sign"):
        if options.jobs and job not in options.jobs:
            continue
        for blocks in range(0, LARGEST, LARGEST // (4 if options.short else 60)):
            yield FullDisk(job, blocks)


def damages(options):
    for job in ("resume", "resume-2", "sign-resume"):
        if not options.jobs or job in options.jobs:
            for number in range(3 if options.short else 40):
                yield Damage(job, number)
