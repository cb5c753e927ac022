"""Marks that may follow each other, days that make sense, and numbers that add up."""

from __future__ import annotations

import json
from datetime import date

import pytest

from asn_desk.circulars import rules
from asn_desk.circulars.rules import AckStatus, Audience, EmployeeKind, Tally
from asn_desk.errors import DeskError

WAITING, SIGNED, REFUSED, AWAY = AckStatus.WAITING, AckStatus.SIGNED, AckStatus.REFUSED, AckStatus.UNREACHABLE
DAY = date(2024, 9, 9)


@pytest.mark.parametrize(
    ("before", "after"),
    [(WAITING, {SIGNED, REFUSED, AWAY}), (AWAY, {SIGNED, REFUSED}), (REFUSED, {SIGNED}), (SIGNED, set())],
)
def test_who_refused_or_was_away_may_still_sign_and_a_signature_stays(before: AckStatus, after: set[AckStatus]) -> None:
    assert rules.allowed(before) == after
    assert rules.allowed(before, closed=True) == frozenset()


@pytest.mark.parametrize(
    ("before", "after", "note", "code"),
    [
        (SIGNED, REFUSED, "berubah", "not_allowed"),
        (SIGNED, SIGNED, "", "not_allowed"),
        (REFUSED, WAITING, "", "not_allowed"),
        (WAITING, REFUSED, "  ", "note_missing"),
    ],
)
def test_a_mark_out_of_order_or_without_its_reason_is_refused(
    before: AckStatus, after: AckStatus, note: str, code: str
) -> None:
    with pytest.raises(DeskError) as caught:
        rules.check_mark(before, after, note)
    assert caught.value.code == code


@pytest.mark.parametrize("on", [date(2024, 9, 10), date(2024, 9, 4)])
def test_a_day_in_the_future_or_before_the_circular_is_refused_at_its_field(on: date) -> None:
    with pytest.raises(DeskError) as caught:
        rules.check_day(on, date(2024, 9, 5), DAY)
    assert "on" in caught.value.fields


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], (WAITING, None)),
        ([(AWAY, DAY)], (AWAY, None)),
        ([(REFUSED, date(2024, 9, 6)), (SIGNED, DAY)], (SIGNED, DAY)),
    ],
)
def test_the_last_valid_mark_says_where_a_person_stands(
    marks: list[tuple[AckStatus, date]], expected: tuple[AckStatus, date | None]
) -> None:
    assert rules.standing(marks) == expected


@pytest.mark.parametrize(
    ("tally", "waiting", "missing", "percent"),
    [
        (Tally(), 0, 0, 100),
        (Tally(800, 799), 1, 1, 99),
        (Tally(800, 800), 0, 0, 100),
        (Tally(10, 5, 2, 1), 2, 5, 50),
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
        "count": 12,
        "sha256": "ab" * 32,
    }


def test_the_audience_hash_ignores_order_and_notices_every_value() -> None:
    rows = [(1, 2, 3, "Analis", "ADE1A"), (2, None, None, "", "ADE1B")]
    same = rules.audience_hash(reversed(rows))
    assert rules.audience_hash(rows) == same
    assert rules.audience_hash([rows[0], (2, None, 3, "", "ADE1B")]) != same


def test_every_status_kind_and_method_has_its_word() -> None:
    assert set(rules.STATUS_WORDS) == set(AckStatus)
    assert set(rules.KIND_WORDS) == set(EmployeeKind)
    assert set(rules.METHOD_WORDS) == set(rules.AckMethod)
