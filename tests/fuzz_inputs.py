"""Seeds and mutations for the fuzz harness: the same number always makes the same hostile file."""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random

from asn_desk.circulars import codes
from asn_desk.circulars.return_files import returns_sheet
from asn_desk.circulars.return_files.returns_sheet import Head, Line
from asn_desk.circulars.seals import Seal
from asn_desk.database.backups import backup_parts as backup
from asn_desk.paths import template_file
from tests.core.employee_files import person, write_csv, write_xlsx

SEAL = Seal("00" * 8, "11" * 32)
HEAD = Head(1, 1, 1, "ab" * 32, 1, "Dinas Contoh", 4, "2024-09-09")
LARGEST = 400_000
WORDS = (
    b"{{", b"}}", b"{%", b"%}", b"{#", b"{{ pegawai.nama }}", b"{% for x in pegawai %}", b"{% endfor %}", b"{{ ''.__class__ }}",
    b"{{ range(10**9) }}", b"{{ 'x' * 10**9 }}", b"=1+1", b"=cmd|' /C calc'!A0", b"../../luar", b"/etc/passwd", b"C:\\",
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"9" * 40, b"-1", b"1e309", b"NaN", b"0000-00-00", b"2147483648", b"65537", b"A1048577",
    b'<!DOCTYPE x [<!ENTITY a "b">]>', b"&a;", b"&#0;", b"&#x110000;", b"<![CDATA[", b"]]>", b"<?xml", b'xmlns:w="x"',
    b"PK\x03\x04", b"PK\x05\x06", b"null", b"[[[[[[[[", b'{"a":', b"'", b'"', b"\r\n;;;;", b"\t", "\u200b\u202e\u00e9".encode(),
)  # fmt: skip


def _workbooks() -> list[bytes]:
    rows = [person(number) for number in range(1, 8)]
    with tempfile.TemporaryDirectory() as folder:
        sheet, text = Path(folder) / "a.xlsx", Path(folder) / "a.csv"
        write_xlsx(sheet, rows)
        write_csv(text, rows)
        return [sheet.read_bytes(), text.read_bytes()]


def _templates() -> list[bytes]:
    names = ("laporan_pencalonan.docx", "keterangan_atasan.docx", "berita_acara.docx")
    return [template_file(name).read_bytes() for name in names]


def _backups() -> list[bytes]:
    members = {backup.DATABASE_NAME: b"SQLite format 3\x00" + bytes(range(256)) * 8, backup.SETTINGS_NAME: b"\n"}
    letter = b"surat" * 50
    name = hashlib.sha256(letter).hexdigest()
    members[f"berkas/{name[:2]}/{name}"] = letter
    hashes = {key: hashlib.sha256(data).hexdigest() for key, data in members.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, data in members.items():
            archive.writestr(key, data)
        archive.writestr(backup.MANIFEST_NAME, json.dumps({"format": 1, "files": hashes, "harmed": []}))
    return [stream.getvalue()]


def _returns() -> list[bytes]:
    lines = [Line(f"TTE-{n}", f"19800101200501{n:04d}", f"Pegawai {n}", "Analis", "Bidang") for n in range(1, 5)]
    now = datetime(2024, 9, 9, 8)
    return [returns_sheet.workbook("Netralitas", "Nomor 1", HEAD, lines, SEAL, now)]


def _codes() -> list[bytes]:
    rng = Random(1)
    return [codes.new_code(rng).encode() for _ in range(20)]


def _scans() -> list[bytes]:
    import zxingcpp
    from PIL import Image

    code = codes.new_code(Random(1))
    square = Image.fromarray(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(code, zxingcpp.QRCode), scale=4))
    page = Image.new("L", (240, 180), 255)
    page.paste(square.convert("L"), (60, 20))
    made = []
    for kind in ("PNG", "JPEG", "TIFF", "PDF"):
        stream = io.BytesIO()
        page.save(stream, kind)
        made.append(stream.getvalue())
    return made


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "workbook": _workbooks,
    "template": _templates,
    "backup": _backups,
    "return": _returns,
    "code": _codes,
    "scan": _scans,
}


@cache
def seeds(reader: str) -> tuple[bytes, ...]:
    """Return the good files that the hostile ones of a reader are made of."""
    return tuple(SEEDS[reader]())


def hostile(reader: str, seed: int, number: int) -> bytes:
    """Return the input of that number: a good file, harmed in one to four ways, at times inside its package."""
    rng = Random(f"{reader}:{seed}:{number}")
    data = rng.choice(seeds(reader))
    if data[:4] == b"PK\x03\x04" and rng.random() < 0.75:
        return _inside(data, rng)
    for _ in range(rng.randint(1, 4)):
        data = _harmed(data, rng)
    return data[:LARGEST]


def _inside(data: bytes, rng: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(len(members))
        name, content = members[place]
        chance = rng.random()
        if chance < 0.85:
            members[place] = (name, _harmed(content, rng)[:LARGEST])
        elif chance < 0.9:
            members[place] = (rng.choice(WORDS).decode("latin-1") + name, content)
        elif chance < 0.95 and len(members) > 1:
            del members[place]
        else:
            members.append((name + "2", content))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name.replace("\x00", "") or "x"), content)
    return stream.getvalue()


def _harmed(data: bytes, rng: Random) -> bytes:
    """Harm bytes in one way: flip, cut, put a word in, repeat a part, lose a part, nest, or swap two parts."""
    if not data:
        return rng.choice(WORDS)
    start = rng.randrange(len(data))
    end = min(len(data), start + rng.choice((1, 2, 8, 40, 400)))
    part = data[start:end]
    ways = (
        lambda: data[:start] + bytes([data[start] ^ (1 << rng.randrange(8))]) + data[start + 1 :],
        lambda: data[:start],
        lambda: data[:start] + rng.choice(WORDS) + data[start:],
        lambda: data[:start] + rng.choice(WORDS) + data[end:],
        lambda: data[:start] + part * rng.choice((2, 5, 200)) + data[end:],
        lambda: data[:start] + data[end:],
        lambda: data[:start] + rng.randbytes(len(part)) + data[end:],
        lambda: _tag_text(data, rng),
    )
    return rng.choice(ways)()


def _tag_text(data: bytes, rng: Random) -> bytes:
    """Put a word, or a deep nest, where XML or JSON has a text or a number."""
    places = [place for place in range(len(data) - 1) if data[place : place + 1] in b'>":'][:20_000]
    if not places:
        return data + rng.choice(WORDS)
    place = rng.choice(places) + 1
    deep = b"<a>" * rng.choice((10, 3000))
    return data[:place] + (deep if rng.random() < 0.05 else rng.choice(WORDS)) + data[place:]
