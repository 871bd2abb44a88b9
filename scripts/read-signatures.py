#!/usr/bin/env python3
"""Reads a signature file by docs/signatures.md alone and prints its documents as JSON lines.

usage: read-signatures.py FILE         needs the package xxhash
"""
import json
import struct
import sys

import xxhash

MAGIC = bytes.fromhex("d252455052534947")


def blocks(data):
    place = 0
    while place < len(data):
        header = data[place : place + 64]
        if header[:8] != MAGIC or xxhash.xxh3_64_intdigest(header[:56]) != word(header, 56):
            place += 4096
            continue
        version, kind, size, checksum, run, source, number = struct.unpack_from("<IIQQQQQ", header, 8)
        if version != 2:
            sys.exit(f"byte {place}: version {version} is not read")
        payload = data[place + 64 : place + 64 + size]
        if len(payload) != size or xxhash.xxh3_64_intdigest(payload) != checksum:
            # A block that was cut off; blocks that were appended later can be within its length.
            print(f"byte {place}: the block is damaged", file=sys.stderr)
            place += 4096
            continue
        yield kind, checksum, run, source, number, payload
        place = -(-(place + 64 + size) // 4096) * 4096


def word(data, place):
    return struct.unpack_from("<Q", data, place)[0]


def chunk(payload):
    """The sections of a chunk's payload."""
    (documents, parts, bands, words, fingerprints, hashes, flags, problems) = struct.unpack_from(
        "<8I", payload
    )
    label_bytes, problem_bytes, blank_lines = struct.unpack_from("<3Q", payload, 32)
    sizes = [
        48 * parts, 8 * hashes, 56 * documents, 8 * documents * (1 + (flags >> 8 & 255)) if flags & 2 else 0,
        8 * words * documents, label_bytes, problem_bytes, 8 * bands * documents,
        4 * 65 if fingerprints else 0, 20 * fingerprints,
    ]
    sections, place = [], 64
    for size in sizes:
        sections.append(payload[place : place + size])
        place += -(-size // 8) * 8
    return documents, bands, words, sections


def add(chunks, pieces, place, payload):
    """Adds a block of a chunk. A chunk counts once its last piece is there; of several, the first in
    which no input failed counts, or the last one."""
    def failed(found):
        return struct.unpack_from("<I", found[0], 24)[0] & 8

    flags, piece = struct.unpack_from("<I", payload, 24)[0], word(payload, 56)
    found = pieces.setdefault(place, [])
    if piece == 0:
        found.clear()
    if piece != len(found):
        return
    found.append(payload)
    if not flags & 4:
        whole = pieces.pop(place)
        if place not in chunks or failed(chunks[place]):
            chunks[place] = whole


def documents(payload, inputs, lines):
    count, bands, words, sections = chunk(payload)
    parts, _, records, order, digests, labels, problems, keys, starts, fingerprints = sections
    owners = [struct.unpack_from("<IIQ", parts, at) for at in range(0, len(parts), 48)]
    grams = [0] * count
    for at in range(0, len(fingerprints), 20):
        grams[struct.unpack_from("<I", fingerprints, at + 8)[0]] += 1
    part = -1
    for index in range(count):
        while part + 1 < len(owners) and owners[part + 1][1] <= index:
            part += 1
            source, _, feeds = owners[part]
            lines["before"] = lines["next"] if lines["source"] == source else 0
            lines["source"], lines["next"] = source, lines["before"] + feeds
        low, high, offset, id_hash, tokens, length, text, label, text_hash = struct.unpack_from(
            "<QQQQIIIIQ", records, 56 * index
        )
        at = label & 0x7FFFFFFF
        line, id_size, title_size = struct.unpack_from("<III", labels, at)
        name = labels[at + 12 : at + 12 + id_size]
        title = labels[at + 12 + id_size : at + 12 + id_size + title_size]
        path = inputs[owners[part][0]]["source"]
        number = lines["before"] + line
        yield {
            "id": name.decode("utf-8", "replace") or (f"{path}#{number}" if line else path),
            "source": path,
            "offset": offset,
            "length": length,
            "tokens": tokens,
            "text_bytes": text,
            "identity": f"{high:016x}{low:016x}",
            "text_hash": f"{text_hash:016x}",
            "problem": title.decode() if label >> 31 else "",
            "title": "" if label >> 31 else title.decode("utf-8", "replace"),
            "keys": [word(keys, 8 * (band * count + index)) for band in range(bands)],
            "digest": digests[8 * words * index : 8 * words * (index + 1)].hex(),
            "fingerprints": grams[index],
        }


def main():
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    run, chunks, pieces, end = None, {}, {}, None
    for kind, checksum, owner, source, number, payload in blocks(data):
        if kind == 1 and run is None:
            run, description = checksum, json.loads(payload)
        elif kind == 2 and owner == run:
            add(chunks, pieces, (source, number), payload)
        elif kind == 3 and owner == run:
            end = word(payload, 0)
    payloads = [payload for place in sorted(chunks) for payload in chunks[place]]
    if end is not None and end != len(payloads):
        sys.exit(f"{len(payloads)} blocks of chunks, and the end says {end}")
    lines = {"source": -1, "before": 0, "next": 0}
    for payload in payloads:
        for document in documents(payload, description["inputs"], lines):
            print(json.dumps(document, ensure_ascii=False))


main()
