"""The practice office: a data folder of its own with the sample people, at work in the middle of Pilkada 2024.

Everything is entered by the same services the window uses, in one unit of work: the folder is filled wholly or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

from sqlalchemy.orm import Session

from asn_desk.circulars import service as circulars
from asn_desk.circulars.recipients import RecipientFilter, recipient_ids, recipient_rows
from asn_desk.desk import Desk, open_desk
from asn_desk.employees import importing, workbook
from asn_desk.letters.contents.kinds import NEUTRALITY_CIRCULAR
from asn_desk.letters.numbers import numbering
from asn_desk.letters.service import IssueLetter
from asn_desk.office import queries as office
from asn_desk.office import service as office_service
from asn_desk.office.terms import Letterhead, OfficialRole, RegionKind
from asn_desk.paths import resource
from asn_desk.sample import stories
from asn_desk.sample.office import SampleOffice, SampleOfficial, office_identity
from asn_desk.sample.people import generate
from asn_desk.wording import readable_name

PRACTICE_DAY = date(2024, 9, 9)
PEOPLE = 1100
CIRCULAR_SUBJECT = "Netralitas Pegawai Aparatur Sipil Negara pada Pilkada Serentak 2024"
CIRCULAR_DAY = date(2024, 9, 2)
CIRCULAR_DUE = date(2024, 9, 16)
ELECTION_TITLE = "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024"
ELECTION_ID = "pilkada-2024"

Progress = Callable[[str], None]


def open_practice(root: Path, *, progress: Progress | None = None) -> Desk:
    """Open the practice office in this folder, filling it on the first time. Raises as `open_desk`."""
    desk = open_desk(root, practice_day=PRACTICE_DAY)
    try:
        if desk.read(office.office) is None:
            desk.write(lambda session: fill(session, progress or _silent), actor="Ratna Wulandari")
    except BaseException:
        desk.close()
        raise
    return desk


def fill(session: Session, progress: Progress) -> None:
    """Enter the office, its people, the candidacies and a circular half acknowledged."""
    rows = list(generate(PEOPLE))
    progress("Menyiapkan kantor contoh")
    set_up(session, office_identity(rows))
    progress("Mengimpor pegawai contoh")
    import_sample(session)
    progress("Menyiapkan pencalonan contoh")
    stories.declare_all(session, rows)
    progress("Menyiapkan edaran contoh")
    publish_circular(session)


def set_up(session: Session, sample: SampleOffice) -> None:
    """Enter the sample office's identity, its number series and the three officials who sign."""
    identity = office_service.Identity(
        government=sample.government,
        region_kind=RegionKind.KOTA,
        region_name="Contoh",
        agency=sample.agency,
        agency_short="BKPSDM",
        address="Jalan Merdeka Nomor 1, Kota Contoh",
        place="Contoh",
        postal_code=sample.postcode,
        phone=sample.telephone,
        website=sample.website,
        email=sample.email,
    )
    logo = resource("sample", "logo-kota-contoh.png").read_bytes()
    office_service.set_up_office(session, office_service.SetUpOffice(identity, sample.operator, logo=logo))
    numbering.ensure_default_series(session, identity.agency_short)
    for official in _officials(sample):
        office_service.save_official(session, official)


def _officials(sample: SampleOffice) -> tuple[office_service.SaveOfficial, ...]:
    mayor = office_service.SaveOfficial(
        OfficialRole.KEPALA_DAERAH, "Wali Kota Contoh", sample.mayor, Letterhead.KEPALA_DAERAH
    )
    secretary = _official(
        sample.secretary, OfficialRole.SEKDA, "Sekretaris Daerah Kota Contoh", Letterhead.SEKRETARIAT_DAERAH
    )
    head = _official(
        sample.agency_head, OfficialRole.KEPALA_PERANGKAT_DAERAH, sample.agency_head.post, Letterhead.PERANGKAT_DAERAH
    )
    return mayor, secretary, head


def _official(
    person: SampleOfficial, role: OfficialRole, post: str, letterhead: Letterhead
) -> office_service.SaveOfficial:
    return office_service.SaveOfficial(
        role,
        post,
        readable_name(person.bare_name),
        letterhead,
        title_front=person.title_front,
        title_back=person.title_back,
        nip=person.nip,
        rank=f"{person.rank} ({person.grade})",
    )


def import_sample(session: Session) -> importing.ImportResult:
    """Import the shipped units and people, as a clerk would do with the office's own export."""
    units = workbook.read(resource("sample", "hierarki-unor.xlsx"))
    importing.apply_units(session, importing.plan_units([units], importing.load_known(session)))
    people = workbook.read(resource("sample", "pegawai-kota-contoh.xlsx"))
    plan = importing.plan([people], importing.load_known(session), PRACTICE_DAY)
    return importing.apply(session, plan)


def publish_circular(session: Session) -> int:
    """Publish the neutrality circular to everybody, let most sign, and return the circular version's id."""
    rng = Random(2024)  # noqa: S311 - a sample that is the same every time, no secret
    letter = IssueLetter(
        NEUTRALITY_CIRCULAR, CIRCULAR_DAY, data={"edaran": {"pemilihan": ELECTION_TITLE, "batas_laporan": CIRCULAR_DUE}}
    )
    command = circulars.PublishCircular(CIRCULAR_SUBJECT, ELECTION_ID, due_on=CIRCULAR_DUE)
    published = circulars.publish_with_letter(session, command, letter)
    share: dict[int | None, float] = {}
    for person in recipient_rows(session, recipient_ids(session, RecipientFilter(published.version_id))):
        likely = share.setdefault(person.opd_id, rng.choice((0.3, 0.55, 0.75, 0.85, 0.9, 0.95, 1.0)))
        if rng.random() < likely:
            circulars.acknowledge_code(session, person.code, date(2024, 9, rng.randint(3, 9)))
    return published.version_id


def _silent(_text: str) -> None:
    """Nobody listens."""
