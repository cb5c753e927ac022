"""Publishing, marking, undoing and closing, on a real database."""

from __future__ import annotations

import json
from datetime import date
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.circulars import audience as audiences
from asn_desk.circulars import codes, queries, rules, service
from asn_desk.circulars.model import CircularVersion, Recipient
from asn_desk.circulars.rules import AckStatus, Audience, EmployeeKind, Signature
from asn_desk.circulars.service import Acknowledge, MarkResult, PublishCircular
from asn_desk.database.trail import written
from asn_desk.database.trail.audit import AuditEntry
from asn_desk.desk import Desk
from asn_desk.employees.model import Employee
from asn_desk.employees.terms import EmploymentState
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.letters.contents.kinds import NEUTRALITY_CIRCULAR
from asn_desk.letters.model import Letter
from asn_desk.letters.numbers import numbering
from asn_desk.letters.service import IssueLetter
from asn_desk.letters.terms import LetterStatus
from asn_desk.office import service as office
from asn_desk.office.terms import Letterhead, OfficialRole, RegionKind
from asn_desk.topics import Topic
from tests.core.circulars_office import SUBJECT, TODAY, a_letter, an_office, people_of, person, published


def refusal(desk: Desk, work: object) -> DeskError:
    with pytest.raises(DeskError) as caught:
        desk.write(work)  # type: ignore[arg-type]
    return caught.value


def scan(desk: Desk, text: str, **values: object) -> service.Mark:
    return desk.write(lambda session: service.acknowledge_code(session, text, **values)).value  # type: ignore[arg-type]


def by_hand(desk: Desk, name: str, version_id: int, status: AckStatus, **values: object) -> int:
    row = person(desk, version_id, name)
    fields = {"on": TODAY, "version": row.version, **values}
    return desk.write(lambda session: service.acknowledge(session, Acknowledge(row.id, status, **fields))).value  # type: ignore[arg-type]


def test_publishing_freezes_one_row_with_its_own_code_per_asn(practice_desk: Desk) -> None:
    made = published(practice_desk)
    people = people_of(practice_desk, made.version_id)
    assert made.recipients == len(people) == 4
    assert len({codes.parse(row.code) for row in people}) == 4
    assert {row.status for row in people} == {AckStatus.WAITING}
    assert "Slamet Riyadi" not in {row.name for row in people}


def test_the_unit_and_post_of_the_publishing_day_stay_after_a_transfer(practice_desk: Desk) -> None:
    made = published(practice_desk)
    before = person(practice_desk, made.version_id, "Yusuf")

    def transfer(session: Session) -> None:
        yusuf = session.get_one(Employee, before.employee_id)
        yusuf.unit_id = yusuf.opd_id = None
        yusuf.post_name = "Camat"

    practice_desk.write(transfer)
    after = person(practice_desk, made.version_id, "Yusuf")
    assert (after.opd, after.post) == (before.opd, before.post) == ("Dinas Kesehatan", "Analis")


def test_publishing_leaves_one_trail_entry_for_the_audience_with_count_and_a_hash_that_can_be_redone(
    practice_desk: Desk,
) -> None:
    made = published(practice_desk)

    def look(session: Session) -> tuple[list[str], str, str]:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "recipients:frozen")).all()
        stored = session.scalars(select(CircularVersion.audience)).one()
        rows = session.execute(select(*(getattr(Recipient, name) for name in audiences.IDENTITY))).all()
        return [entry.after for entry in entries], stored, rules.audience_hash(rows)

    after, stored, redone = practice_desk.read(look)
    (entry,) = map(json.loads, after)
    assert (entry["count"], entry["sha256"]) == (made.recipients, redone)
    (part,) = entry[written.MADE]
    assert set(written.ids_of(part)) == {row.id for row in people_of(practice_desk, made.version_id)}
    assert json.loads(stored)["sha256"] == redone


def test_publishing_tells_the_pages_that_circulars_changed(practice_desk: Desk) -> None:
    made_office = practice_desk.write(an_office).value
    outcome = practice_desk.write(lambda s: service.publish(s, PublishCircular(SUBJECT, letter_id=made_office.letter)))
    assert outcome.topics == {Topic.CIRCULARS}


@pytest.mark.parametrize(
    ("kinds", "only_health", "expected"),
    [
        (rules.ASN_KINDS, True, {"Siti", "Hj.", "Yusuf"}),
        ((EmployeeKind.PPPK,), False, {"Robertus"}),
        ((EmployeeKind.NON_ASN,), False, {"Slamet"}),
        (tuple(EmployeeKind), False, {"Siti", "Hj.", "Yusuf", "Robertus", "Slamet"}),
    ],
)
def test_an_audience_is_chosen_by_opd_and_kind(
    practice_desk: Desk, kinds: tuple[EmployeeKind, ...], only_health: bool, expected: set[str]
) -> None:
    made_office = practice_desk.write(an_office).value
    audience = Audience(opd_ids=(made_office.health,) if only_health else None, kinds=kinds)
    made = practice_desk.write(
        lambda s: service.publish(s, PublishCircular(SUBJECT, letter_id=made_office.letter, audience=audience))
    ).value
    names = {row.name.split()[0] for row in people_of(practice_desk, made.version_id)}
    size = practice_desk.read(lambda s: queries.audience_size(s, audience))
    assert names == expected
    assert size.people == made.recipients == len(expected)


def test_people_who_left_or_are_to_be_checked_are_not_in_the_audience(practice_desk: Desk) -> None:
    def work(session: Session) -> int:
        made_office = an_office(session)
        session.get_one(Employee, made_office.people[0]).state = EmploymentState.ENDED
        session.get_one(Employee, made_office.people[1]).state = EmploymentState.CHECK
        session.flush()
        return service.publish(session, PublishCircular(SUBJECT, letter_id=made_office.letter)).recipients

    assert practice_desk.write(work).value == 2


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"subject": "  "}, "subject_missing", "subject"),
        ({"letter_id": None}, "letter_missing", None),
        ({"letter_id": 99}, "letter_missing", None),
        ({"due_on": date(2024, 9, 8)}, "due", "due_on"),
        ({"audience": Audience(opd_ids=())}, "audience_empty", "opd_ids"),
        ({"audience": Audience(opd_ids=(99,))}, "audience_empty", None),
    ],
)
def test_a_faulty_publication_is_refused_and_leaves_nothing(
    practice_desk: Desk, changes: dict[str, object], code: str, field: str | None
) -> None:
    made_office = practice_desk.write(an_office).value
    command = PublishCircular(**{"subject": SUBJECT, "letter_id": made_office.letter, **changes})  # type: ignore[arg-type]
    error = refusal(practice_desk, lambda session: service.publish(session, command))
    assert error.code == code
    assert field is None or field in error.fields
    assert practice_desk.read(queries.circular_ids) == []


def test_a_void_letter_and_a_letter_already_published_are_refused(practice_desk: Desk) -> None:
    made_office = practice_desk.write(an_office).value
    command = PublishCircular(SUBJECT, letter_id=made_office.letter)
    practice_desk.write(lambda session: service.publish(session, command))
    assert refusal(practice_desk, lambda session: service.publish(session, command)).code == "letter_used"

    def void(session: Session) -> None:
        session.get_one(Letter, made_office.letter).status = LetterStatus.VOID

    practice_desk.write(void)
    assert refusal(practice_desk, lambda session: service.publish(session, command)).code == "letter_missing"


def test_a_code_that_was_drawn_before_is_never_given_to_a_second_person(practice_desk: Desk) -> None:
    first = published(practice_desk)

    def again(session: Session) -> int:
        letter = a_letter(session, "800.1.6/11/BKPSDM/2024")
        return service.publish(session, PublishCircular(SUBJECT, letter_id=letter), rng=Random(7)).version_id

    second = practice_desk.write(again).value
    taken = {row.code for row in people_of(practice_desk, first.version_id)}
    assert taken.isdisjoint(row.code for row in people_of(practice_desk, second))


def test_a_scanned_slip_marks_its_person_and_says_who(practice_desk: Desk) -> None:
    made = published(practice_desk)
    siti = person(practice_desk, made.version_id, "Siti")
    mark = scan(practice_desk, codes.readable(siti.code).lower())
    assert mark.result is MarkResult.ACCEPTED
    assert (mark.person, mark.unit, mark.since) == ("Siti Nurhaliza Rahmawati, A.Md.Kep.", "Dinas Kesehatan", TODAY)
    assert (mark.number, mark.version_id) == ("198001012005011001", made.version_id)
    after = person(practice_desk, made.version_id, "Siti")
    assert (after.status, after.acknowledged_on) == (AckStatus.SIGNED, TODAY)


def test_the_same_slip_again_is_answered_with_the_first_mark_and_records_nothing(practice_desk: Desk) -> None:
    made = published(practice_desk)
    siti = person(practice_desk, made.version_id, "Siti")
    first = scan(practice_desk, siti.code, on=date(2024, 9, 6))
    again = scan(practice_desk, siti.code)
    assert again.result is MarkResult.ALREADY
    assert (again.since, again.recorded_by, again.acknowledgement_id) == (
        date(2024, 9, 6),
        "Ratna Wulandari",
        first.acknowledgement_id,
    )
    assert len(practice_desk.read(queries.recent_marks)) == 1


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("https://contoh.example", MarkResult.UNKNOWN),
        (codes.new_code(Random(99)), MarkResult.UNKNOWN),
        ("ADE1-1234-5678-9ABC", MarkResult.DAMAGED),
    ],
)
def test_a_foreign_unknown_or_damaged_code_marks_nobody(practice_desk: Desk, text: str, result: MarkResult) -> None:
    made = published(practice_desk)
    mark = scan(practice_desk, text)
    assert (mark.result, mark.person, mark.acknowledgement_id) == (result, "", None)
    assert {row.status for row in people_of(practice_desk, made.version_id)} == {AckStatus.WAITING}


def test_a_refusal_needs_its_reason_and_may_turn_into_a_signature(practice_desk: Desk) -> None:
    made = published(practice_desk)
    yusuf = person(practice_desk, made.version_id, "Yusuf")
    command = Acknowledge(yusuf.id, AckStatus.REFUSED, TODAY, yusuf.version)
    assert refusal(practice_desk, lambda s: service.acknowledge(s, command)).code == "note_missing"
    by_hand(practice_desk, "Yusuf", made.version_id, AckStatus.REFUSED, note="Keberatan", party="Endang")
    assert scan(practice_desk, yusuf.code).result is MarkResult.ACCEPTED
    history = practice_desk.read(lambda s: queries.recent_marks(s, recipient_id=yusuf.id))
    assert [mark.status for mark in history] == [AckStatus.SIGNED, AckStatus.REFUSED]


@pytest.mark.parametrize("on", [date(2024, 9, 10), date(2024, 9, 4)])
def test_a_mark_of_tomorrow_or_from_before_the_letter_is_refused(practice_desk: Desk, on: date) -> None:
    made = published(practice_desk)
    yusuf = person(practice_desk, made.version_id, "Yusuf")
    command = Acknowledge(yusuf.id, AckStatus.SIGNED, on, yusuf.version, signature=Signature.WET)
    assert "on" in refusal(practice_desk, lambda s: service.acknowledge(s, command)).fields
    assert refusal(practice_desk, lambda s: service.acknowledge_code(s, yusuf.code, on)).code == "day"


def test_a_mark_from_an_old_screen_is_refused(practice_desk: Desk) -> None:
    made = published(practice_desk)
    yusuf = person(practice_desk, made.version_id, "Yusuf")
    scan(practice_desk, yusuf.code)
    command = Acknowledge(yusuf.id, AckStatus.UNREACHABLE, TODAY, yusuf.version)
    assert isinstance(refusal(practice_desk, lambda s: service.acknowledge(s, command)), StaleRecord)


def test_undo_puts_the_person_back_and_keeps_the_wrong_mark_with_its_reason(practice_desk: Desk) -> None:
    made = published(practice_desk)
    away = by_hand(practice_desk, "Yusuf", made.version_id, AckStatus.UNREACHABLE)
    signed = scan(practice_desk, person(practice_desk, made.version_id, "Yusuf").code).acknowledgement_id
    assert signed is not None
    practice_desk.write(lambda s: service.undo(s, signed, "Salah pindai"))
    assert person(practice_desk, made.version_id, "Yusuf").status is AckStatus.UNREACHABLE
    practice_desk.write(lambda s: service.undo(s, away, "Salah orang"))
    row = person(practice_desk, made.version_id, "Yusuf")
    assert (row.status, row.acknowledged_on) == (AckStatus.WAITING, None)
    kept = practice_desk.read(lambda s: queries.recent_marks(s, recipient_id=row.id))
    assert [(mark.undo_reason, mark.undone_at is not None) for mark in kept] == [
        ("Salah pindai", True),
        ("Salah orang", True),
    ]


def test_undoing_an_older_mark_leaves_the_later_signature(practice_desk: Desk) -> None:
    made = published(practice_desk)
    away = by_hand(practice_desk, "Yusuf", made.version_id, AckStatus.UNREACHABLE)
    scan(practice_desk, person(practice_desk, made.version_id, "Yusuf").code)
    practice_desk.write(lambda s: service.undo(s, away, "Ternyata di kantor"))
    row = person(practice_desk, made.version_id, "Yusuf")
    assert (row.status, row.acknowledged_on) == (AckStatus.SIGNED, TODAY)


@pytest.mark.parametrize(("mark", "reason", "code"), [(99, "x", "mark_unknown"), (1, " ", "reason_missing")])
def test_undo_without_mark_or_reason_is_refused(practice_desk: Desk, mark: int, reason: str, code: str) -> None:
    made = published(practice_desk)
    scan(practice_desk, person(practice_desk, made.version_id, "Yusuf").code)
    assert refusal(practice_desk, lambda s: service.undo(s, mark, reason)).code == code


def test_a_mark_is_undone_only_once(practice_desk: Desk) -> None:
    made = published(practice_desk)
    mark = by_hand(practice_desk, "Yusuf", made.version_id, AckStatus.SIGNED, signature=Signature.WET)
    practice_desk.write(lambda s: service.undo(s, mark, "Salah orang"))
    assert refusal(practice_desk, lambda s: service.undo(s, mark, "Salah orang")).code == "already_undone"


def test_a_closed_circular_takes_no_mark_until_it_is_opened_again(practice_desk: Desk) -> None:
    made = published(practice_desk)
    mark = by_hand(practice_desk, "Siti", made.version_id, AckStatus.SIGNED, signature=Signature.WET)
    seen = practice_desk.read(lambda s: queries.circular_detail(s, made.circular_id))
    practice_desk.write(lambda s: service.close(s, made.circular_id, seen.version))
    yusuf = person(practice_desk, made.version_id, "Yusuf")
    assert yusuf.closed
    assert scan(practice_desk, yusuf.code).result is MarkResult.CLOSED
    command = Acknowledge(yusuf.id, AckStatus.SIGNED, TODAY, yusuf.version, signature=Signature.WET)
    assert refusal(practice_desk, lambda s: service.acknowledge(s, command)).code == "closed"
    assert refusal(practice_desk, lambda s: service.undo(s, mark, "x")).code == "closed"
    closed = practice_desk.read(lambda s: queries.circular_detail(s, made.circular_id))
    practice_desk.write(lambda s: service.reopen(s, made.circular_id, closed.version))
    assert scan(practice_desk, yusuf.code).result is MarkResult.ACCEPTED


def test_closing_from_an_old_screen_is_refused(practice_desk: Desk) -> None:
    made = published(practice_desk)
    practice_desk.write(lambda s: service.close(s, made.circular_id, 1))
    assert isinstance(refusal(practice_desk, lambda s: service.reopen(s, made.circular_id, 1)), StaleRecord)
    assert refusal(practice_desk, lambda s: service.close(s, 99, 1)).code == "circular_unknown"


def test_each_mark_is_on_the_trail_with_before_and_after(practice_desk: Desk) -> None:
    made = published(practice_desk)
    yusuf = person(practice_desk, made.version_id, "Yusuf")
    scan(practice_desk, yusuf.code)

    def look(session: Session) -> tuple[str, str, str]:
        query = select(AuditEntry).where(AuditEntry.subject == f"recipients:{yusuf.id}")
        entry = session.scalars(query).one()
        return entry.before, entry.after, entry.actor

    before, after, actor = practice_desk.read(look)
    assert json.loads(before) == {"acknowledged_on": None, "status": "menunggu"}
    assert json.loads(after) == {"acknowledged_on": "2024-09-09", "status": "ditandatangani"}
    assert actor == "Ratna Wulandari"


def set_up(session: Session) -> None:
    identity = office.Identity(
        "Pemerintah Kota Contoh", RegionKind.KOTA, "Contoh", "Badan Kepegawaian", "BKPSDM", "Jalan Merdeka 1", "Contoh"
    )
    office.set_up_office(session, office.SetUpOffice(identity, "Ratna Wulandari"))
    numbering.ensure_default_series(session, identity.agency_short)
    mayor = office.SaveOfficial(OfficialRole.KEPALA_DAERAH, "Wali Kota", "Andi Prasetyo", Letterhead.KEPALA_DAERAH)
    office.save_official(session, mayor)


LETTER = IssueLetter(NEUTRALITY_CIRCULAR, TODAY, data={"edaran": {"pemilihan": "Pilkada Tahun 2024"}})


def test_letter_and_circular_are_made_in_one_step(practice_desk: Desk) -> None:
    practice_desk.write(set_up)
    practice_desk.write(an_office)
    made = practice_desk.write(lambda s: service.publish_with_letter(s, PublishCircular(SUBJECT), LETTER)).value
    row = practice_desk.read(lambda s: queries.circular_detail(s, made.circular_id))
    assert (row.dated, row.tally.total) == (TODAY, 4)
    assert row.number


def test_a_publication_that_fails_takes_its_letter_and_number_back(practice_desk: Desk) -> None:
    practice_desk.write(set_up)
    before = sorted(practice_desk.paths.files.rglob("*"))
    error = refusal(practice_desk, lambda s: service.publish_with_letter(s, PublishCircular(SUBJECT), LETTER))
    assert error.code == "audience_empty"
    assert practice_desk.read(lambda s: s.scalars(select(Letter.id)).all()) == []
    left = [file for file in practice_desk.paths.files.rglob("*") if file.is_file() and file not in before]
    assert left == []
