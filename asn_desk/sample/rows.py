"""Writes an invented person as one row of a SIASN export; every private detail is plainly fictitious."""

from datetime import date, timedelta
from functools import lru_cache

from asn_desk.sample.columns import HEADERS, SiasnRow, siasn_date
from asn_desk.sample.draw import Person
from asn_desk.sample.posts import GROUP_NAMES
from asn_desk.sample.schooling import LEVEL_NAMES
from asn_desk.sample.slots import STANDING_NAMES, Employment
from asn_desk.sample.unit_words import place
from asn_desk.sample.units import stable_id

CITY = "Pemerintah Kota Contoh"
_FAITH_IDS = {
    "Islam": "1",
    "Kristen": "2",
    "Katholik": "3",
    "Hindu": "4",
    "Budha": "5",
    "Konghucu": "6",
    "Lainnya": "7",
}
_MARRIED = {"1": "Menikah", "2": "Cerai", "3": "Janda/Duda", "4": "Belum"}
_EMPLOYMENT = {
    Employment.PNS: ("15", "PNS Daerah Kab./Kota yang bekerja pada Kab./Kota", "P"),
    Employment.CPNS: ("15", "PNS Daerah Kab./Kota yang bekerja pada Kab./Kota", "C"),
    Employment.PPPK: ("20", "PPPK Daerah Kab./Kota", ""),
    Employment.PART_TIME: ("21", "PPPK Paruh Waktu Daerah Kab./Kota", ""),
}
_STREETS = (
    "Melati",
    "Kenanga",
    "Cempaka",
    "Anggrek",
    "Flamboyan",
    "Mawar",
    "Bougenville",
    "Teratai",
    "Kamboja",
    "Dahlia",
)
_SCHOOLS = (
    "Universitas Contoh",
    "Universitas Contoh Nusantara",
    "Politeknik Contoh",
    "Institut Contoh",
    "Sekolah Tinggi Contoh",
)
_EARLY = timedelta(days=17)  # a decree is signed some days before it takes effect


@lru_cache(maxsize=4096)
def _id(text: str) -> str:
    return stable_id(text)


_CITY_ID = stable_id("instansi:" + CITY)
_PLACE_CELLS = ("Z99", "Kas Daerah Kota Contoh", stable_id("lokasi:Kota Contoh"), "Kota Contoh")
_AGENCY_CELLS = (_CITY_ID, CITY) * 4


def siasn_row(person: Person) -> SiasnRow:
    """Return the 69 cells of one person by header, in the order of HEADERS."""
    cells = (
        *_identity(person),
        *_contact(person),
        *_standing(person),
        *_decrees(person),
        *_grades(person),
        *_post(person),
        *_education(person),
        *_PLACE_CELLS,
        person.slot.unit.id,
        person.slot.unit.name,
        *_AGENCY_CELLS,
        "True",
        _school(person),
        "True" if int(person.number[-4:]) % 3 else "False",
        person.post.eselon_id,
        person.post.eselon or "Non Eselon",
    )
    return dict(zip(HEADERS, cells, strict=True))


def _identity(person: Person) -> tuple[str, ...]:
    """PNS ID to JENIS KAWIN NAMA."""
    return (
        stable_id("asn:" + person.number),
        person.number,
        f"{_digits(person, 7) % 900 + 100:03d}{_digits(person, 6) % 1000000:06d}"
        if person.career.start.year < 2009
        else "",
        person.name,
        person.front,
        person.back,
        _id("tempat:" + person.birthplace),
        person.birthplace,
        siasn_date(person.career.birth),
        "F" if person.woman else "M",
        _FAITH_IDS[person.faith],
        person.faith,
        person.married,
        _MARRIED[person.married],
    )


def _contact(person: Person) -> tuple[str, ...]:
    """NIK to BPJS: a region 99 that does not exist, telephones 0800, addresses in invented places."""
    number = _digits(person, 0)
    day = person.career.birth.day + (40 if person.woman else 0)
    nik = f"99{number % 90 + 10}{number // 7 % 90 + 10}{day:02d}{person.career.birth:%m%y}{number % 9999 + 1:04d}"
    mail = "".join(letter for letter in person.name.lower() if letter.isascii() and letter.isalpha())[:24]
    street = f"Jalan {_STREETS[number % 10]} Nomor {number % 180 + 1}, RT {number % 60 + 1:03d}"
    return (
        nik,
        f"0800{number % 100000000:08d}",
        f"{mail}.{person.number[2:]}@contoh.example",
        f"{mail}.{person.number[2:]}.asn@contoh.example" if number % 5 else "",
        f"{street}, Kelurahan {place(40 + number % 30)}, Kota Contoh",
        nik,
        f"99999{number % 100000000:08d}",
    )


def _digits(person: Person, turn: int) -> int:
    """A large whole number that depends on the person's own number only; spreads well without drawing at random."""
    return (int(person.number) * 2654435761 + turn * 97) % 2**61 // 7


def _standing(person: Person) -> tuple[str, ...]:
    """JENIS PEGAWAI ID to KARTU ASN VIRTUAL."""
    kind_id, kind, phase = _EMPLOYMENT[person.slot.employment]
    standing = person.slot.standing
    return kind_id, kind, standing, STANDING_NAMES[standing], phase, f"99-{person.number}"


def _decrees(person: Person) -> tuple[str, ...]:
    """NOMOR SK CPNS to TMT PNS; PPPK have their decree of appointment in the first three."""
    career = person.career
    serial = _digits(person, 3) % 900 + 1
    first = ("813", career.start, f"{serial:03d}")
    second = ("821", career.pns_since, f"{serial % 600 + 1:03d}")
    return (*_decree(*first), *_decree(*second))


def _decree(code: str, since: date | None, serial: str) -> tuple[str, str, str]:
    if since is None:
        return "", "", ""
    return f"{code}/{serial}/BKPSDM/{(since - _EARLY).year}", siasn_date(since - _EARLY), siasn_date(since)


def _grades(person: Person) -> tuple[str, ...]:
    """GOL AWAL ID to MK BULAN; years and months of service count up to the grade's date."""
    career = person.career
    months = (career.grade_since.year - career.start.year) * 12 + career.grade_since.month - career.start.month
    since = siasn_date(career.grade_since)
    return (*career.first_grade, *career.grade, since, str(months // 12), str(months % 12))


def _post(person: Person) -> tuple[str, ...]:
    """JENIS JABATAN ID to TMT JABATAN."""
    post = person.post
    return (
        post.group.value,
        GROUP_NAMES[post.group],
        _id("jabatan:" + post.title),
        post.title,
        siasn_date(person.post_since),
    )


def _education(person: Person) -> tuple[str, ...]:
    """TINGKAT PENDIDIKAN ID to TAHUN LULUS; finished one to three years before the appointment."""
    course = person.course
    finished = person.career.start.year - 1 - _digits(person, 5) % 3
    return (
        f"{course.level:02d}",
        LEVEL_NAMES[course.level],
        _id("pendidikan:" + course.name),
        course.name,
        str(finished),
    )


def _school(person: Person) -> str:
    if person.course.level < 30:
        return "SMA Negeri Contoh" if person.course.level == 15 else ""
    return _SCHOOLS[_digits(person, 2) % len(_SCHOOLS)]
