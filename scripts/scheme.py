#!/usr/bin/env python3
"""Computes the numbers of scheme 1 for a text, from docs/scheme.md alone.

Needs `xxhash` from PyPI and Debian's package `unicode-data`. Slow and plain on purpose: it is what
the fast code is compared with, so it shares nothing with it, neither tables nor normalization.
"""

import argparse
import codecs
import json
import pathlib
import re
import struct
import sys

try:
    import xxhash
except ImportError:
    sys.exit("scheme.py needs the Python package xxhash: pip install xxhash")

SCHEME = 1
UNICODE = "15.0.0"
SEPARATOR, WORD, GRAPHEME, EXTEND, DROPPED = "separator", "word", "grapheme", "extend", "dropped"
UNSPACED = {"Hani", "Hira", "Kana", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"}
ACCENTS = {
    *range(0x300, 0x370), *range(0x1AB0, 0x1B00), *range(0x1DC0, 0x1E00),
    *range(0x20D0, 0x2100), *range(0xFE20, 0xFE30),
}
MASK_32 = 0xFFFFFFFF


class Unicode:
    """The Unicode data that the scheme needs; dictionaries hold what differs from the default."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.category, self.combining, self.decomposition = {}, {}, {}
        self.compatibility = {}
        self.read_unicode_data()
        names = {}
        for row in self.table("PropertyValueAliases.txt"):
            if row[0] == "sc":
                names[row[2]] = row[1]
        self.script = {s: names[row[1]] for s, row in self.scalars("Scripts.txt")}
        extensions = self.scalars("ScriptExtensions.txt")
        self.extensions = {s: set(row[1].split()) for s, row in extensions}
        self.breaks = {s: row[1] for s, row in self.scalars("auxiliary/GraphemeBreakProperty.txt")}
        self.ignorable = self.having("DerivedCoreProperties.txt", "Default_Ignorable_Code_Point")
        breaks = self.scalars("auxiliary/SentenceBreakProperty.txt")
        self.sentence_break = {s: row[1] for s, row in breaks}
        self.white_space = self.having("PropList.txt", "White_Space")
        excluded = self.having("DerivedNormalizationProps.txt", "Full_Composition_Exclusion")
        self.composition = {
            tuple(parts): scalar
            for scalar, parts in self.decomposition.items()
            if scalar not in excluded
        }
        self.folding = {
            s: [int(part, 16) for part in row[2].split()]
            for s, row in self.scalars("CaseFolding.txt")
            if row[1] in "CF"
        }

    def table(self, name):
        text = (self.folder / name).read_text(encoding="utf-8")
        if name != "UnicodeData.txt" and f"-{UNICODE}.txt" not in text.partition("\n")[0]:
            sys.exit(f"{self.folder / name} is not of Unicode {UNICODE}")
        for line in text.splitlines():
            row = [field.strip() for field in line.partition("#")[0].split(";")]
            if row != [""]:
                yield row

    def scalars(self, name):
        for row in self.table(name):
            ends = [int(end, 16) for end in row[0].split("..")]
            for scalar in range(ends[0], ends[-1] + 1):
                yield scalar, row

    def having(self, name, value):
        return {scalar for scalar, row in self.scalars(name) if row[1] == value}

    def read_unicode_data(self):
        start = None
        for row in self.table("UnicodeData.txt"):
            scalar = int(row[0], 16)
            if row[1].endswith(", First>"):
                start = scalar
                continue
            for member in range(scalar if start is None else start, scalar + 1):
                self.category[member] = row[2]
            start = None
            if row[3] != "0":
                self.combining[scalar] = int(row[3])
            if row[5] and "<" not in row[5]:
                self.decomposition[scalar] = [int(part, 16) for part in row[5].split()]
            elif row[5]:
                parts = row[5].partition(">")[2].split()
                self.compatibility[scalar] = [int(part, 16) for part in parts]

    def class_of(self, scalar):
        category = self.category.get(scalar, "Cn")
        script = self.script.get(scalar, "Zzzz")
        extensions = self.extensions.get(scalar, {script})
        if scalar in self.ignorable or scalar == 0x640:
            return DROPPED
        if category == "Mn" and ("Arab" in extensions or script == "Hebr"):
            return DROPPED
        if category[0] not in "LMN":
            return SEPARATOR
        if self.breaks.get(scalar) in ("Extend", "SpacingMark"):
            return EXTEND
        return GRAPHEME if script in UNSPACED or extensions <= UNSPACED else WORD

    def nfc(self, scalars, fold=()):
        """Normalization form C; KC and without accents if these are folded."""
        mappings = {**self.compatibility, **self.decomposition}
        if "compatibility" not in fold:
            mappings = self.decomposition
        decomposed = [part for scalar in scalars for part in self.decompose(scalar, mappings)]
        if "accents" in fold:
            decomposed = [scalar for scalar in decomposed if scalar not in ACCENTS]
        start = 0
        for end in range(len(decomposed) + 1):
            if end == len(decomposed) or self.combining.get(decomposed[end], 0) == 0:
                marks = decomposed[start:end]
                decomposed[start:end] = sorted(marks, key=lambda mark: self.combining[mark])
                start = end + 1
        result, starter, last = [], None, 0
        for scalar in decomposed:
            combining = self.combining.get(scalar, 0)
            if starter is not None and (starter == len(result) - 1 or last < combining):
                composite = self.compose(result[starter], scalar)
                if composite is not None:
                    result[starter] = composite
                    continue
            if combining == 0:
                starter = len(result)
            last = combining
            result.append(scalar)
        return result

    def decompose(self, scalar, mappings):
        if 0xAC00 <= scalar < 0xAC00 + 11172:
            lead, rest = divmod(scalar - 0xAC00, 588)
            vowel, tail = divmod(rest, 28)
            return [0x1100 + lead, 0x1161 + vowel] + ([0x11A7 + tail] if tail else [])
        if scalar not in mappings:
            return [scalar]
        return [leaf for part in mappings[scalar] for leaf in self.decompose(part, mappings)]

    def compose(self, first, second):
        if 0x1100 <= first < 0x1113 and 0x1161 <= second < 0x1176:
            return 0xAC00 + 588 * (first - 0x1100) + 28 * (second - 0x1161)
        if first in range(0xAC00, 0xAC00 + 11172, 28) and 0x11A8 <= second < 0x11C3:
            return first + second - 0x11A7
        return self.composition.get((first, second))


def without_mark(data):
    return data[3:] if data.startswith(b"\xef\xbb\xbf") else data


def decode(data):
    """The text of the bytes, with lone surrogates for ill-formed bytes, and how many such sequences
    there are.
    """
    invalid = 0

    def replace(error):
        nonlocal invalid
        invalid += 1
        return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end

    codecs.register_error("count", replace)
    return without_mark(data).decode("utf-8", errors="count"), invalid


def join_divided_words(text, unicode):
    """The text with one U+00AD instead of each hyphen, line end and blanks that divide a word."""
    def class_of(character):
        return unicode.sentence_break.get(ord(character), "Other")

    def is_letter(character):
        return class_of(character) in ("Lower", "Upper", "OLetter") and character != "\u00A0"

    result, last = [], 0
    for match in re.finditer(r"(\u00AD|[-\u2010\u00AC])[ \t]*(?:\r\n|\n|\r)[ \t]*", text):
        before = match.start()
        while before > last and class_of(text[before - 1]) in ("Extend", "Format"):
            before -= 1
        follows_letter = before > last and is_letter(text[before - 1])
        continues = class_of(text[match.end() : match.end() + 1] or "\0") == "Lower"
        if match[1] == "\u00AD" or (follows_letter and continues):
            result += [text[last : match.start()], "\u00AD"]
            last = match.end()
    return "".join(result) + text[last:]


def tokens_of(text, unicode, fold=(), tokens="words", case="fold"):
    symbols, cased, tokens, kind = tokens == "symbols", case == "keep", [], None
    if "hyphens" in fold:
        text = join_divided_words(text, unicode)
    for scalar in unicode.nfc([ord(character) for character in text], fold):
        found = WORD if 0xDC80 <= scalar <= 0xDCFF else unicode.class_of(scalar)
        if found == DROPPED:
            continue
        if symbols and found == SEPARATOR and scalar not in unicode.white_space:
            found = GRAPHEME
        folded = chr(scalar) if cased else "".join(map(chr, unicode.folding.get(scalar, [scalar])))
        if found == SEPARATOR:
            kind = None
        elif kind and (found == EXTEND or found == kind == WORD):
            tokens[-1] += folded
        else:
            kind = WORD if found == EXTEND else found
            tokens.append(folded)
    return tokens


def encode(text):
    return text.encode("utf-8", errors="surrogateescape")


def shingle_ids(tokens, n):
    """The ids in order of position, repetitions kept."""
    starts = range(max(1, len(tokens) - n + 1)) if tokens else []
    return [xxhash.xxh3_64_intdigest(encode(" ".join(tokens[i : i + n]))) for i in starts]


def identity_of(tokens, data):
    hashed = encode(" ".join(tokens)) if tokens else without_mark(data)
    return xxhash.xxh3_128_hexdigest(hashed)


def signature_of(ids, slots):
    """The slots, or None for a document without shingles."""
    if not ids:
        return None
    signature = [None] * slots
    for x in ids:
        slot, value = x * slots >> 64, (x & MASK_32) >> 1
        signature[slot] = value if signature[slot] is None else min(signature[slot], value)
    return [fill(i, ids) if value is None else value for i, value in enumerate(signature)]


def fill(slot, ids):
    least = MASK_32
    for x in ids:
        v = (x >> 32 ^ (slot + 1) * 0x9E3779B1 & MASK_32) * (x & MASK_32 | 1) & MASK_32
        least = min(least, v ^ v >> 15)
    return 0x80000000 | least >> 1


def band_keys(signature, bands, rows):
    return [
        xxhash.xxh3_64_hexdigest(
            struct.pack("<2I", SCHEME, band)
            + struct.pack(f"<{rows}I", *signature[band * rows : (band + 1) * rows])
        )
        for band in range(bands)
    ]


def choose_bands(threshold, recall, slots):
    """The (bands, rows) for a threshold and a recall floor, or None."""
    best, power = None, 1.0
    for rows in range(1, slots + 1):
        power *= threshold
        missed = 1.0
        for bands in range(1, slots // rows + 1):
            missed *= 1 - power
            if 1 - missed >= recall:
                best = bands, rows
                break
    return best


def little_endian(signature):
    return struct.pack(f"<{len(signature)}I", *signature).hex() if signature else None


def describe(data, unicode, n, rules):
    """All of a document that does not depend on the signature's size, and its ids."""
    text, invalid = decode(data)
    tokens = tokens_of(text, unicode, **rules)
    ids = shingle_ids(tokens, n)
    description = {
        "invalid": invalid,
        "tokens": [encode(token).decode("utf-8", errors="backslashreplace") for token in tokens],
        "shingles": [f"{x:016x}" for x in ids],
        "identity": identity_of(tokens, data),
        "token_count": len(tokens),
    }
    return description, ids


def print_vectors(texts, unicode):
    """Prints one vector a line for texts of {"name", "text"} or {"name", "bytes"} (hex), and maybe
    {"fold"}, a list, {"token_kind"} and {"case"}.
    """
    print(f'{{"scheme": {SCHEME}, "unicode": "{UNICODE}", "ngram": 5, "vectors": [')
    for number, text in enumerate(texts):
        data = bytes.fromhex(text["bytes"]) if "bytes" in text else text["text"].encode()
        named = {"fold": "fold", "token_kind": "tokens", "case": "case"}
        rules = {rule: text[name] for name, rule in named.items() if name in text}
        description, ids = describe(data, unicode, 5, rules)
        signature = signature_of(ids, 256)
        vector = {
            "name": text["name"],
            "bytes": data.hex(),
            **{name: text[name] for name in named if name in text},
            **description,
            "signature_64": little_endian(signature_of(ids, 64)),
            "signature_256": little_endian(signature),
            "band_keys_21x9": signature and band_keys(signature, 21, 9),
        }
        print(json.dumps(vector) + ("," if number < len(texts) - 1 else ""))
    print("]}")


def print_document(arguments, unicode):
    if arguments.slots not in (64, 128, 256, 512, 1024):
        sys.exit(f"--slots {arguments.slots} is not a power of two from 64 to 1024")
    if arguments.bands * arguments.rows > arguments.slots:
        sys.exit(f"{arguments.bands} bands of {arguments.rows} rows exceed {arguments.slots} slots")
    standard_input = arguments.file == "-"
    data = sys.stdin.buffer.read() if standard_input else pathlib.Path(arguments.file).read_bytes()
    rules = {"fold": arguments.fold, "tokens": arguments.tokens, "case": arguments.case}
    description, ids = describe(data, unicode, arguments.ngram, rules)
    signature = signature_of(ids, arguments.slots)
    result = {
        "scheme": SCHEME,
        "ngram": arguments.ngram,
        "slots": arguments.slots,
        "bands": arguments.bands,
        "rows": arguments.rows,
        **({"fold": sorted(arguments.fold)} if arguments.fold else {}),
        **({"token_kind": "symbols"} if arguments.tokens == "symbols" else {}),
        **({"case": "keep"} if arguments.case == "keep" else {}),
        **description,
        "signature": little_endian(signature),
        "band_keys": signature and band_keys(signature, arguments.bands, arguments.rows),
    }
    print(json.dumps(result, indent=1))


def main():
    parser = argparse.ArgumentParser(description="Compute the numbers of scheme 1 for a text.")
    parser.add_argument("file", nargs="?", help="a document, or - for standard input")
    parser.add_argument("--ngram", type=int, default=5, help="tokens in a shingle")
    forms = ("accents", "compatibility", "hyphens")
    parser.add_argument("--fold", action="append", choices=forms, default=[])
    parser.add_argument("--tokens", choices=("words", "symbols"), default="words")
    parser.add_argument("--case", choices=("fold", "keep"), default="fold")
    parser.add_argument("--slots", type=int, default=256, help="slots of the signature")
    parser.add_argument("--bands", type=int, default=21)
    parser.add_argument("--rows", type=int, default=9)
    parser.add_argument("--unicode-data", default="/usr/share/unicode", metavar="DIR")
    parser.add_argument("--vectors", metavar="TEXTS.json", help="write vectors for many texts")
    arguments = parser.parse_args()
    if (arguments.file is None) == (arguments.vectors is None):
        parser.error("give a file, -, or --vectors")
    if arguments.ngram < 1 or arguments.bands < 1 or arguments.rows < 1:
        parser.error("--ngram, --bands and --rows are at least 1")
    unicode = Unicode(arguments.unicode_data)
    if arguments.vectors:
        print_vectors(json.loads(pathlib.Path(arguments.vectors).read_text("utf-8")), unicode)
    else:
        print_document(arguments, unicode)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        sys.exit(str(error))
