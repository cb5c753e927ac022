"""Units that are renamed, moved and merged keep their history; their heads are known from posts or from a clerk's entry."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from asn_desk.desk import Desk
from asn_desk.employees import placement, queries
from asn_desk.employees.queries import EmployeeFilter
from asn_desk.employees.terms import PostClass
from asn_desk.employees.unit_heads import SetHead, head_of, heads_of, set_head
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.office import units
from asn_desk.office.terms import UnitChangeKind
from asn_desk.office.units import MergeUnit, MoveUnit, RenameUnit
from tests.factories import add_employee, add_unit

DAY = date(2024, 9, 9)


@pytest.fixture
def office(practice_desk: Desk) -> tuple[Desk, dict[str, int]]:
    """Two OPD, one with a division in which two people work."""

    def fill(session: Any) -> dict[str, int]:
        health, staff = add_unit(session, "Dinas Kesehatan"), add_unit(session, "Badan Kepegawaian")
        division = add_unit(session, "Bidang Mutasi", health)
        section = add_unit(session, "Seksi Arsip", division)
        head = add_employee(
            session, unit=division, post_name="Kepala Bidang Mutasi", post_class=PostClass.ADMINISTRATOR
        )
        clerk = add_employee(session, unit=division, nip="198202022006021002", post_name="Arsiparis")
        units.refresh_opds(session)
        return {
            "health": health.id, "staff": staff.id, "division": division.id, "section": section.id,
            "head": head.id, "clerk": clerk.id,
        }  # fmt: skip

    return practice_desk, practice_desk.write(fill).value


def version(session: Any, unit_id: int) -> int:
    return next(node.version for node in units.unit_tree(session) if node.id == unit_id)


def test_a_merger_moves_people_and_children_and_keeps_the_old_posts(office: tuple[Desk, dict[str, int]]) -> None:
    desk, ids = office
    moved = desk.write(
        lambda s: placement.merge_unit(s, MergeUnit(ids["division"], ids["staff"], version(s, ids["division"])))
    ).value
    detail = desk.read(lambda s: queries.employee_detail(s, ids["clerk"]))
    new, old = detail.postings
    tree = {node.id: node for node in desk.read(units.unit_tree)}
    assert moved == 2
    assert (detail.unit, detail.opd) == ("Badan Kepegawaian", "Badan Kepegawaian")
    assert (old.unit, old.held_until, new.unit, new.held_from) == ("Bidang Mutasi", DAY, "Badan Kepegawaian", DAY)
    assert (tree[ids["section"]].parent_id, tree[ids["division"]].active) == (ids["staff"], False)
    found = desk.read(lambda s: queries.employee_ids(s, EmployeeFilter(text="badan kepegawaian")))
    assert set(found) == {ids["head"], ids["clerk"]}
    before = desk.read(lambda s: queries.person_on(s, ids["clerk"], date(2024, 9, 8)))
    assert before.unit == "Bidang Mutasi"


def test_every_change_of_a_unit_is_remembered(office: tuple[Desk, dict[str, int]]) -> None:
    desk, ids = office
    desk.write(
        lambda s: placement.rename_unit(
            s, RenameUnit(ids["division"], "Bidang Mutasi dan Promosi", version(s, ids["division"]))
        )
    )
    desk.write(lambda s: placement.move_unit(s, MoveUnit(ids["division"], ids["staff"], version(s, ids["division"]))))
    desk.write(lambda s: placement.merge_unit(s, MergeUnit(ids["division"], ids["staff"], version(s, ids["division"]))))
    rows = desk.read(lambda s: units.unit_history(s, ids["division"]))
    assert [(row.kind, row.before, row.after, row.on) for row in rows] == [
        (UnitChangeKind.MERGED, "Bidang Mutasi dan Promosi", "Badan Kepegawaian", DAY),
        (UnitChangeKind.MOVED, "Dinas Kesehatan", "Badan Kepegawaian", DAY),
        (UnitChangeKind.RENAMED, "Bidang Mutasi", "Bidang Mutasi dan Promosi", DAY),
    ]
    assert desk.read(lambda s: units.unit_history(s, ids["staff"]))[0].unit == "Bidang Mutasi dan Promosi"


@pytest.mark.parametrize("into", ["division", "section"])
def test_a_unit_is_not_merged_into_itself_or_below_itself(office: tuple[Desk, dict[str, int]], into: str) -> None:
    desk, ids = office
    with pytest.raises(DeskError, match="tidak dapat digabung"):
        desk.write(
            lambda s: placement.merge_unit(s, MergeUnit(ids["division"], ids[into], version(s, ids["division"])))
        )
    with pytest.raises(StaleRecord):
        desk.write(lambda s: placement.merge_unit(s, MergeUnit(ids["division"], ids["staff"], 70)))


def test_the_head_is_read_from_the_posts(office: tuple[Desk, dict[str, int]]) -> None:
    desk, ids = office
    head = desk.read(lambda s: head_of(s, ids["division"]))
    assert head is not None
    assert (head.employee_id, head.post, head.stated) == (ids["head"], "Kepala Bidang Mutasi", False)
    assert desk.read(lambda s: heads_of(s, [ids["health"], ids["section"]])) == {}


def test_two_equal_posts_settle_nothing_until_a_clerk_says_who(office: tuple[Desk, dict[str, int]]) -> None:
    desk, ids = office

    def second(session: Any) -> int:
        from asn_desk.office.model import Unit

        unit = session.get(Unit, ids["division"])
        return add_employee(
            session, unit=unit, nip="198303032007031003", post_name="Kepala Bidang", post_class=PostClass.ADMINISTRATOR
        ).id

    other = desk.write(second).value
    assert desk.read(lambda s: head_of(s, ids["division"])) is None
    desk.write(lambda s: set_head(s, SetHead(ids["division"], other, date(2024, 9, 1))))
    desk.write(lambda s: set_head(s, SetHead(ids["division"], ids["clerk"], DAY)))
    before = desk.read(lambda s: head_of(s, ids["division"], date(2024, 9, 8)))
    assert before is not None
    assert before.employee_id == other
    today = desk.read(lambda s: head_of(s, ids["division"]))
    assert today is not None
    assert (today.employee_id, today.stated) == (ids["clerk"], True)
    desk.write(lambda s: set_head(s, SetHead(ids["division"], None)))
    assert desk.read(lambda s: head_of(s, ids["division"])) is None
    with pytest.raises(DeskError, match="masih bertugas"):
        desk.write(lambda s: set_head(s, SetHead(ids["division"], 999)))
