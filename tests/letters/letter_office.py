"""An invented office in the database, with its officials, number series and one employee."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from asn_desk.letters.numbers.numbering import ensure_default_series
from asn_desk.office.service import Identity, SaveOfficial, SetUpOffice, save_official, set_up_office
from asn_desk.office.terms import Letterhead, OfficialRole, RegionKind
from tests.factories import add_employee, add_unit
from tests.letters.letter_facts import picture

IDENTITY = Identity(
    government="Pemerintah Kota Contoh",
    region_kind=RegionKind.KOTA,
    region_name="Contoh",
    agency="Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    agency_short="BKPSDM",
    address="Jalan Merdeka Nomor 1",
    postal_code="99999",
    place="Contoh",
)
MAYOR = SaveOfficial(OfficialRole.KEPALA_DAERAH, "Wali Kota Contoh", "Wiryawan Adisangkala", Letterhead.KEPALA_DAERAH)
AGENCY_HEAD = SaveOfficial(
    OfficialRole.KEPALA_PERANGKAT_DAERAH,
    "Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    "Dewi Anggraini",
    Letterhead.PERANGKAT_DAERAH,
    title_front="Dra.",
    title_back="M.Si.",
    nip="19700101 199503 2 001",
    rank="Pembina Utama Muda",
)


@dataclass(frozen=True)
class Ids:
    """The ids of what `settle` entered."""

    person: int
    mayor: int
    agency_head: int


def settle(session: Session) -> Ids:
    """Set the office up, with both officials and one employee."""
    set_up_office(session, SetUpOffice(IDENTITY, "Ratna Wulandari", picture(300, 360), picture(200, 200)))
    ensure_default_series(session, IDENTITY.agency_short)
    unit = add_unit(session, "Dinas Kesehatan")
    person = add_employee(session, unit=unit, title_back="S.Sos.", birth_place="CONTOH")
    return Ids(person.id, save_official(session, MAYOR), save_official(session, AGENCY_HEAD))
