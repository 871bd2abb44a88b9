"""Writes files of formats that are not read, most of them with a text inside that several share."""
import bz2
import dbm.dumb
import email.message
import io
import lzma
import mailbox
import os
import pathlib
import pickle
import plistlib
import py_compile
import random
import sqlite3
import struct
import sys
import tarfile
import wave
import zipfile
import zlib

out = pathlib.Path(sys.argv[1])
rng = random.Random(4)
words = ["".join(rng.choices("abcdefghiklmnoprstu", k=rng.randint(3, 9))) for _ in range(400)]
shared = " ".join(rng.choices(words, k=300)) + "."
text = f"{shared}\n\n{' '.join(rng.choices(words, k=80))}.\n"
payload = text.encode()


def write(name, data):
    (out / name).parent.mkdir(parents=True, exist_ok=True)
    (out / name).write_bytes(data)


def zipped(name, entries, method=zipfile.ZIP_STORED):
    with zipfile.ZipFile(out / name, "w", method) as file:
        for entry, data in entries.items():
            file.writestr(zipfile.ZipInfo(entry), data, method)


def tarred(name, form):
    with tarfile.open(out / name, "w", format=form) as file:
        for number in range(3):
            entry = tarfile.TarInfo(f"text{number}.txt")
            entry.size = len(payload)
            file.addfile(entry, io.BytesIO(payload))


def version7(name):
    """A tar archive of the first kind: the header of another without its fixed bytes."""
    tarred(name, tarfile.USTAR_FORMAT)
    data = bytearray((out / name).read_bytes())
    for start in range(0, len(data) - 512, 512):
        if data[start + 257 : start + 262] == b"ustar":
            data[start + 257 : start + 512] = bytes(255)
            data[start + 148 : start + 156] = b" " * 8
            total = sum(data[start : start + 512])
            data[start + 148 : start + 156] = b"%06o\0 " % total
    (out / name).write_bytes(data)


zipped("stored.zip", {"a.txt": payload})
zipped("deflated.zip", {"a.txt": payload}, zipfile.ZIP_DEFLATED)
zipped("report.docx", {"[Content_Types].xml": payload, "word/document.xml": payload})
zipped("sheet.xlsx", {"[Content_Types].xml": payload})
zipped("text.odt", {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": payload})
zipped("package-1.0-py3-none-any.whl", {"package/__init__.py": payload})
zipped("book.epub", {"mimetype": b"application/epub+zip", "a.xhtml": payload})
zipped("program.jar", {"META-INF/MANIFEST.MF": payload})
zipped("empty.zip", {})
tarred("ustar.tar", tarfile.USTAR_FORMAT)
tarred("gnu.tar", tarfile.GNU_FORMAT)
tarred("pax.tar", tarfile.PAX_FORMAT)
version7("version7.tar")
write("text.bz2", bz2.compress(payload))
write("text.xz", lzma.compress(payload))
write("text.z", b"\x1f\x9d\x90" + payload)
write("deb.deb", b"!<arch>\ndebian-binary   0           0     0     100644  4         `\n2.0\n" + payload)
write("package.rpm", b"\xed\xab\xee\xdb\x03\x00" + payload)
write("archive.cpio", b"070701" + b"0" * 104 + b"text\0\0" + payload)
write("archive.7z", b"7z\xbc\xaf\x27\x1c\x00\x04" + payload)
write("archive.rar", b"Rar!\x1a\x07\x01\x00" + payload)
write("text.lz4", b"\x04\x22\x4d\x18" + payload)
write("twice.gz", zlib.compress(zlib.compress(payload, 0, 31), 0, 31))
write("objects.pack", b"PACK\0\0\0\x02\0\0\0\x01" + payload)
write("crawl.warc", b"WARC/1.0\r\nWARC-Type: conversion\r\n\r\n" + payload)
write("crawl.wet", b"WARC/1.0\r\nWARC-Type: conversion\r\n\r\n" + payload + payload)

write("text.pdf", b"%PDF-1.4\n1 0 obj\n<< >>\nstream\n" + payload + b"\nendstream\n%%EOF\n")
write("text.ps", b"%!PS-Adobe-3.0\n" + payload)
write("text.rtf", b"{\\rtf1\\ansi " + payload + b"}")
write("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + payload * 4)
write("book.mobi", b"name".ljust(60, b"\0") + b"BOOKMOBI" + payload)
write("words.mo", struct.pack("<7I", 0x950412DE, 0, 1, 28, 36, 0, 0) + payload)
write("book.djvu", b"AT&TFORM\0\0\0\0" + payload)

box = mailbox.mbox(out / "letters.mbox")
for number in range(3):
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Date"] = "a@example.org", "b@example.org", "today"
    message["Subject"] = f"letter {number}"
    message.set_content(text)
    box.add(message)
box.close()

database = sqlite3.connect(out / "texts.sqlite")
database.execute("create table texts (text text)")
database.executemany("insert into texts values (?)", [(text,)] * 40)
database.commit()
database.close()
for version in (2, 3, 4, 5):
    write(f"texts{version}.pickle", pickle.dumps({"a": text, "b": [text + "x"] * 3}, version))
write("encrypted.parquet", b"PARE\x15\x04\x15\0" + payload * 3 + b"PARE")
write("plain.arrow", b"ARROW1\0\0" + payload * 3)
write("plain.feather", b"FEA1\0\0\0\0" + payload * 3)
write("rows.avro", b"Obj\x01" + payload * 2)
write("rows.orc", b"ORC\n\x08\x03\x10" + payload * 2)
write("rows.h5", b"\x89HDF\r\n\x1a\n" + payload)
write("rows.npy", b"\x93NUMPY\x01\0v\0{'descr': '|S1'}" + payload)
write("rows.mat", b"MATLAB 5.0 MAT-file, Platform: GLNX86" + bytes(90) + payload)
write("model.gguf", b"GGUF\x03\0\0\0" + payload)

write("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + payload)
write("picture.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + payload)
write("picture.gif", b"GIF89a\1\0\1\0" + payload)
write("picture.bmp", b"BM" + struct.pack("<IHHI", len(payload) + 54, 0, 0, 54) + payload)
write("picture.tiff", b"II*\0\x08\0\0\0" + payload)
write("picture.webp", b"RIFF" + struct.pack("<I", len(payload)) + b"WEBPVP8 " + payload)
write("picture.psd", b"8BPS\0\x01" + payload)
write("picture.ico", b"\0\0\1\0\1\0" + payload)
write("scan.dcm", bytes(128) + b"DICM" + payload)
with wave.open(str(out / "sound.wav"), "wb") as sound:
    sound.setnchannels(1)
    sound.setsampwidth(1)
    sound.setframerate(8000)
    sound.writeframes(payload)
write("sound.ogg", b"OggS\0\2" + payload)
write("sound.flac", b"fLaC\0\0\0\x22" + payload)
write("sound.mp3", b"ID3\4\0" + payload)
write("film.mp4", b"\0\0\0\x18ftypmp42" + payload)
write("film.mkv", b"\x1a\x45\xdf\xa3" + payload)
write("sound.mid", b"MThd\0\0\0\6\0\1" + payload)
write("letters.otf", b"OTTO\0\x0b" + payload)
write("letters.ttf", b"\0\1\0\0\0\x0f" + payload)
write("letters.woff2", b"wOF2\0\1\0\0" + payload)

write("program.elf", b"\x7fELF\2\1\1\0" + payload)
write("program.exe", b"MZ\x90\0\3\0" + payload)
write("Program.class", b"\xca\xfe\xba\xbe\0\0\0\x34" + payload)
write("module.wasm", b"\0asm\1\0\0\0" + payload)
write("program.dex", b"dex\n035\0" + payload)
write("program.bc", b"BC\xc0\xde" + payload)
source = out / "module.py"
source.write_text(f"TEXT = {text!r}\n")
py_compile.compile(str(source), cfile=str(out / "module.pyc"))
source.unlink()
write("zone", b"TZif2" + bytes(15) + payload)
write("binary.plist", plistlib.dumps({"text": text}, fmt=plistlib.FMT_BINARY))
store = dbm.dumb.open(str(out / "store"), "n")
store[b"a"] = payload
store.close()

# Names that say another format, and packed files.
write("named.jsonl", b"Obj\x01" + payload)
write("named.txt", b"PK\3\4" + payload)
write("packed.tar.gz", zlib.compress((out / "ustar.tar").read_bytes(), 9, 31))
write("packed.pdf.gz", zlib.compress((out / "text.pdf").read_bytes(), 9, 31))
write("large.orc", b"ORC\n\x08\x03\x10" + payload * 3000)
for name in ("/bin/true", "/usr/share/zoneinfo/Europe/Paris"):
    if os.path.isfile(name):
        write("system/" + os.path.basename(name), pathlib.Path(name).read_bytes())
# Texts, which are read; some begin like other formats.
for number in range(4):
    write(f"text{number}.txt", payload + b"%d" % number)
beginnings = ["PARENTS", "PAR1", "GGUF", "RDX2", "TZif", "ORC\n", "wOFF", "LZIP", "hsqs", "070701", "GIF89a", "BM",
              "RIFF", "MZ", "FEA1", "From a", "%PDF", "WARC/", "OTTO", "PACK", "true", "ID3", "PK"]
for number, beginning in enumerate(beginnings):
    other = " ".join(rng.choices(words, k=90))
    write(f"text-{number}.txt", f"{beginning} {other}.\n".encode())
