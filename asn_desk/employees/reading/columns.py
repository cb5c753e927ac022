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
    Field.NIP: "NIP BARU; NIP; NIP NIPPPK; NIPPPK; NI PPPK; NIP NI PPPK; NIPBARU; NIP ASN; NOMOR INDUK PEGAWAI",
    Field.LOCAL_NUMBER: "NOMOR PEGAWAI; NO PEGAWAI; NOMOR REGISTRASI; NO REGISTRASI; NIPTT; NOMOR NON ASN",
    Field.NAME: "NAMA; NAMA LENGKAP; NAMA PEGAWAI; NAMA PNS; NAMA ASN",
    Field.TITLE_FRONT: "GELAR DEPAN; GELAR DPN; GLR DPN; GLR DEPAN",
    Field.TITLE_BACK: "GELAR BELAKANG; GELAR BLK; GELAR BLKG; GLR BLKG; GLR BLK; GLR BELAKANG",
    Field.BIRTH_PLACE: "TEMPAT LAHIR NAMA; TEMPAT LAHIR; TMP LAHIR",
    Field.BIRTH_DATE: "TANGGAL LAHIR; TGL LAHIR; TGLLHR",
    Field.SEX: "JENIS KELAMIN; SEX; GENDER; KELAMIN; JK; L P",
    Field.TYPE_NAME: "JENIS PEGAWAI NAMA; JENIS PEGAWAI; STATUS ASN; JENIS ASN",
    Field.LEGAL_ID: "KEDUDUKAN HUKUM ID; KEDUDUKAN PNS ID",
    Field.LEGAL_NAME: "KEDUDUKAN HUKUM NAMA; KEDUDUKAN HUKUM; KEDUDUKAN PNS NAMA; KEDUDUKAN PEGAWAI",
    Field.STATUS: "STATUS CPNS PNS; STATUS CPNSPNS; STATUS PEGAWAI; STATUS KEPEGAWAIAN",
    Field.SERVICE_FROM: "TMT CPNS; TMT PPPK; TMT PENGANGKATAN; TMT CPNS PPPK",
    Field.GRADE: "GOL AKHIR NAMA; GOLONGAN AKHIR NAMA; GOLONGAN RUANG; GOL RUANG; GOL RUANG AKHIR; GOLONGAN; GOL AKHIR; GOL; PANGKAT GOL",
    Field.GRADE_FROM: "TMT GOLONGAN; TMT GOLONGAN AKHIR; TMT GOL AKHIR; TMT GOL; TMT PANGKAT",
    Field.POST_TYPE_ID: "JENIS JABATAN ID",
    Field.POST_TYPE: "JENIS JABATAN NAMA; JENIS JABATAN",
    Field.POST_NAME: "JABATAN NAMA; NAMA JABATAN; JABATAN",
    Field.POST_FROM: "TMT JABATAN; TMT JAB",
    Field.EDUCATION: "PENDIDIKAN NAMA; PENDIDIKAN TERAKHIR NAMA; PENDIDIKAN TERAKHIR; PENDIDIKAN",
    Field.UNIT_ID: "UNOR ID; ID UNOR; UNIT ID",
    Field.UNIT_NAME: "UNOR NAMA; NAMA UNOR; UNIT KERJA; UNIT KERJA NAMA; NAMA UNIT KERJA; UNOR",
    Field.OPD_NAME: "UNOR INDUK NAMA; UNOR INDUK; NAMA UNOR INDUK; OPD; NAMA OPD; PERANGKAT DAERAH; SKPD; UNOR 1; UNOR (1)",
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


def _by_name(aliases: MappingOf[Field, str]) -> dict[str, Field]:
    return {normalised(name): key for key, names in aliases.items() for name in names.split(";")}


_FIELD_OF = _by_name(_ALIASES)
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
    """Return the mapping that a header row suggests; of several columns for a field the earliest alias wins."""
    found: dict[Field, tuple[int, int]] = {}
    for index, header in enumerate(headers):
        name = normalised(header)
        key = _FIELD_OF.get(name)
        if key is None:
            continue
        rank = [normalised(alias) for alias in _ALIASES[key].split(";")].index(name)
        if key not in found or rank < found[key][0]:
            found[key] = (rank, index)
    return Mapping({key: index for key, (_, index) in found.items()})


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
    columns = guess(headers).columns
    numbered = Field.NIP in columns or Field.LOCAL_NUMBER in columns
    return len(columns) >= FEWEST_KNOWN and numbered and Field.NAME in columns


def column_letters(index: int) -> str:
    """Return Excel's name of a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
