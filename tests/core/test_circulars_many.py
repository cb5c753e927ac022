"""Marks for many at once: as true as single ones, in a few statements, with the evidence kept."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import select

from asn_desk.circulars import progress, queries, service
from asn_desk.circulars.recipients import RecipientFilter
from asn_desk.circulars.rules import AckStatus, Tally
from asn_desk.circulars.service import Acknowledge, Evidence, MarkResult, Signed
from asn_desk.circulars.terms import AckMethod, Signature
from asn_desk.database.trail import written
from asn_desk.database.trail.audit import AuditEntry
from asn_desk.desk import Desk
from asn_desk.errors import DeskError
from tests.core.circulars_office import TODAY, people_of, person, published

PAGE = Evidence("ab" * 32, 3)


def test_a_pile_is_marked_in_one_go_with_its_pictures(practice_desk: Desk) -> None:
    made = published(practice_desk)
    ids = [row.id for row in people_of(practice_desk, made.version_id)]
    signed = [Signed(one, method=AckMethod.SHEET, signature=Signature.COLLECTIVE, evidence=PAGE) for one in ids]
    marks = practice_desk.write(lambda session: service.sign_many(session, signed)).value
    assert [mark.recipient_id for mark in marks] == ids
    assert {mark.result for mark in marks} == {MarkResult.ACCEPTED}
    stored = practice_desk.read(queries.recent_marks)
    assert {(mark.signature, mark.evidence_sha256, mark.evidence_page) for mark in stored} == {
        (Signature.COLLECTIVE, PAGE.sha256, 3)
    }
    assert {mark.acknowledgement_id for mark in marks} == {mark.id for mark in stored}
    assert practice_desk.read(lambda s: queries.circular_detail(s, made.circular_id)).tally == Tally(4, 4)


def test_a_pile_leaves_one_trail_entry_that_names_everybody(practice_desk: Desk) -> None:
    made = published(practice_desk)
    ids = [row.id for row in people_of(practice_desk, made.version_id)][:2]
    practice_desk.write(lambda session: service.sign_many(session, [Signed(one) for one in ids]))
    query = select(AuditEntry.after).where(AuditEntry.action == "acknowledgements:recorded")
    (after,) = practice_desk.read(lambda session: session.scalars(query).all())
    entry = json.loads(after)
    assert (entry["count"], entry["recipients"]) == (2, ids)
    (marks,), (people,) = entry[written.MADE], entry[written.SET]
    assert [values["recipient_id"] for _id, values in written.read(marks)] == ids
    assert {values["status"] for _id, values in written.read(people)} == {"ditandatangani"}


def test_twice_in_a_pile_signed_before_unknown_and_closed_are_answered_not_marked(practice_desk: Desk) -> None:
    made = published(practice_desk)
    siti, yusuf = (person(practice_desk, made.version_id, name) for name in ("Siti", "Yusuf"))
    practice_desk.write(lambda session: service.acknowledge_code(session, siti.code))
    pile = [Signed(siti.id, evidence=PAGE), Signed(yusuf.id), Signed(yusuf.id), Signed(999)]
    marks = practice_desk.write(lambda session: service.sign_many(session, pile)).value
    assert [mark.result for mark in marks] == [
        MarkResult.ALREADY, MarkResult.ACCEPTED, MarkResult.ALREADY, MarkResult.UNKNOWN,
    ]  # fmt: skip
    assert [mark.evidence_added for mark in marks] == [True, False, False, False]
    again = practice_desk.write(lambda session: service.sign_many(session, pile[:1])).value
    assert not again[0].evidence_added
    practice_desk.write(lambda session: service.close(session, made.circular_id, 1))
    endang = person(practice_desk, made.version_id, "Endang")
    (closed,) = practice_desk.write(lambda session: service.sign_many(session, [Signed(endang.id)])).value
    assert closed.result is MarkResult.CLOSED
    assert len(practice_desk.read(queries.recent_marks)) == 2


def test_a_pile_with_an_impossible_day_marks_nobody(practice_desk: Desk) -> None:
    made = published(practice_desk)
    ids = [row.id for row in people_of(practice_desk, made.version_id)]
    pile = [Signed(ids[0]), Signed(ids[1], on=date(2024, 9, 10))]
    with pytest.raises(DeskError) as caught:
        practice_desk.write(lambda session: service.sign_many(session, pile))
    assert caught.value.code == "day"
    assert practice_desk.read(queries.recent_marks) == []


def test_a_bulk_mark_can_be_undone_and_edited_like_a_single_one(practice_desk: Desk) -> None:
    made = published(practice_desk)
    siti = person(practice_desk, made.version_id, "Siti")
    (mark,) = practice_desk.write(lambda session: service.sign_many(session, [Signed(siti.id)])).value
    after = person(practice_desk, made.version_id, "Siti")
    assert (after.status, after.version) == (AckStatus.SIGNED, siti.version + 1)
    practice_desk.write(lambda session: service.undo(session, mark.acknowledgement_id or 0, "salah orang"))
    assert person(practice_desk, made.version_id, "Siti").status is AckStatus.WAITING


def test_printing_and_handing_over_follow_each_other_and_spare_who_signed(practice_desk: Desk) -> None:
    made = published(practice_desk)
    wanted = RecipientFilter(made.version_id)
    siti = person(practice_desk, made.version_id, "Siti")
    practice_desk.write(lambda session: service.acknowledge_code(session, siti.code))
    assert practice_desk.write(lambda session: service.mark_printed(session, wanted)).value == 3
    assert practice_desk.write(lambda session: service.mark_printed(session, wanted)).value == 0
    handed = practice_desk.write(lambda s: service.hand_over(s, wanted, "lewat kepala subbagian", "Rina Kusuma")).value
    tally = practice_desk.read(lambda s: queries.circular_detail(s, made.circular_id)).tally
    assert (handed, tally) == (3, Tally(4, 1, handed=3))
    assert {mark.party for mark in practice_desk.read(queries.recent_marks)} == {"Rina Kusuma", ""}


@pytest.mark.parametrize(
    ("status", "notes", "expected"),
    [
        (AckStatus.ON_BEHALF, {"note": "sakit keras", "party": "Istri"}, Tally(4, on_behalf=1)),
        (AckStatus.POSTPONED, {"note": "cuti", "until": date(2024, 10, 1)}, Tally(4, postponed=1)),
        (AckStatus.LEFT, {"note": "pindah instansi"}, Tally(4, left=1)),
        (AckStatus.SIGNED, {"signature": Signature.ELECTRONIC, "evidence": PAGE}, Tally(4, 1)),
    ],
)
def test_each_status_is_counted_and_shown(
    practice_desk: Desk, status: AckStatus, notes: dict[str, object], expected: Tally
) -> None:
    made = published(practice_desk)
    siti = person(practice_desk, made.version_id, "Siti")
    command = Acknowledge(siti.id, status, TODAY, None, **notes)  # type: ignore[arg-type]
    practice_desk.write(lambda session: service.acknowledge_many(session, [command]))
    after = person(practice_desk, made.version_id, "Siti")
    assert (after.status, after.until) == (status, notes.get("until"))
    assert practice_desk.read(lambda s: progress.progress_on(s, made.version_id, TODAY)) == expected
    assert practice_desk.read(lambda s: queries.circular_detail(s, made.circular_id)).tally == expected
