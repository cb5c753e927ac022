"""The columns of an export that the program needs, the names they go by, and how a header row is recognised."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from asn_desk.employees.reading.private_fields import ALIASES as PRIVATE_ALIASES
from asn_desk.employees.reading.private_fields import PrivateField
from asn_desk.errors import DeskError

FEWEST_KNOWN = 3
_NOT_ALNUM = re.compile(r"[^A-Z0-9]+")


class Field(StrEnum):
    """What the program takes from an export; the value is the SIASN header, shown to the clerk."""

    SIASN_ID = "PNS ID"
    NIP = "NIP BARU"
    LOCAL_NUMBER = "NOMOR PEGAWAI"
    NAME = "NAMA"
    TITLE_FRONT = "GELAR DEPAN"
    TITLE_BACK = "GELAR BELAKANG"
    BIRTH_PLACE = "TEMPAT LAHIR NAMA"
    BIRTH_DATE = "TANGGAL LAHIR"
    SEX = "JENIS KELAMIN"
    TYPE_NAME = "JENIS PEGAWAI NAMA"
    LEGAL_ID = "KEDUDUKAN HUKUM ID"
    LEGAL_NAME = "KEDUDUKAN HUKUM NAMA"
    STATUS = "STATUS CPNS PNS"
    SERVICE_FROM = "TMT CPNS"
    GRADE = "GOL AKHIR NAMA"
    GRADE_FROM = "TMT GOLONGAN"
    POST_TYPE_ID = "JENIS JABATAN ID"
    POST_TYPE = "JENIS JABATAN NAMA"
    POST_NAME = "JABATAN NAMA"
    POST_FROM = "TMT JABATAN"
    EDUCATION = "PENDIDIKAN NAMA"
    UNIT_ID = "UNOR ID"
    UNIT_NAME = "UNOR NAMA"
    OPD_NAME = "UNOR INDUK NAMA"
    ESELON_ID = "ESELON ID"
    ESELON = "ESELON NAMA"


class UnitField(StrEnum):
    """The columns of the companion file HierarkiUnor."""

    ID = "ID"
    NAME = "NAMA_UNOR"
    PARENT = "ID_ATASAN"


class PostField(StrEnum):
    """The columns of the companion files of posts."""

    ID = "ID"
    NAME = "NAMA_JABATAN"
    UNIT = "NAMA_UNOR"
    ESELON = "ESELON_ID"
    LEVEL = "JENJANG"
    AGE = "BUP"


DATES = frozenset({Field.BIRTH_DATE, Field.SERVICE_FROM, Field.GRADE_FROM, Field.POST_FROM})
REQUIRED = (Field.NIP, Field.NAME, Field.POST_NAME, Field.UNIT_NAME)

_ALIASES: dict[Field, str] = {
    Field.SIASN_ID: "PNS ID; ID PNS; ASN ID; ID ASN; PEGAWAI ID",
    Field.NIP: "NIP BARU; NIP; NIP NIPPPK; NIPPPK; NI PPPK; NIP NI PPPK; NIP ASN; NOMOR INDUK PEGAWAI; NIP PNS; NIP PPPK; "
    "NO NIP; NOMOR NIP; NO INDUK PEGAWAI; NOMOR INDUK ASN; NOMOR INDUK PEGAWAI NIP; NIP NRP; NIP NIK; NIP PNS PPPK",
    Field.LOCAL_NUMBER: "NOMOR PEGAWAI; NO PEGAWAI; NOMOR REGISTRASI; NO REGISTRASI; NIPTT; NOMOR NON ASN",
    Field.NAME: "NAMA; NAMA LENGKAP; NAMA PEGAWAI; NAMA PNS; NAMA ASN; NAMA LENGKAP PEGAWAI; NAMA PPPK; NAMA PEGAWAI ASN; NAMA GURU; "
    "NAMA PTK; NAMA DAN GELAR; NAMA LENGKAP DAN GELAR; NAMA LENGKAP DENGAN GELAR; NAMA LENGKAP BESERTA GELAR; NAMA BESERTA GELAR; "
    "NAMA DENGAN GELAR",
    Field.TITLE_FRONT: "GELAR DEPAN; GELAR DPN; GLR DPN; GLR DEPAN",
    Field.TITLE_BACK: "GELAR BELAKANG; GELAR BLK; GELAR BLKG; GLR BLKG; GLR BLK; GLR BELAKANG",
    Field.BIRTH_PLACE: "TEMPAT LAHIR NAMA; TEMPAT LAHIR; TMP LAHIR; TMPT LAHIR; KOTA LAHIR; TMP LHR",
    Field.BIRTH_DATE: "TANGGAL LAHIR; TGL LAHIR; TGLLHR; TANGGAL LHR",
    Field.SEX: "JENIS KELAMIN; SEX; GENDER; KELAMIN; JK; L P; JENIS KELAMIN L P; JNS KELAMIN; P L",
    Field.TYPE_NAME: "JENIS PEGAWAI NAMA; JENIS PEGAWAI; STATUS ASN; JENIS ASN; PNS PPPK; STATUS PNS PPPK; STATUS PNS",
    Field.LEGAL_ID: "KEDUDUKAN HUKUM ID; KEDUDUKAN PNS ID",
    Field.LEGAL_NAME: "KEDUDUKAN HUKUM NAMA; KEDUDUKAN HUKUM; KEDUDUKAN PNS NAMA; KEDUDUKAN PEGAWAI",
    Field.STATUS: "STATUS CPNS PNS; STATUS CPNSPNS; STATUS PEGAWAI; STATUS KEPEGAWAIAN",
    Field.SERVICE_FROM: "TMT CPNS; TMT PPPK; TMT PENGANGKATAN; TMT CPNS PPPK",
    Field.GRADE: "GOL AKHIR NAMA; GOLONGAN AKHIR NAMA; GOLONGAN RUANG; GOL RUANG; GOL RUANG AKHIR; GOLONGAN; GOL AKHIR; GOL; "
    "PANGKAT GOL; GOLONGAN RUANG AKHIR; GOL RUANG TERAKHIR; GOLONGAN TERAKHIR; GOLRU; PANGKAT GOL RUANG; PANGKAT GOLONGAN; "
    "PANGKAT GOLONGAN RUANG; PANGKAT GOLRU; PANGKAT DAN GOLONGAN; PANGKAT DAN GOLONGAN RUANG; GOLONGAN PANGKAT; GOL PANGKAT; "
    "PANGKAT TERAKHIR; PANGKAT",
    Field.GRADE_FROM: "TMT GOLONGAN; TMT GOLONGAN AKHIR; TMT GOL AKHIR; TMT GOL; TMT PANGKAT; TMT GOL RUANG; TMT GOLONGAN RUANG; "
    "TMT PANGKAT GOL; TMT PANGKAT GOLONGAN; TMT PANGKAT TERAKHIR; TMT GOLRU",
    Field.POST_TYPE_ID: "JENIS JABATAN ID",
    Field.POST_TYPE: "JENIS JABATAN NAMA; JENIS JABATAN",
    Field.POST_NAME: "JABATAN NAMA; NAMA JABATAN; JABATAN; JABATAN TERAKHIR; NAMA JABATAN TERAKHIR; JABATAN SAAT INI; JABATAN SEKARANG",
    Field.POST_FROM: "TMT JABATAN; TMT JAB; TMT JABATAN TERAKHIR",
    Field.EDUCATION: "PENDIDIKAN NAMA; PENDIDIKAN TERAKHIR NAMA; PENDIDIKAN TERAKHIR; PENDIDIKAN; PENDIDIKAN AKHIR",
    Field.UNIT_ID: "UNOR ID; ID UNOR; UNIT ID",
    Field.UNIT_NAME: "UNOR NAMA; NAMA UNOR; UNIT KERJA; UNIT KERJA NAMA; NAMA UNIT KERJA; UNOR; UNIT ORGANISASI; "
    "NAMA UNIT ORGANISASI; UNIT ORGANISASI NAMA; UNIT KERJA SAAT INI; UNIT KERJA SEKARANG; UNIT KERJA TERAKHIR",
    Field.OPD_NAME: "UNOR INDUK NAMA; UNOR INDUK; NAMA UNOR INDUK; OPD; NAMA OPD; PERANGKAT DAERAH; SKPD; UNOR 1; UNOR (1); "
    "NAMA PERANGKAT DAERAH; ORGANISASI PERANGKAT DAERAH; NAMA SKPD; UNIT KERJA INDUK; OPD INDUK; INDUK UNIT KERJA",
    Field.ESELON_ID: "ESELON ID",
    Field.ESELON: "ESELON NAMA; ESELON",
}
_UNIT_ALIASES: dict[UnitField, str] = {
    UnitField.ID: "ID; UNOR ID; ID UNOR",
    UnitField.NAME: "NAMA UNOR; UNOR NAMA; NAMA UNIT; NAMA",
    UnitField.PARENT: "ID ATASAN; UNOR ATASAN; UNOR ATASAN ID; ID UNOR ATASAN; DIATASAN ID; ATASAN ID",
}
_POST_ALIASES: dict[PostField, str] = {
    PostField.ID: "ID; JABATAN ID; ID JABATAN",
    PostField.NAME: "NAMA JABATAN; JABATAN NAMA; JABATAN; NAMA",
    PostField.UNIT: "NAMA UNOR; UNOR NAMA; UNIT KERJA",
    PostField.ESELON: "ESELON ID; ESELON; ESELON NAMA",
    PostField.LEVEL: "JENJANG; JENJANG JABATAN",
    PostField.AGE: "BUP; BUP USIA; BATAS USIA PENSIUN",
}
_PRIVATE_WORDS = (
    "NIK",
    "KTP",
    "HP",
    "TELEPON",
    "TELP",
    "ALAMAT",
    "NPWP",
    "BPJS",
    "EMAIL",
    "AGAMA",
    "KAWIN",
    "REKENING",
    "KK",
)


def normalised(header: str) -> str:
    """Return a header as names are compared: capitals, letters and digits only (`gelarBlk`, `GELAR_BLK` -> `GELARBLK`)."""
    return _NOT_ALNUM.sub("", header.upper())


_JOINED = frozenset(
    f"{first}{between}{second}"
    for name in ("NAMA", "NAMAPEGAWAI", "NAMALENGKAP", "NAMAPNS", "NAMAASN", "NAMAGELAR")
    for first, second in ((name, "NIP"), ("NIP", name), (name, "NIPBARU"))
    for between in ("", "DAN")
)
"""Headers of a column that holds name and NIP in one cell, as lists for print do."""
_HINT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def _by_name(aliases: MappingOf[Field, str]) -> dict[str, Field]:
    return {normalised(name): key for key, names in aliases.items() for name in names.split(";")}


_FIELD_OF = _by_name(_ALIASES)
_RANK_OF = {
    normalised(name): rank for names in _ALIASES.values() for rank, name in reversed([*enumerate(names.split(";"))])
}
_UNIT_FIELD_OF = {normalised(name): key for key, names in _UNIT_ALIASES.items() for name in names.split(";")}


_POST_FIELD_OF = {normalised(name): key for key, names in _POST_ALIASES.items() for name in names.split(";")}
_PRIVATE_FIELD_OF = {normalised(name): key for key, names in PRIVATE_ALIASES.items() for name in names.split(";")}


def is_private(header: str) -> bool:
    """Return whether a column holds personal data that the program neither needs nor shows (NIK, phone, address, ...)."""
    words = _NOT_ALNUM.sub(" ", header.upper()).split()
    return any(word in words for word in _PRIVATE_WORDS)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: its place (0 is column A), its header, and some of its values to recognise it by."""

    index: int
    header: str
    private: bool = False
    samples: tuple[str, ...] = ()

    @property
    def letters(self) -> str:
        """Return the column as Excel names it."""
        return column_letters(self.index)


@dataclass(frozen=True)
class Mapping:
    """Which column each field is read from. `corrected` returns a changed copy for what the clerk chose."""

    columns: MappingOf[Field, int] = field(default_factory=dict)

    def corrected(self, which: Field, column: int | None) -> Mapping:
        """Return the mapping with one field read from another column, or from none; a column serves one field only."""
        kept = {key: index for key, index in self.columns.items() if key is not which and index != column}
        return Mapping(kept if column is None else {**kept, which: column})

    def missing(self) -> tuple[Field, ...]:
        """Return the required fields without a column; NOMOR PEGAWAI may stand in for the NIP (non-ASN)."""
        return tuple(
            key
            for key in REQUIRED
            if key not in self.columns and not (key is Field.NIP and Field.LOCAL_NUMBER in self.columns)
        )

    def check(self, sheet: str) -> None:
        """Raise DeskError("columns_missing") that names the required columns a sheet lacks."""
        if missing := self.missing():
            names = ", ".join(missing)
            raise DeskError(
                "columns_missing",
                f"Lembar {sheet} tidak memuat kolom {names}. Tunjukkan kolomnya pada langkah Pemetaan, "
                "atau tambahkan pada berkas lalu impor lagi.",
                fields={key.name.lower(): "Pilih kolomnya." for key in missing},
            )


def guess(headers: Sequence[str]) -> Mapping:
    """Return the mapping that a header row suggests; of several columns for a field the earliest alias wins.

    Two columns of the same name are not chosen between: the field is left out, to be asked for. A column of name and NIP in one
    cell (`NAMA / NIP`) serves both fields.
    """
    found = _candidates(headers)
    columns = {key: places[0] for key, places in found.items() if len(places) == 1}
    if Field.NIP not in found and Field.NAME not in found:
        joined = [index for index, header in enumerate(headers) if normalised(header) in _JOINED]
        if len(joined) == 1:
            columns |= {Field.NIP: joined[0], Field.NAME: joined[0]}
    return Mapping(columns)


def _candidates(headers: Sequence[str]) -> dict[Field, list[int]]:
    """Return the columns that bear the earliest alias of each field; several when that name repeats."""
    found: dict[Field, tuple[int, list[int]]] = {}
    for index, header in enumerate(headers):
        key, rank = _meaning(header)
        if key is None:
            continue
        if key not in found or rank < found[key][0]:
            found[key] = (rank, [index])
        elif rank == found[key][0]:
            found[key][1].append(index)
    return {key: places for key, (_, places) in found.items()}


def _meaning(header: str) -> tuple[Field | None, int]:
    """Return the field that a header names and which of its aliases; `TANGGAL LAHIR (dd-mm-yyyy)` means TANGGAL LAHIR."""
    name = normalised(header)
    if name not in _FIELD_OF and ("(" in header or "[" in header):
        name = normalised(_HINT.sub(" ", header))
    if name not in _FIELD_OF:
        name = name.removesuffix("PEGAWAI")
    return (_FIELD_OF[name], _RANK_OF[name]) if name in _FIELD_OF else (None, 0)


def field_of(header: str) -> Field | None:
    """Return the field that a header names, if any."""
    return _meaning(header)[0]


def guess_units(headers: Sequence[str]) -> dict[UnitField, int]:
    """Return the columns of a unit hierarchy, all three of them, or nothing when the row is no such header."""
    found: dict[UnitField, int] = {}
    for index, header in enumerate(headers):
        key = _UNIT_FIELD_OF.get(normalised(header))
        if key is not None:
            found.setdefault(key, index)
    return found if len(found) == len(UnitField) else {}


def guess_posts(headers: Sequence[str]) -> dict[PostField, int]:
    """Return the columns of a list of posts (the name, and an echelon, a level or a retirement age), or nothing."""
    found: dict[PostField, int] = {}
    for index, header in enumerate(headers):
        key = _POST_FIELD_OF.get(normalised(header))
        if key is not None:
            found.setdefault(key, index)
    told = found.keys() & {PostField.ESELON, PostField.LEVEL, PostField.AGE}
    return found if PostField.NAME in found and told and len(found) >= FEWEST_KNOWN else {}


def guess_private(headers: Sequence[str], wanted: Sequence[PrivateField]) -> dict[PrivateField, int]:
    """Return the columns of the personal data that the office has switched on."""
    found: dict[PrivateField, int] = {}
    for index, header in enumerate(headers):
        key = _PRIVATE_FIELD_OF.get(normalised(header))
        if key is not None and key in wanted:
            found.setdefault(key, index)
    return found


def is_header(headers: Sequence[str]) -> bool:
    """Return whether a row is the header: at least three known names, a number and a name among them."""
    columns = known_fields(headers)
    numbered = Field.NIP in columns or Field.LOCAL_NUMBER in columns
    return len(columns) >= FEWEST_KNOWN and numbered and Field.NAME in columns


def known_fields(headers: Sequence[str]) -> set[Field]:
    """Return the fields that a row names, those with several columns too."""
    return {*_candidates(headers), *guess(headers).columns}


def column_letters(index: int) -> str:
    """Return Excel's name of a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
