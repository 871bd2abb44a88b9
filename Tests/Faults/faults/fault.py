"""What is done to a run: which call of the C library is disturbed, and how."""
import dataclasses
import errno
import re
import signal
import zlib

SIGNALS = ("KILL", "TERM", "INT", "HUP", "QUIT")
# Linux gives memory by mapping it; a Swift program ends when there is none.
MEMORY = ("malloc", "calloc", "realloc", "posix_memalign")


@dataclasses.dataclass(frozen=True)
class Fault:
    """A call and what happens to it; `effect` is an error such as EIO, `short`, `end`, `half-ENOSPC`,
    or a signal that the process gets before the call."""

    call: str
    effect: str
    onward: bool = False

    def __str__(self):
        return f"{self.call}={self.effect}" + ("+" if self.onward else "")

    @property
    def signal(self):
        """The number of the signal, if it is one."""
        return getattr(signal, f"SIG{self.effect}") if self.effect in SIGNALS else None

    @property
    def ends_process(self):
        """Whether the process may end by a signal."""
        return self.signal is not None or self.call in MEMORY

    def environment(self, at):
        """The variables by which the preloaded library disturbs call number `at`."""
        how, _, error = self.effect.rpartition("-")
        if self.signal:
            how = "signal"
        elif self.effect in ("short", "end"):
            how, error = self.effect, ""
        return {
            "FAULT_CALL": self.call,
            "FAULT_AT": str(at),
            "FAULT_HOW": how or "error",
            "FAULT_ERRNO": str(getattr(errno, error, 0)),
            "FAULT_SIGNAL": str(int(self.signal or 0)),
            "FAULT_ONWARD": str(int(self.onward)),
        }


def parse(text):
    """A fault and the number of the call from its name, such as `open=EIO@5`."""
    found = re.fullmatch(r"(\w+)=([\w-]+)(\+?)@(\d+)", text)
    if not found:
        raise SystemExit(f"fault-injection: \"{text}\" is not of the form CALL=EFFECT@NUMBER")
    call, effect, onward, at = found.groups()
    return Fault(call, effect, bool(onward)), int(at)


# What each call may give, by its manual page; EINTR and short transfers come from signals and from
# network and FUSE file systems.
EFFECTS = {
    "access": ["EIO"],
    "calloc": ["ENOMEM"],
    "close": ["EIO", "EINTR"],
    "closedir": ["EIO"],
    "copy_file_range": ["EIO", "ENOSPC", "short"],
    "dup": ["EMFILE"],
    "fallocate": ["ENOSPC", "EINTR"],
    "fdatasync": ["EIO"],
    "fdopendir": ["ENOMEM"],
    "flock": ["EIO", "EINTR", "ENOLCK"],
    "fstat": ["EIO", "ENOMEM"],
    "fstatat": ["EIO", "ENOENT", "EACCES"],
    "fstatvfs": ["EIO"],
    "fsync": ["EIO", "ENOSPC", "EINTR"],
    "ftruncate": ["EIO", "ENOSPC", "EINTR"],
    "iconv_open": ["ENOMEM", "EMFILE"],
    "link": ["EIO", "EPERM", "EMLINK"],
    "linkat": ["EIO", "EPERM", "EMLINK"],
    "lseek": ["EIO"],
    "lstat": ["EIO", "ENOENT", "EACCES"],
    "malloc": ["ENOMEM"],
    "mkdir": ["EIO", "ENOSPC", "EACCES"],
    "mkdirat": ["EIO", "ENOSPC", "EACCES"],
    "mmap": ["ENOMEM"],
    "open": ["EIO", "EMFILE", "ENOENT", "EACCES", "EINTR"],
    "openat": ["EIO", "EMFILE", "ENOENT", "EACCES", "EINTR"],
    "opendir": ["EIO", "EMFILE", "ENOENT"],
    "posix_memalign": ["ENOMEM"],
    "pread": ["EIO", "EINTR", "short", "end"],
    "pthread_create": ["EAGAIN"],
    "pwrite": ["EIO", "ENOSPC", "EINTR", "short", "half-ENOSPC"],
    "read": ["EIO", "EINTR", "short", "end"],
    "readdir": ["EIO"],
    "realloc": ["ENOMEM"],
    "rename": ["EIO", "ENOSPC", "EXDEV"],
    "renameat": ["EIO", "ENOSPC", "EXDEV"],
    "renameat2": ["EIO", "EINVAL", "ENOSYS"],
    "rmdir": ["EIO", "EBUSY"],
    "sendfile": ["EIO", "short"],
    "stat": ["EIO", "ENOENT", "EACCES"],
    "statvfs": ["EIO"],
    "sync_file_range": ["EIO", "ENOSPC"],
    "syncfs": ["EIO", "ENOSPC"],
    "unlink": ["EIO", "EACCES"],
    "unlinkat": ["EIO", "EACCES"],
    "write": ["EIO", "ENOSPC", "EINTR", "short", "half-ENOSPC"],
}

# Disks that stay full or broken, limits that stay reached, file systems that never give all at once.
# An error that asks for the call to be made again (EINTR) would be repeated for ever.
ONWARD = {
    "close": ["EIO"],
    "flock": ["ENOLCK"],
    "fstat": ["EIO"],
    "fsync": ["EIO"],
    "link": ["EPERM"],
    "linkat": ["EPERM"],
    "lstat": ["EIO"],
    "mkdir": ["ENOSPC"],
    "mkdirat": ["ENOSPC"],
    "open": ["EIO", "EMFILE"],
    "openat": ["EIO", "EMFILE"],
    "opendir": ["EMFILE"],
    "pread": ["EIO", "short"],
    "pthread_create": ["EAGAIN"],
    "pwrite": ["ENOSPC", "EIO", "short"],
    "read": ["EIO", "short"],
    "renameat2": ["EINVAL", "ENOSYS"],
    "stat": ["EIO"],
    "syncfs": ["EIO"],
    "unlink": ["EIO"],
    "unlinkat": ["EIO"],
    "write": ["ENOSPC", "EIO", "short"],
}


def faults():
    """All faults: once, from a call on, and the death of the process before a call."""
    for call, effects in EFFECTS.items():
        for effect in effects:
            yield Fault(call, effect)
    for call, effects in ONWARD.items():
        for effect in effects:
            yield Fault(call, effect, onward=True)
    for call in EFFECTS:
        if call not in MEMORY:
            yield Fault(call, "KILL")


# Calls before which something may be half done.
CHANGING = ("flock", "fsync", "link", "linkat", "mkdir", "mkdirat", "pwrite", "rename", "renameat",
            "renameat2", "rmdir", "syncfs", "unlink", "unlinkat", "write")


def short_faults():
    """One error for every call, once and onward, and the death of the process before some."""
    for call, effects in EFFECTS.items():
        yield Fault(call, effects[0])
        if "short" in effects:
            yield Fault(call, "short")
        if call in CHANGING:
            yield Fault(call, "KILL")
    for call, effects in ONWARD.items():
        yield Fault(call, effects[0], onward=True)


def one(count, name):
    """One of `count` calls, the same in every run."""
    return [zlib.crc32(name.encode()) % count + 1] if count else []


def numbers(count, limit):
    """Which of `count` calls are disturbed, one at a time: each up to a limit, and then some of the
    rest."""
    if count <= limit:
        return list(range(1, count + 1))
    more = max(1, limit // 4)
    spread = {limit + (place + 1) * (count - limit) // more for place in range(more)}
    return list(range(1, limit + 1)) + sorted(spread)


def spread(count, limit):
    """At most `limit` of `count` calls at even distances, the first and the last among them."""
    if count <= limit:
        return list(range(1, count + 1))
    return sorted({1 + place * (count - 1) // max(1, limit - 1) for place in range(limit)})
