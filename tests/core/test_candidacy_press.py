"""What leaves the files: the press report with small groups merged, the calendar file, and the history as of a moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from asn_desk.candidacy import history, ics, policy, press, queries, service
from asn_desk.candidacy.policy import SetNonAsnPolicy
from asn_desk.candidacy.rows import DeclarationFilter
from asn_desk.candidacy.terms import DeclarationOrder
from asn_desk.desk import Desk
from asn_desk.employees.terms import EmployeeKind
from tests.core.candidacy_office import DAY, NAME, open_file, record, version_of


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"A": 5, "B": 3}, (("A", "5"), ("B", "3"))),
        ({"A": 5, "B": 2, "C": 1}, (("A", "5"), ("Lainnya", "3"))),
        ({"A": 9, "B": 4, "C": 1}, (("A", "9"), ("Lainnya", "5"))),
        ({"A": 7, "B": 2}, (("Lainnya", "9"),)),
        ({"A": 1, "B": 2}, (("Lainnya", "3"),)),
        ({}, ()),
    ],
)
def test_small_groups_are_merged_until_nobody_stands_out(
    counts: dict[str, int], shown: tuple[tuple[str, str], ...]
) -> None:
    assert press.merged(counts) == shown


def test_a_report_about_fewer_than_three_gives_no_breakdown(practice_desk: Desk) -> None:
    open_file(practice_desk)
    report = practice_desk.read(lambda session: press.press_report(session, "pilkada-2024"))
    assert (report.total, report.tables) == ("kurang dari 3", ())
    assert press.press_pdf(report).startswith(b"%PDF-")


def test_calendar_lines_are_folded_escaped_and_keep_their_uid(practice_desk: Desk) -> None:
    made = open_file(practice_desk, office_name="Wakil Wali Kota; Contoh, Jilid é")
    data = practice_desk.read(ics.agenda)
    lines = data.split(b"\r\n")
    whole = data.replace(b"\r\n ", b"").decode()
    assert max(len(line) for line in lines) <= 75
    assert lines[-1] == b""
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") > 3
    assert "Wakil Wali Kota\\; Contoh\\, Jilid é" in whole
    assert f"UID:kewajiban-{made}-K2.1@asn-desk\r\n" in whole
    assert "DTSTART;VALUE=DATE:20240829\r\nDTEND;VALUE=DATE:20240830" in whole
    bare = practice_desk.read(lambda session: ics.agenda(session, anonymous=True)).replace(b"\r\n ", b"").decode()
    assert NAME not in bare
    assert f"Berkas nomor {made}" in bare


def test_the_past_is_what_was_known_then(practice_desk: Desk) -> None:
    made = open_file(practice_desk)
    event = record(practice_desk, made, "LAPOR", date(2024, 8, 12))
    known = practice_desk.clock.now()
    amended = service.AmendDeclaration(made, version_of(practice_desk, made), "Kota Contoh", "", path="perseorangan")
    practice_desk.write(lambda session: service.amend(session, amended))
    void = service.VoidEvent(event, version_of(practice_desk, made), "salah orang")
    practice_desk.write(lambda session: service.void_event(session, void))
    then = practice_desk.read(lambda session: history.declaration_as_of(session, made, known))
    now = practice_desk.read(lambda session: history.declaration_as_of(session, made, practice_desk.clock.now()))
    never = datetime(2020, 1, 1, tzinfo=UTC)
    assert then is not None
    assert now is not None
    assert (then.path, [one.code for one in then.events]) == ("parpol", ["LAPOR"])
    assert (now.path, now.events) == ("perseorangan", ())
    assert practice_desk.read(lambda session: history.declaration_as_of(session, made, never)) is None
    changes = practice_desk.read(lambda session: history.revisions(session, made))[-1].changes
    assert ("jalur", "parpol", "perseorangan") in {(row.name, row.before, row.after) for row in changes}


def test_the_offices_policy_reaches_open_files_of_non_asn_staff(practice_desk: Desk) -> None:
    made = open_file(practice_desk, person={"kind": EmployeeKind.NON_ASN, "nip": None, "local_number": "7"})
    command = SetNonAsnPolicy("per_contract", "klausul kontrak", "800/5", DAY - timedelta(days=3))
    assert practice_desk.write(lambda session: policy.set_non_asn_policy(session, command)).value == 1
    seen = practice_desk.read(lambda session: queries.declaration_detail(session, made))
    assert seen.non_asn_policy == "per_contract"
    assert practice_desk.read(policy.policy_history)[0].reason == "klausul kontrak"


@pytest.mark.parametrize("order", list(DeclarationOrder))
@pytest.mark.parametrize("descending", [False, True])
def test_every_order_lists_every_file(practice_desk: Desk, order: DeclarationOrder, descending: bool) -> None:
    first = open_file(practice_desk)
    second = open_file(
        practice_desk, person={"name": "Zainal Abidin", "nip": "198001012005011009"}, region="Kota Misal"
    )
    wanted = DeclarationFilter(order=order, descending=descending)
    ids = practice_desk.read(lambda session: queries.declaration_ids(session, wanted))
    assert sorted(ids) == [first, second]
    if order is DeclarationOrder.NAME:
        assert ids == ([second, first] if descending else [first, second])
