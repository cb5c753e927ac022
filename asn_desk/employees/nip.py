"""NIP and NI PPPK: what the 18 digits say, how a cell's text becomes one, and where it disagrees with the rest of the row.

Layout of a NIP: birth YYYYMMDD, appointment YYYYMM, sex (1 L, 2 P), serial from 001. A NI PPPK carries a code (commonly 21)
where the NIP has the month, so that place is never a reason to refuse a number.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from asn_desk.employees.terms import Sex
from asn_desk.errors import DeskError
from asn_desk.wording import grouped_nip, long_date

LENGTH = 18
_DIGITS = re.compile(r"[0-9]+")
_EIGHTEEN = re.compile(r"[0-9]{18}")
_BLANKS = re.compile(r"[\s\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_GROUPED = re.compile(r"(?:NI\.?P\.?|NI\.?PPPK|NIPPPK)?[.:=/-]*([0-9]{4}[0-9./-]*[0-9])", re.IGNORECASE)
_BETWEEN = re.compile(r"[./-]")
_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE][+]?[0-9]+")
_FIRST_YEAR, _LAST_YEAR = 1940, 2100
_YOUNGEST = 17
_SEXES = {"1": Sex.MALE, "2": Sex.FEMALE}
_ADVICE = "Ubah kolom NIP di Excel menjadi Teks, isi ulang 18 angkanya dari sumber asli, lalu impor lagi."


class Nip(NamedTuple):
    """What one number says. `service_from` is the TMT CPNS of a NIP; a NI PPPK has only the `appointment_year`."""

    digits: str
    birth_date: date
    service_from: date | None
    appointment_year: int
    code: str
    sex: Sex | None
    serial: str
    looks_pppk: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A disagreement that is worth a look but refuses nothing."""

    code: str
    sentence: str


def digits_of(text: str) -> str:
    """Return the text without what people put around a number: blanks, NBSP, Excel's leading apostrophe.

    `NIP.` before it and points or dashes between its digits go too, when exactly 18 digits remain.
    """
    if len(text) == LENGTH and _EIGHTEEN.fullmatch(text):
        return text
    bare = _BLANKS.sub("", text).lstrip("'’`‘\"").rstrip("'\"")
    if len(bare) < LENGTH or _EIGHTEEN.fullmatch(bare):
        return bare
    grouped = _GROUPED.fullmatch(unicodedata.normalize("NFKC", bare))
    digits = _BETWEEN.sub("", grouped[1]) if grouped else ""
    return digits if len(digits) == LENGTH else bare


def parse(text: str) -> Nip:
    """Return what the number says, written in any grouping.

    Raises DeskError: nip_empty, nip_scientific, nip_letters, nip_length, nip_birth, nip_year, nip_rounded.
    """
    digits = text
    if not _EIGHTEEN.fullmatch(text):
        digits = digits_of(text)
        if not _EIGHTEEN.fullmatch(digits):
            raise _not_a_number(digits)
    try:
        birth = _day(digits[:8])
    except ValueError as error:
        raise _birth_problem(digits) from error
    year, service = _service(digits[8:14])
    serial = digits[15:]
    _check(digits, birth, year, serial)
    return Nip(digits, birth, service, year, digits[12:14], _SEXES.get(digits[14]), serial, service is None)


@lru_cache(maxsize=1 << 15)
def _day(digits: str) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


@lru_cache(maxsize=1 << 12)
def _service(digits: str) -> tuple[int, date | None]:
    """Return the year of appointment and, where the place of the month holds one, the day of service."""
    year, month = int(digits[:4]), int(digits[4:])
    return year, date(year, month, 1) if 1 <= month <= 12 and year else None


def format_nip(text: str) -> str:
    """Return the number grouped `8 6 1 3`; text that is no number comes back as it is."""
    digits = digits_of(text)
    return grouped_nip(digits) if _EIGHTEEN.fullmatch(digits) else text


def number_refused(shown: str) -> DeskError:
    """Return the refusal of a NIP stored as a number: Excel keeps 15 digits only, the last three are lost."""
    return DeskError(
        "nip_number", f"NIP tersimpan sebagai angka ({shown}); Excel membulatkan tiga angka terakhirnya. {_ADVICE}"
    )


def findings(nip: Nip, *, birth_date: date | None, sex: Sex | None, today: date) -> list[Finding]:
    """Return where the number disagrees with the person's birth date and sex, or with a plausible service.

    Real numbers do deviate from present data, so these are warnings only.
    """
    found = []
    if birth_date is not None and birth_date != nip.birth_date:
        said = f"tanggal lahir {long_date(birth_date)}, sedangkan NIP menunjukkan {long_date(nip.birth_date)}"
        found.append(Finding("birth_differs", f"Data mencatat {said}. Periksa mana yang benar."))
    if nip.sex is None:
        found.append(Finding("sex_digit", f"Angka ke-15 NIP adalah {nip.digits[14]}; seharusnya 1 (L) atau 2 (P)."))
    elif sex is not None and sex != nip.sex:
        found.append(Finding("sex_differs", f"Jenis kelamin {sex.value}, sedangkan NIP menunjukkan {nip.sex.value}."))
    if nip.appointment_year - nip.birth_date.year < _YOUNGEST:
        age = nip.appointment_year - nip.birth_date.year
        found.append(
            Finding("service_young", f"Menurut NIP, pengangkatan terjadi pada usia {age} tahun. Periksa NIP-nya.")
        )
    if nip.appointment_year > today.year + 1:
        found.append(
            Finding("service_future", f"Tahun pengangkatan pada NIP ({nip.appointment_year}) masih jauh di depan.")
        )
    return found


def _not_a_number(digits: str) -> DeskError:
    if not digits:
        return DeskError("nip_empty", "NIP kosong. Isi 18 angka NIP atau NI PPPK.")
    if _SCIENTIFIC.fullmatch(digits):
        return DeskError("nip_scientific", f"NIP berbentuk {digits}; angka aslinya sudah hilang oleh Excel. {_ADVICE}")
    if not _DIGITS.fullmatch(digits):
        return DeskError("nip_letters", "NIP memuat karakter selain angka. Isi 18 angka saja.")
    return DeskError("nip_length", f"NIP berisi {len(digits)} angka; seharusnya 18. Periksa ke dokumen asli.")


def _birth_problem(digits: str) -> DeskError:
    return DeskError(
        "nip_birth", f"Delapan angka pertama NIP ({digits[:8]}) bukan tanggal lahir yang sah. Periksa NIP-nya."
    )


def _check(digits: str, birth: date, year: int, serial: str) -> None:
    if not _FIRST_YEAR - 40 <= birth.year <= _LAST_YEAR:
        raise _birth_problem(digits)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise DeskError("nip_year", f"Tahun pengangkatan pada NIP ({digits[8:12]}) tidak mungkin. Periksa NIP-nya.")
    if serial == "000":
        raise DeskError(
            "nip_rounded",
            f"NIP berakhir dengan 000, padahal nomor urut mulai dari 001; kemungkinan dibulatkan Excel. {_ADVICE}",
        )
