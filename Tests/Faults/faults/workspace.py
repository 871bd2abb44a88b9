"""A working folder: a corpus, results, and files of the user everywhere where a run writes."""
import json
import os
import shutil
import stat

# Files that are nobody's but the user's, some under names that look like those of a run.
FOREIGN = ("notes.txt", "out-notes/notes.txt", ".out.partial-1/notes.txt", ".out.scratch-notes/notes.txt",
           "scratch/notes.txt")


class Workspace:
    """A folder of its own for every worker, so that several can run at once."""

    def __init__(self, folder, corpora):
        self.folder = folder
        for name in ("corpus", "other"):
            shutil.copytree(f"{corpora}/{name}", f"{folder}/{name}")
        os.mkdir(f"{folder}/tmp")
        for name in FOREIGN:
            os.makedirs(os.path.dirname(f"{folder}/{name}"), exist_ok=True)
            with open(f"{folder}/{name}", "w") as file:
                file.write(f"{name} of the user\n")
        self.known = {}

    def path(self, name):
        return f"{self.folder}/{name}"

    def settle(self, only=None):
        """Everything that is here now is the user's, or the one thing that is named."""
        now = dict(self._entries(""))
        self.known = {**self.known, only: now[only]} if only else now

    def _entries(self, folder):
        with os.scandir(self.path(folder)) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            name = f"{folder}/{entry.name}" if folder else entry.name
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode):
                yield name, (status.st_mode, status.st_ino)
                yield from self._entries(name)
            else:
                # The time of the last change says of the bytes as well that they are the same.
                yield name, (status.st_mode, status.st_ino, status.st_size, status.st_ctime_ns)

    def changes(self):
        """What of the user's is gone or changed."""
        now = dict(self._entries(""))
        return [name for name, known in self.known.items() if now.get(name) != known]

    def strangers(self):
        """What is here and not the user's; of a folder that is not his, only itself."""
        found = []
        for name, _ in self._entries(""):
            if name not in self.known and not any(name.startswith(f"{other}/") for other in found):
                found.append(name)
        return found

    def clear(self):
        """Removes what is not the user's."""
        for name in self.strangers():
            remove(self.path(name))

    def keep(self, folder):
        """Moves what is not the user's into another folder, from where `restore` copies it."""
        for name in self.strangers():
            os.makedirs(os.path.dirname(f"{folder}/{name}"), exist_ok=True)
            shutil.move(self.path(name), f"{folder}/{name}")

    def restore(self, folder):
        shutil.copytree(folder, self.folder, dirs_exist_ok=True)


def remove(path):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    else:
        os.remove(path)


def content(path):
    """The bytes of a file, or of every file of a folder by name; None if there is nothing.

    The times in the summary of results are left out.
    """
    if not os.path.lexists(path):
        return None
    if os.path.islink(path):
        return os.readlink(path)
    if not os.path.isdir(path):
        with open(path, "rb") as file:
            return timeless(file.read()) if path.endswith("/summary.json") else file.read()
    return {name: content(f"{path}/{name}") for name in sorted(os.listdir(path))}


def timeless(summary):
    try:
        values = json.loads(summary)
    except ValueError:
        return summary
    for name in ("stages", "seconds"):
        values.pop(name, None)
    return json.dumps(values).encode()
