"""What a chosen file really is, judged by its bytes, and whether reading it is safe: nothing here trusts the extension.

A workbook of a few kilobytes can ask for gigabytes (two cells at opposite corners, or a part that inflates endlessly), so the
sizes of a zip and the extent of its sheets are checked in a stream before the workbook is opened.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Container
from enum import StrEnum
from pathlib import Path

from asn_desk.employees.reading import ole
from asn_desk.errors import DeskError, EnvironmentProblem

MAX_FILE_BYTES = 200 * 1024 * 1024
MAX_INFLATED_BYTES = 1200 * 1024 * 1024
MAX_CELLS = 25_000_000
_MAX_PARTS = 2_000
_CHUNK = 1 << 20
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WIDE = re.compile(rb'r="(?:([A-Za-z]{3,}|[D-Zd-z][A-Za-z])[0-9]|[A-Za-z]{0,2}([0-9]{6,}))')
_USUAL_ROWS, _USUAL_COLUMNS = 99_999, 104  # what _WIDE lets pass unseen: five digits, columns up to CZ

Tick = Callable[[], None]


class FileKind(StrEnum):
    """What can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


def load(path: Path) -> bytes:
    """Return the file's bytes. Raises EnvironmentProblem (missing, locked) and DeskError("too_large" | "empty_file")."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise DeskError(
                "too_large",
                f"Berkas {path.name} lebih dari 200 MB. Pisahkan menjadi beberapa berkas, lalu impor satu per satu.",
            )
        data = path.read_bytes()
    except PermissionError as error:
        raise EnvironmentProblem(
            "file_locked",
            f"Berkas {path.name} tidak dapat dibuka; mungkin sedang dibuka di Excel. Tutup dulu, lalu ulangi.",
        ) from error
    except OSError as error:
        raise EnvironmentProblem(
            "file_missing", f"Berkas {path.name} tidak dapat dibaca ({error.strerror}). Periksa letaknya."
        ) from error
    if not data.strip():
        raise DeskError("empty_file", f"Berkas {path.name} kosong. Pilih berkas ekspor SIASN yang berisi data.")
    return data


def kind_of(data: bytes, name: str) -> FileKind:
    """Return what the bytes are. Raises DeskError("not_a_workbook" | "password" | "other_format") with advice."""
    if data.startswith(_ZIP):
        return _zip_kind(data, name)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise password(name)
        return FileKind.XLS
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<meta")):
        raise DeskError(
            "other_format",
            f"Berkas {name} berisi halaman web, bukan buku kerja. Buka dengan Excel, Simpan Sebagai .xlsx, lalu impor lagi.",
        )
    if _looks_like_text(data):
        return FileKind.CSV
    raise not_a_workbook(name)


def not_a_workbook(name: str) -> DeskError:
    """Return the refusal of a file that is no workbook or a damaged one."""
    return DeskError(
        "not_a_workbook",
        f"Berkas {name} bukan buku kerja Excel atau CSV, atau isinya rusak. Unduh ulang dari SIASN, lalu impor lagi.",
    )


def password(name: str) -> DeskError:
    """Return the refusal of an encrypted workbook."""
    return DeskError(
        "password",
        f"Berkas {name} dilindungi kata sandi. Buka dengan Excel, hapus kata sandinya, simpan, lalu impor lagi.",
    )


def check_xls(data: bytes, name: str) -> None:
    """Refuse an old workbook whose container or counts are damaged. Raises DeskError("not_a_workbook")."""
    try:
        ole.check(data)
    except ValueError as error:
        raise not_a_workbook(name) from error


def check_xlsx(data: bytes, name: str, tick: Tick, *, sliced: Container[str] = ()) -> None:
    """Refuse a workbook whose parts inflate beyond bounds or whose sheets span more cells than memory should hold.

    The extent of the `sliced` parts is left to whoever reads them slice by slice.
    `tick` is called between pieces and may raise to cancel. Raises DeskError("too_large" | "too_wide" | "not_a_workbook").
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [part for part in package.infolist() if part.filename.endswith((".xml", ".rels"))]
            if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_INFLATED_BYTES:
                raise _inflates(name)
            for part in parts:
                if part.filename not in sliced:
                    _check_part(package, part, name, tick)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise not_a_workbook(name) from error


def _inflates(name: str) -> DeskError:
    said = f"Isi berkas {name} terlalu besar setelah dibuka."
    return DeskError("too_large", f"{said} Hapus lembar yang tidak perlu, simpan, lalu impor lagi.")


def _zip_kind(data: bytes, name: str) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise not_a_workbook(name) from error
    if "xl/workbook.xml" in names or any(part.lower().endswith("xl/workbook.xml") for part in names):
        return FileKind.XLSX
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise DeskError(
            "other_format",
            f"Format berkas {name} belum didukung. Buka dengan Excel, Simpan Sebagai .xlsx, lalu impor lagi.",
        )
    raise not_a_workbook(name)


def _looks_like_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = data[:65536]
    strange = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return b"\x00" not in sample and strange * 200 <= len(sample)


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, tick: Tick) -> None:
    """Inflate a part once: a size that lies ends as an error here; the cells of a sheet are looked over on the way."""
    extent = Extent(name)
    with package.open(part) as stream:
        if "/worksheets/" not in f"/{part.filename}" or part.filename.endswith(".rels"):
            while stream.read(_CHUNK):
                tick()
            return
        rest = b""
        while piece := stream.read(_CHUNK):
            whole = rest + piece
            cut = whole.rfind(b"<") if len(whole) < 4 * _CHUNK else len(whole)
            rest = whole[cut:] if cut > 0 else b""
            extent.see(whole[:cut] if cut > 0 else whole)
            tick()
    extent.see(rest)
    extent.finish()


class Extent:
    """The largest row and column that a sheet's XML mentions, found in a stream without parsing it."""

    def __init__(self, name: str) -> None:
        self.rows, self.columns = _USUAL_ROWS, _USUAL_COLUMNS
        self._name = name
        self._placed = self._valued = 0

    def see(self, piece: bytes) -> None:
        """Take in a piece that is cut between tags. Raises DeskError("too_wide") as soon as it is so."""
        for letters, digits in set(_WIDE.findall(piece)):
            if letters:
                self.columns = max(self.columns, _column_number(letters[:6].upper()))
            else:
                self.rows = max(self.rows, int(digits[:8]))
        if self.rows * self.columns > MAX_CELLS:
            raise self.too_wide()
        self._placed += piece.count(b'c r="')
        self._valued += piece.count(b"</c>")

    def finish(self) -> None:
        """Raise DeskError("other_format") when cells with a value do not say where they stand."""
        if self._valued > self._placed:
            raise DeskError(
                "other_format",
                f"Susunan sel di {self._name} tidak lazim. Buka dengan Excel, Simpan Sebagai .xlsx, lalu impor lagi.",
            )

    def too_wide(self) -> DeskError:
        """Return the refusal of a sheet that spans more cells than memory should hold."""
        return DeskError(
            "too_wide",
            f"Sebuah lembar di {self._name} terisi sampai kolom atau baris yang sangat jauh. "
            "Salin tabel datanya saja ke buku kerja baru, lalu impor lagi.",
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
