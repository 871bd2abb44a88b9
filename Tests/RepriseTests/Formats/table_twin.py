"""What Python's csv module reads and keeps: the twin of the tests of tables.

make SEED FILE DELIMITER   writes a random table
read FILE DELIMITER        prints each row of a table as a JSON array: its line, then its fields
check FILE CLEANED MANIFEST DELIMITER
                           compares a cleaned table with what a manifest leaves of the table
"""
import csv
import io
import json
import random
import sys

csv.field_size_limit(1 << 30)


def rows(data, delimiter):
    """The rows of a table: the number of the line, the bytes, and the fields."""
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    lines = [line + b"\n" for line in data.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    if not lines[-1]:
        lines.pop()
    text = (line.decode("utf-8", "surrogateescape") for line in lines)
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    before = 0
    for row in reader:
        after = reader.line_num
        yield before + 1, b"".join(lines[before:after]), row
        before = after


def make(seed, path, delimiter):
    chance = random.Random(seed)
    end = chance.choice(["\n", "\r\n"])
    letters = ["a", "b", " ", "word", "é", "中", "\U0001f600", "\t", ";", ",", "|", "\\", "'", "\n", "\r\n", "\n\n", '"', '""', delimiter]

    def text(count):
        return "".join(chance.choice(letters) for _ in range(chance.randrange(count)))

    def field(value):
        plain = not any(c in value for c in ('"', "\n", "\r", delimiter))
        if plain and chance.random() < 0.6:
            return value
        return '"' + value.replace('"', '""') + '"'

    width = chance.randrange(2, 6)
    names = [f"column {i}" for i in range(width)]
    names[chance.randrange(width)] = "text"
    others = [i for i in range(width) if names[i] != "text"]
    names[chance.choice(others)] = "id"
    out = io.StringIO()
    out.write(delimiter.join(field(name) for name in names) + end)
    words = [f"word{i}" for i in range(400)]
    known = []
    for number in range(chance.randrange(1, 60)):
        row = [text(8) for _ in names]
        row[names.index("id")] = f"d{number}"
        size = chance.choice([3, 12, 200])
        if known and chance.random() < 0.3:
            row[names.index("text")] = chance.choice(known)
        elif known and chance.random() < 0.5:
            # A passage of an earlier row among other words.
            own = " ".join(chance.choice(words) for _ in range(60))
            row[names.index("text")] = own + ' "so".\n' + chance.choice(known) + "\n" + own[::-1]
        else:
            row[names.index("text")] = "".join(
                chance.choice(words) + chance.choice([" ", " ", " ", ", ", ". ", ".\n", ' "', '" ', "; "])
                for _ in range(size))
            known.append(row[names.index("text")])
        out.write(delimiter.join(field(value) for value in row) + end)
        if chance.random() < 0.05:
            out.write(end)
    data = out.getvalue().encode()
    if chance.random() < 0.3:
        data = data.removesuffix(b"\n").removesuffix(b"\r")
    if chance.random() < 0.3:
        data = b"\xef\xbb\xbf" + data
    with open(path, "wb") as file:
        file.write(data)


def read(path, delimiter):
    for line, _, row in rows(open(path, "rb").read(), delimiter):
        print(json.dumps([str(line)] + row))


def check(path, cleaned, manifest, delimiter):
    entries = [json.loads(line) for line in open(manifest)]
    before = [row for row in rows(open(path, "rb").read(), delimiter)]
    after = [row for row in rows(open(cleaned, "rb").read(), delimiter)]
    header = before[0]
    column = header[2].index("text")
    expected, trimmed = [header[1:]], {}
    place = 0
    for _, raw, row in before[1:]:
        if not row:
            expected.append((raw, row))
            continue
        entry = entries[place]
        place += 1
        if entry["status"] == "drop":
            continue
        if entry["status"] == "trim":
            text = row[column].encode()
            for cut in sorted(entry["cuts"], key=lambda cut: -cut["start"]):
                text = text[: cut["start"]] + text[cut["end"] :]
            row = row[:column] + [text.decode()] + row[column + 1 :]
            trimmed[len(expected)] = raw
        expected.append((raw, row))
    assert place == len(entries), (place, len(entries))
    assert len(expected) == len(after), (len(expected), len(after))
    for index, ((raw, row), (_, other, left)) in enumerate(zip(expected, after)):
        assert row == left, (index, row, left)
        if index not in trimmed:
            assert raw == other, (index, raw, other)
        else:
            assert raw[-2:].strip(b"\r\n") == b"" or raw[-1:] == other[-1:], (index, raw, other)
    print(len(trimmed))


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    if command == "make":
        make(int(arguments[0]), *arguments[1:])
    else:
        {"read": read, "check": check}[command](*arguments)
