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
from asn_desk.employees.reading.cells import NO_RESULT
from asn_desk.errors import DeskError, EnvironmentProblem

MAX_FILE_BYTES = 200 * 1024 * 1024
MAX_INFLATED_BYTES = 1200 * 1024 * 1024
MAX_CELLS = 25_000_000
_MAX_PARTS = 2_000
_CHUNK = 1 << 20
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 1 << 16
_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_EMPTY = re.compile(rb"<(?:\w+:)?c\b[^>]*(?:/>|></(?:\w+:)?c>)|<(?:\w+:)?row\b[^>]*>")
_VALUED = re.compile(
    rb"<((?:\w+:)?)c\b([^>]*[^>/])>(<\1f\b[^>]*(?:/>|>[^<]*</\1f>))?(?:<\1v>([^<]*)</\1v>|<\1v ?/>)?</\1c>"
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_WIDE = re.compile(rb'r="(?:([A-Za-z]{3,}|[D-Zd-z][A-Za-z])[0-9]|[A-Za-z]{0,2}([0-9]{6,}))')
_USUAL_ROWS, _USUAL_COLUMNS = 99_999, 104  # what _WIDE lets pass unseen: five digits, columns up to CZ

Tick = Callable[[], None]
Holes = dict[tuple[int, int], str]


class FileKind(StrEnum):
    """What can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"
    HTML = "html"
    XML = "xml"


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


def kind_of(data: bytes, name: str, *, tables: bool = False) -> FileKind:
    """Return what the bytes are. Raises DeskError("not_a_workbook" | "password" | "other_format") with advice.

    `tables`: HTML and XML kinds are read by the caller; else they are refused like other formats.
    """
    if data.startswith(_ZIP):
        return _zip_kind(data, name)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise password(name)
        return FileKind.XLS
    if markup := _markup_kind(data, name):
        if not tables:
            raise other_format(name, "berisi halaman web, bukan buku kerja")
        return markup
    if _looks_like_text(data):
        return FileKind.CSV
    raise not_a_workbook(name)


def _markup_kind(data: bytes, name: str) -> FileKind | None:
    """Return which of the two text formats that programs on the web name .xls the bytes are, None for other text."""
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if _SPREADSHEET in head:
        return FileKind.XML
    if b"<table" in head and b"<tr" in head:
        return FileKind.HTML
    if head.startswith((b"<", b"mime-version:")):
        raise other_format(name, "berisi halaman web atau susunan lain, bukan buku kerja")
    return None


def other_format(name: str, said: str) -> DeskError:
    """Return the refusal of a file that Excel or LibreOffice can open and we cannot; `said`: what it is."""
    return DeskError(
        "other_format",
        f"Berkas {name} {said}. Buka dengan Excel atau LibreOffice, pilih Simpan Sebagai (Save As), jenis "
        "Excel Workbook (.xlsx), lalu impor berkas .xlsx itu.",
    )


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


def check_xls(data: bytes, name: str) -> ole.Found:
    """Refuse an old workbook whose container or counts are damaged; return what else was met on the way.

    Raises DeskError("not_a_workbook" | "password").
    """
    try:
        return ole.check(data)
    except ole.EncryptedError as error:
        raise password(name) from error
    except ValueError as error:
        raise not_a_workbook(name) from error


def check_xlsx(data: bytes, name: str, tick: Tick, *, sliced: Container[str] = ()) -> dict[str, Holes]:
    """Refuse a workbook whose parts inflate beyond bounds or whose sheets span more cells than memory should hold.

    Returns the holes of each part that has some. The extent of the `sliced` parts is left to whoever reads them slice by slice.
    `tick` is called between pieces and may raise to cancel. Raises DeskError("too_large" | "too_wide" | "not_a_workbook").
    """
    holes: dict[str, Holes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [part for part in package.infolist() if part.filename.endswith((".xml", ".rels"))]
            if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_INFLATED_BYTES:
                raise _inflates(name)
            for part in parts:
                if part.filename not in sliced and (found := _check_part(package, part, name, tick)):
                    holes[part.filename] = found
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise not_a_workbook(name) from error
    return holes


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
    if "xl/workbook.bin" in names:
        raise other_format(name, "berformat .xlsb yang belum didukung")
    if "content.xml" in names:
        raise other_format(name, "berformat OpenDocument (.ods) yang belum didukung")
    if "workbook.xml" in names or any("workbook" in part and "\\" in part for part in names):
        raise other_format(name, "berupa buku kerja dengan susunan yang tidak lazim")
    raise not_a_workbook(name)


def _looks_like_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or wide_encoding(data):
        return True
    sample = data[:65536]
    strange = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return b"\x00" not in sample and strange * 200 <= len(sample)


def wide_encoding(data: bytes) -> str:
    """Return the UTF-16 that a text without a byte order mark is in, judged by where its zero bytes stand; else an empty text."""
    sample = data[:4096]
    if b"\0" not in sample:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if 10 * odd > 9 * (len(sample) // 2) and not even:
        return "utf-16-le"
    return "utf-16-be" if 10 * even > 9 * (len(sample) // 2) and not odd else ""


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, tick: Tick) -> Holes:
    """Inflate a part once: a size that lies ends as an error here; the cells of a sheet are looked over on the way."""
    extent = Extent(name)
    with package.open(part) as stream:
        if "/worksheets/" not in f"/{part.filename}" or part.filename.endswith(".rels"):
            while stream.read(_CHUNK):
                tick()
            return {}
        rest = b""
        while piece := stream.read(_CHUNK):
            whole = rest + piece
            cut = whole.rfind(b"<") if len(whole) < 4 * _CHUNK else len(whole)
            rest = whole[cut:] if cut > 0 else b""
            extent.see(whole[:cut] if cut > 0 else whole)
            tick()
    extent.see(rest)
    return extent.holes


class Extent:
    """The largest row and column with content that a sheet's XML mentions, found in a stream without parsing it.

    `holes`: the cells whose value the reading library leaves out, errors and formulas without a result, by row and column.
    """

    def __init__(self, name: str) -> None:
        self.rows, self.columns = _USUAL_ROWS, _USUAL_COLUMNS
        self.holes: Holes = {}
        self._name = name

    def see(self, piece: bytes) -> None:
        """Take in a piece that is cut between tags. Raises DeskError("too_wide") as soon as it is so."""
        if _WIDE.search(piece):
            for letters, digits in set(_WIDE.findall(_EMPTY.sub(b"", piece))):  # empty cells reach as far as they like
                if letters:
                    self.columns = max(self.columns, _column_number(letters[:6].upper()))
                else:
                    self.rows = max(self.rows, int(digits[:8]))
        if self.rows * self.columns > MAX_CELLS:
            raise self.too_wide()
        if b't="e"' in piece or b"</f><" in piece or b":f><" in piece:
            self._find_holes(piece)

    def _find_holes(self, piece: bytes) -> None:
        for _, attributes, formula, value in _VALUED.findall(piece):
            place = _PLACE.search(attributes)
            if place is None:
                continue
            error = b't="e"' in attributes
            if error or (formula and not value and b't="str"' not in attributes):
                said = value.decode("ascii", "replace") if error else NO_RESULT
                self.holes[int(place[2]) - 1, _column_number(place[1]) - 1] = said or "#N/A"

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
