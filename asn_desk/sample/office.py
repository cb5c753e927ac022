"""Who the sample office is: its address, its officials who sign, and the clerk at the desk. Everything invented."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from asn_desk.sample.columns import SiasnRow
from asn_desk.sample.people import generate
from asn_desk.sample.unit_words import BKPSDM

_INSIDE = re.compile(r"(?:^|(?<=[\s.-]))[a-z]")  # a letter after an apostrophe stays small: Ma'ruf
_RANKS = {"IV/b": "Pembina Tingkat I", "IV/c": "Pembina Utama Muda", "IV/d": "Pembina Utama Madya"}


@dataclass(frozen=True, slots=True)
class SampleOfficial:
    """One official who signs: the name as a letter shows it and in its parts, NIP, rank, grade and post."""

    name: str
    bare_name: str
    title_front: str
    title_back: str
    nip: str
    rank: str
    grade: str
    post: str


@dataclass(frozen=True, slots=True)
class SampleOffice:
    """The sample office's identity as plain values for letterheads, settings and signatures."""

    government: str
    agency: str
    address: str
    city: str
    postcode: str
    telephone: str
    website: str
    email: str
    mayor: str
    secretary: SampleOfficial
    agency_head: SampleOfficial
    operator: str


def office_identity(rows: Iterable[SiasnRow] | None = None) -> SampleOffice:
    """Return the identity of "Pemerintah Kota Contoh"; its Sekda and head of BKPSDM are among the given employees.

    `rows` are those of `people.generate` for the size in use (another size has other people); without them the rows of
    the stored sample of 1,100 people serve. Raises LookupError when one of the two is not among them.
    """
    secretary_post, head_post = "Sekretaris Daerah", f"Kepala {BKPSDM}"
    found: dict[str, SampleOfficial] = {}
    for row in generate(1100) if rows is None else rows:
        if row["JABATAN NAMA"] in (secretary_post, head_post):
            found[row["JABATAN NAMA"]] = _official(row)
        if len(found) == 2:
            return _office(found[secretary_post], found[head_post])
    msg = "the sample rows hold no Sekda or no head of BKPSDM"
    raise LookupError(msg)


def _office(secretary: SampleOfficial, head: SampleOfficial) -> SampleOffice:
    return SampleOffice(
        government="Pemerintah Kota Contoh",
        agency=BKPSDM,
        address="Jalan Merdeka Nomor 1, Kota Contoh 99999",
        city="Kota Contoh",
        postcode="99999",
        telephone="(0999) 123456",
        website="www.kotacontoh.example",
        email="bkpsdm@kotacontoh.example",
        mayor="Wiryawan Adisangkala",
        secretary=secretary,
        agency_head=head,
        operator="Ratna Wulandari",
    )


def _official(row: SiasnRow) -> SampleOfficial:
    grade = row["GOL AKHIR NAMA"]
    front, back = _titles(row)
    return SampleOfficial(
        full_name(row), row["NAMA"], front, back, row["NIP BARU"], _RANKS[grade], grade, row["JABATAN NAMA"]
    )


def full_name(row: SiasnRow) -> str:
    """Join name and titles as a letter shows them: "Dr. Purwanto Raharjo, S.Sos., M.Si."."""
    name = _INSIDE.sub(lambda found: found[0].upper(), row["NAMA"].lower())
    front, back = _titles(row)
    before = f"{front} {name}" if front else name
    return f"{before}, {back}" if back else before


def _titles(row: SiasnRow) -> tuple[str, str]:
    return row["GELAR DEPAN"].removeprefix("-"), row["GELAR BELAKANG"].removeprefix("-")
