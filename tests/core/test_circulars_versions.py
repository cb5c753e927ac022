"""Versions and the audience after publishing: what is refused, what is added, closed and followed."""

from __future__ import annotations

import json
from datetime import date
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.terms import RIGHTS, Role
from asn_desk.circulars import publishing, queries, service
from asn_desk.circulars.model import CircularVersion, Recipient
from asn_desk.circulars.rules import AckStatus, Audience, EmployeeKind, Tally
from asn_desk.circulars.service import PublishCircular, ReviseCircular
from asn_desk.desk import Desk
from asn_desk.employees.model import Employee
from asn_desk.employees.terms import EmploymentState
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.letters.model import Letter
from tests.core.circulars_office import SUBJECT, a_letter, an_office, people_of, person, published
from tests.factories import add_employee


def refusal(desk: Desk, work: object) -> str:
    with pytest.raises(DeskError) as caught:
        desk.write(work)  # type: ignore[arg-type]
    return caught.value.code


def revised(desk: Desk, made: service.Published, *, material: bool, **values: object) -> service.Published:
    def work(session: Session) -> service.Published:
        letter = a_letter(session, f"800.1.6/{20 + session.query(Letter).count()}")
        seen = queries.circular_detail(session, made.circular_id).version
        command = ReviseCircular(made.circular_id, seen, material, "Perbaikan", letter, **values)  # type: ignore[arg-type]
        return service.revise(session, command, rng=Random(3))

    return desk.write(work).value


def test_a_slip_of_the_first_text_counts_after_an_editorial_fix(practice_desk: Desk) -> None:
    made = published(practice_desk)
    code = person(practice_desk, made.version_id, "Siti").code
    fix = revised(practice_desk, made, material=False)
    mark = practice_desk.write(lambda session: service.acknowledge_code(session, code)).value
    row = practice_desk.read(lambda session: queries.circular_detail(session, made.circular_id))
    assert (row.text_id, row.version_id, row.ordinal, row.tally) == (fix.version_id, made.version_id, 2, Tally(4, 1))
    assert not mark.superseded
    assert people_of(practice_desk, fix.version_id) == people_of(practice_desk, made.version_id)


def test_an_editorial_fix_of_a_material_version_counts_for_that_one(practice_desk: Desk) -> None:
    made = published(practice_desk)
    second = revised(practice_desk, made, material=True)
    revised(practice_desk, made, material=False)
    rows = practice_desk.read(lambda session: queries.versions(session, made.circular_id))
    assert [row.version_id for row in rows] == [second.version_id, second.version_id, made.version_id]


def test_a_material_version_keeps_the_rule_or_takes_a_new_one_and_a_new_due_day(practice_desk: Desk) -> None:
    made = published(practice_desk, Audience(kinds=(EmployeeKind.PNS,)))
    same = revised(practice_desk, made, material=True)
    everybody = Audience(kinds=tuple(EmployeeKind))
    other = revised(practice_desk, made, material=True, audience=everybody, due_days=5)
    row = practice_desk.read(lambda session: queries.circular_detail(session, made.circular_id))
    assert (same.recipients, other.recipients) == (3, 5)
    assert (row.due_on, row.due_days) == (date(2024, 9, 17), 5)  # 16 September 2024 is a national holiday


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"letter_id": None}, "letter_missing"),
        ({"letter_id": 1}, "letter_used"),
        ({"circular_id": 99}, "circular_unknown"),
    ],
)
def test_a_faulty_revision_is_refused(practice_desk: Desk, changes: dict[str, object], code: str) -> None:
    made = published(practice_desk)
    letter = practice_desk.write(lambda session: a_letter(session, "12")).value
    fields = {"circular_id": made.circular_id, "version": 1, "material": True, "reason": "x", "letter_id": letter}
    command = ReviseCircular(**{**fields, **changes})  # type: ignore[arg-type]
    assert refusal(practice_desk, lambda session: service.revise(session, command)) == code


def test_the_same_text_again_a_stale_form_and_a_closed_circular_are_refused(practice_desk: Desk) -> None:
    made = published(practice_desk)

    def again(session: Session) -> None:
        letter = session.get_one(Letter, a_letter(session, "12"))
        letter.pdf_sha256 = session.scalars(select(CircularVersion.text_sha256)).one()
        service.revise(session, ReviseCircular(made.circular_id, 1, False, "x", letter.id))

    assert refusal(practice_desk, again) == "same_text"
    with pytest.raises(StaleRecord):
        practice_desk.write(lambda s: service.revise(s, ReviseCircular(made.circular_id, 9, False, "x")))
    practice_desk.write(lambda s: service.close(s, made.circular_id, 1))
    assert (
        refusal(practice_desk, lambda s: service.revise(s, ReviseCircular(made.circular_id, 2, False, "x"))) == "closed"
    )


def test_a_text_that_names_a_repealed_law_is_not_published(practice_desk: Desk) -> None:
    office = practice_desk.write(an_office).value
    law = "Undang-Undang Nomor 5 Tahun 2014 tentang Aparatur Sipil Negara"

    def work(session: Session) -> None:
        session.get_one(Letter, office.letter).data = json.dumps({"edaran": {"dasar": [{"huruf": "a", "teks": law}]}})
        service.publish(session, PublishCircular(SUBJECT, letter_id=office.letter))

    assert refusal(practice_desk, work) == "basis_expired"


def test_a_letter_that_is_no_circular_is_not_published(practice_desk: Desk) -> None:
    office = practice_desk.write(an_office).value

    def work(session: Session) -> None:
        session.get_one(Letter, office.letter).kind = "surat_pengantar"
        service.publish(session, PublishCircular(SUBJECT, letter_id=office.letter))

    assert refusal(practice_desk, work) == "letter_kind"


@pytest.mark.parametrize(("days", "expected"), [(1, date(2024, 9, 10)), (5, date(2024, 9, 17)), (0, None), (251, None)])
def test_a_deadline_is_counted_in_working_days(practice_desk: Desk, days: int, expected: date | None) -> None:
    office = practice_desk.write(an_office).value
    command = PublishCircular(SUBJECT, letter_id=office.letter, due_days=days)
    if expected is None:
        assert refusal(practice_desk, lambda session: service.publish(session, command)) == "due"
    else:
        made = practice_desk.write(lambda session: service.publish(session, command)).value
        assert practice_desk.read(lambda s: queries.circular_detail(s, made.circular_id)).due_on == expected
        assert publishing.due_after(date(2024, 9, 9), days) == expected


def test_heads_are_the_first_stage_and_are_printed_first(practice_desk: Desk) -> None:
    office = practice_desk.write(an_office).value

    def work(session: Session) -> service.Published:
        yusuf = session.get_one(Employee, office.people[2])
        yusuf.post_name = "Kepala Dinas Kesehatan"
        session.flush()
        command = PublishCircular(SUBJECT, letter_id=office.letter, audience=Audience(heads_first=True))
        return service.publish(session, command)

    made = practice_desk.write(work).value
    assert [row.name for row in people_of(practice_desk, made.version_id, stages=(1,))] == ["Yusuf"]
    stages = practice_desk.read(lambda session: queries.progress_by_stage(session, made.version_id))
    assert stages == {1: Tally(1), 2: Tally(3)}


def test_the_name_and_number_of_the_publishing_day_stay(practice_desk: Desk) -> None:
    made = published(practice_desk)
    before = person(practice_desk, made.version_id, "Yusuf")

    def rename(session: Session) -> None:
        session.get_one(Employee, before.employee_id).name = "Yusuf Baru"

    practice_desk.write(rename)
    assert person(practice_desk, made.version_id, "Yusuf").name == before.name == "Yusuf"


def test_units_and_single_people_narrow_and_widen_an_audience(practice_desk: Desk) -> None:
    office = practice_desk.write(an_office).value
    siti, endang, yusuf, robertus, _slamet = office.people
    audience = Audience(unit_ids=(office.hospital,), also=(robertus,), without=(endang,))
    command = PublishCircular(SUBJECT, letter_id=office.letter, audience=audience)
    made = practice_desk.write(lambda session: service.publish(session, command)).value
    assert {row.employee_id for row in people_of(practice_desk, made.version_id)} == {siti, robertus}
    assert practice_desk.read(lambda session: queries.audience_size(session, audience)).people == 2
    assert yusuf not in {row.employee_id for row in people_of(practice_desk, made.version_id)}


def test_a_person_is_taken_in_and_put_out_by_name_with_a_reason_and_stays_so(practice_desk: Desk) -> None:
    made = published(practice_desk)
    slamet = practice_desk.read(
        lambda s: s.scalars(select(Employee.id).where(Employee.kind == EmployeeKind.NON_ASN)).one()
    )
    add = lambda s, reason: service.add_people(s, made.circular_id, [slamet], reason)  # noqa: E731
    assert refusal(practice_desk, lambda s: add(s, " ")) == "reason_missing"
    assert practice_desk.write(lambda s: add(s, "Ikut menurut SE")).value == 1
    assert practice_desk.write(lambda s: add(s, "lagi")).value == 0
    siti = person(practice_desk, made.version_id, "Siti")
    practice_desk.write(lambda s: service.remove_person(s, siti.id, "Salah pilih"))
    row = practice_desk.read(lambda s: queries.circular_detail(s, made.circular_id))
    assert row.tally == Tally(5, left=1)
    again = revised(practice_desk, made, material=True)
    people = {one.employee_id for one in people_of(practice_desk, again.version_id)}
    assert slamet in people
    assert siti.employee_id not in people


def test_somebody_who_left_cannot_be_taken_in(practice_desk: Desk) -> None:
    made = published(practice_desk)

    def work(session: Session) -> None:
        gone = add_employee(session, nip="197001011990011001", name="Pensiun", state=EmploymentState.ENDED)
        service.add_people(session, made.circular_id, [gone.id], "x")

    assert refusal(practice_desk, work) == "person_ended"


def test_a_refresh_leaves_signers_refusals_and_doubtful_people_alone(practice_desk: Desk) -> None:
    made = published(practice_desk)
    siti, yusuf = (person(practice_desk, made.version_id, name) for name in ("Siti", "Yusuf"))
    endang = person(practice_desk, made.version_id, "Endang")
    practice_desk.write(lambda s: service.acknowledge_code(s, siti.code))
    refused = service.Acknowledge(yusuf.id, AckStatus.REFUSED, date(2024, 9, 9), None, "tidak mau", "Endang")
    practice_desk.write(lambda s: service.acknowledge(s, refused))

    def change(session: Session) -> None:
        for one in (siti, yusuf):
            session.get_one(Employee, one.employee_id).state = EmploymentState.ENDED
        session.get_one(Employee, endang.employee_id).state = EmploymentState.CHECK

    practice_desk.write(change)
    plan = practice_desk.read(lambda s: service.plan_refresh(s, made.circular_id))
    assert (plan.nothing_to_do, plan.to_check) == (True, 1)


def test_a_plan_that_is_no_longer_true_is_not_carried_out(practice_desk: Desk) -> None:
    made = published(practice_desk)
    practice_desk.write(lambda s: add_employee(s, nip="199101012020011001", name="Baru").id)
    plan = practice_desk.read(lambda s: service.plan_refresh(s, made.circular_id))
    assert [one.name for one in plan.joiners] == ["Baru"]
    practice_desk.write(lambda s: service.refresh_audience(s, plan))
    assert person(practice_desk, made.version_id, "Baru").added_on == date(2024, 9, 9)
    assert refusal(practice_desk, lambda s: service.refresh_audience(s, plan)) == "plan_stale"


def test_codes_that_somebody_has_already_are_drawn_again(practice_desk: Desk) -> None:
    made = published(practice_desk)
    again = practice_desk.write(
        lambda s: service.publish(s, PublishCircular(SUBJECT, letter_id=a_letter(s, "12")), rng=Random(7))
    ).value
    stored = practice_desk.read(lambda s: s.execute(select(Recipient.version_id, Recipient.code)).all())
    assert len({row.code for row in stored}) == made.recipients + again.recipients == 8


@pytest.mark.parametrize(
    "work",
    [
        lambda s: service.publish(s, PublishCircular("x")),
        lambda s: service.revise(s, ReviseCircular(1, 1, True, "x")),
        lambda s: service.acknowledge_code(s, "ADE1"),
        lambda s: service.sign_many(s, []),
        lambda s: service.undo(s, 1, "x"),
        lambda s: service.add_people(s, 1, [1], "x"),
        lambda s: service.remind(s, 1, [1]),
        lambda s: service.close(s, 1, 1),
    ],
)
def test_who_lacks_the_right_does_nothing(practice_desk: Desk, work: object) -> None:
    practice_desk.rights = RIGHTS[Role.AUDITOR]
    assert refusal(practice_desk, work) == "not_allowed"
