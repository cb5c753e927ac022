"""Marks that may follow each other, days that make sense, and numbers that add up."""

from __future__ import annotations

import json
from datetime import date

import pytest

from asn_desk.circulars import rules
from asn_desk.circulars.rules import AckStatus, Audience, EmployeeKind, MarkNotes, Standing, Tally
from asn_desk.employees.terms import PostClass
from asn_desk.errors import DeskError

WAITING, SIGNED, REFUSED, AWAY = AckStatus.WAITING, AckStatus.SIGNED, AckStatus.REFUSED, AckStatus.UNREACHABLE
PRINTED, HANDED, BEHALF = AckStatus.PRINTED, AckStatus.HANDED, AckStatus.ON_BEHALF
LATER, LEFT = AckStatus.POSTPONED, AckStatus.LEFT
DAY = date(2024, 9, 9)


ANSWERS = {SIGNED, BEHALF, REFUSED, AWAY, LATER, LEFT}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (WAITING, ANSWERS | {PRINTED, HANDED}),
        (PRINTED, ANSWERS | {HANDED}),
        (HANDED, ANSWERS),
        (AWAY, (ANSWERS | {HANDED}) - {AWAY}),
        (LATER, ANSWERS | {HANDED}),
        (REFUSED, {SIGNED, LEFT}),
        (BEHALF, {SIGNED}),
        (LEFT, {SIGNED, WAITING}),  # who left may come back
        (SIGNED, set()),
    ],
)
def test_who_refused_was_away_or_left_may_still_sign_and_a_signature_stays(
    before: AckStatus, after: set[AckStatus]
) -> None:
    assert rules.allowed(before) == after
    assert rules.allowed(before, closed=True) == frozenset()


def test_every_status_can_be_reached_and_only_who_left_waits_again() -> None:
    assert {after for before in AckStatus for after in rules.allowed(before)} == set(AckStatus)
    assert [before for before in AckStatus if WAITING in rules.allowed(before)] == [LEFT]


@pytest.mark.parametrize(
    ("before", "after", "notes", "code", "fields"),
    [
        (SIGNED, REFUSED, MarkNotes("berubah", "Endang"), "not_allowed", set()),
        (SIGNED, SIGNED, MarkNotes(), "not_allowed", set()),
        (REFUSED, WAITING, MarkNotes(), "not_allowed", set()),
        (WAITING, REFUSED, MarkNotes("  "), "note_missing", {"note", "party"}),
        (WAITING, REFUSED, MarkNotes("keberatan"), "note_missing", {"party"}),
        (WAITING, HANDED, MarkNotes("langsung"), "note_missing", {"party"}),
        (WAITING, BEHALF, MarkNotes(party="Kepala subbagian"), "note_missing", {"note"}),
        (WAITING, LATER, MarkNotes("cuti"), "note_missing", {"until"}),
        (WAITING, LATER, MarkNotes("cuti", until=DAY), "note_missing", {"until"}),
        (WAITING, LEFT, MarkNotes(), "note_missing", {"note"}),
        (LEFT, WAITING, MarkNotes(), "note_missing", {"note"}),
    ],
)
def test_a_mark_out_of_order_or_without_its_reason_name_or_day_is_refused(
    before: AckStatus, after: AckStatus, notes: MarkNotes, code: str, fields: set[str]
) -> None:
    with pytest.raises(DeskError) as caught:
        rules.check_mark(before, after, notes, DAY)
    assert (caught.value.code, set(caught.value.fields)) == (code, fields)


@pytest.mark.parametrize("on", [date(2024, 9, 10), date(2024, 9, 4)])
def test_a_day_in_the_future_or_before_the_circular_is_refused_at_its_field(on: date) -> None:
    with pytest.raises(DeskError) as caught:
        rules.check_day(on, date(2024, 9, 5), DAY)
    assert "on" in caught.value.fields


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], Standing()),
        ([(AWAY, DAY, None)], Standing(AWAY)),
        ([(LATER, DAY, date(2024, 10, 1))], Standing(LATER, None, date(2024, 10, 1))),
        ([(LATER, DAY, date(2024, 10, 1)), (BEHALF, DAY, None)], Standing(BEHALF, DAY)),
        ([(REFUSED, date(2024, 9, 6), None), (SIGNED, DAY, None)], Standing(SIGNED, DAY)),
    ],
)
def test_the_last_valid_mark_says_where_a_person_stands(
    marks: list[tuple[AckStatus, date, date | None]], expected: Standing
) -> None:
    assert rules.standing(marks) == expected


@pytest.mark.parametrize(
    ("tally", "waiting", "missing", "percent"),
    [
        (Tally(), 0, 0, 0),
        (Tally(800, 799), 1, 1, 99),
        (Tally(800, 800), 0, 0, 100),
        (Tally(10, 5, 2, 1), 2, 5, 50),
        (Tally(10, 4, 1, 1, printed=1, handed=1, on_behalf=1, left=1), 0, 4, 55),
        (Tally(3, left=3), 0, 0, 100),
    ],
)
def test_progress_numbers_add_up_and_never_claim_everybody_too_early(
    tally: Tally, waiting: int, missing: int, percent: int
) -> None:
    assert (tally.waiting, tally.missing, tally.percent) == (waiting, missing, percent)


@pytest.mark.parametrize(("audience", "field"), [(Audience(opd_ids=()), "opd_ids"), (Audience(kinds=()), "kinds")])
def test_an_audience_of_nothing_is_refused_at_its_field(audience: Audience, field: str) -> None:
    with pytest.raises(DeskError) as caught:
        rules.check_audience(audience)
    assert field in caught.value.fields


def test_non_asn_take_part_only_when_chosen() -> None:
    assert EmployeeKind.NON_ASN not in Audience().kinds


def test_the_frozen_audience_tells_its_rule_count_and_hash() -> None:
    text = rules.audience_text(Audience(opd_ids=(9, 4)), 12, "ab" * 32)
    assert json.loads(text) == {
        "opd_ids": [4, 9],
        "kinds": ["PNS", "CPNS", "PPPK", "PPPK_PW"],
        "states": ["aktif"],
        "unit_ids": None,
        "also": [],
        "without": [],
        "heads_first": False,
        "count": 12,
        "sha256": "ab" * 32,
    }


@pytest.mark.parametrize(
    "audience",
    [
        Audience(),
        Audience(opd_ids=(4,), kinds=tuple(EmployeeKind), unit_ids=(5, 6), also=(7,), without=(8,), heads_first=True),
    ],
)
def test_the_rule_of_a_frozen_audience_reads_back(audience: Audience) -> None:
    text = rules.audience_text(Audience(opd_ids=(1,)), 3, "ab")
    assert rules.audience_from(rules.audience_text(audience, 1, "")) == audience
    changed = rules.with_rule(text, audience)
    assert (rules.audience_from(changed), json.loads(changed)["count"]) == (audience, 3)


def test_the_rule_of_the_first_schema_still_reads() -> None:
    old = '{"opd_ids": [3], "kinds": ["PNS"], "states": ["aktif"], "count": 4, "sha256": "ab"}'
    assert rules.audience_from(old) == Audience(opd_ids=(3,), kinds=(EmployeeKind.PNS,))


@pytest.mark.parametrize(
    ("post_class", "post", "unit", "head"),
    [
        (PostClass.JPT_PRATAMA, "Kepala Dinas Kesehatan", 1, True),
        (PostClass.ADMINISTRATOR, "Camat Contoh Utara", 1, True),
        (PostClass.ADMINISTRATOR, "Kepala Bidang Mutasi", 1, False),
        (PostClass.PENGAWAS, "Kepala Subbagian Umum", 1, False),
        (PostClass.PENGAWAS, "Kepala Puskesmas", 2, False),
        (PostClass.PELAKSANA, "Analis", 1, False),
    ],
)
def test_heads_of_opds_are_told_from_everybody_else(post_class: PostClass, post: str, unit: int, head: bool) -> None:
    assert rules.is_head(post_class, post, unit, 1) is head


@pytest.mark.parametrize(("plan", "offsets"), [("-3,1,5", (-3, 1, 5)), (" 5 , -2, 5,", (-2, 5))])
def test_a_reminder_plan_is_a_list_of_working_days(plan: str, offsets: tuple[int, ...]) -> None:
    assert rules.reminder_offsets(plan) == offsets


@pytest.mark.parametrize("plan", ["", "tiga", "1;2", "-100", "999", ",".join(map(str, range(13)))])
def test_a_senseless_reminder_plan_is_refused_at_its_field(plan: str) -> None:
    with pytest.raises(DeskError) as caught:
        rules.reminder_offsets(plan)
    assert "reminder_plan" in caught.value.fields


def test_the_audience_hash_ignores_order_and_notices_every_value() -> None:
    rows = [(1, 2, 3, "Analis", "ADE1A"), (2, None, None, "", "ADE1B")]
    same = rules.audience_hash(reversed(rows))
    assert rules.audience_hash(rows) == same
    assert rules.audience_hash([rows[0], (2, None, 3, "", "ADE1B")]) != same


def test_every_status_kind_and_method_has_its_word() -> None:
    assert set(rules.STATUS_WORDS) == set(AckStatus)
    assert set(rules.KIND_WORDS) == set(EmployeeKind)
    assert set(rules.METHOD_WORDS) == set(rules.AckMethod)
    assert set(rules.SIGNATURE_WORDS) == set(rules.Signature)
    assert set(rules.COMPANION_WORDS) == set(rules.Companion)
