"""The words that mistyped ones are compared with are those of everybody in the registry, whatever was changed, and no others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from asn_desk.desk import Desk
from asn_desk.employees import importing, placement, queries, search_words, service, workbook
from asn_desk.employees.imports import office_import
from asn_desk.employees.search_words import forget_words, lost_words, note_words, similar_words
from asn_desk.employees.service import SavePerson
from asn_desk.employees.terms import EmployeeKind
from asn_desk.office import units
from asn_desk.office.units import MergeUnit, MoveUnit, RenameUnit
from tests.core.employee_files import nip, person, write_xlsx
from tests.core.registry_tables import registry_tables, vocabulary

TODAY = date(2024, 9, 9)
TREE = (("TOP", "Pemerintah Kota Contoh", ""), ("U-1", "Dinas Contoh", "TOP"), ("U-2", "Bidang Anggrek", "U-1"))


def _words(desk: Desk) -> list[tuple[str, str]]:
    return [tuple(row) for row in registry_tables(desk)["search_words"]]


def _import(desk: Desk, folder: Path, *rows: dict[str, Any], tree: tuple[tuple[str, str, str], ...] = ()) -> int:
    headers = ("ID", "NAMA UNOR", "ID ATASAN")
    paths = [write_xlsx(folder / "orang.xlsx", rows)] if rows else []
    if tree:
        data = [dict(zip(headers, row, strict=True)) for row in tree]
        paths.append(write_xlsx(folder / "unor.xlsx", data, headers=headers))
    books = [workbook.read(path) for path in paths]
    plan = office_import.plan_all(books, desk.read(importing.load_known), TODAY)
    run = desk.write(lambda session: office_import.apply_all(session, plan, books)).value.people.run_id
    assert run is not None
    return run


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Desk:
    """Three people in a tree of units: Melati in the OPD itself, Mawar and Kenanga in its Bidang Anggrek."""
    below = {"UNOR_ID": "U-2", "UNOR_NAMA": "Bidang Anggrek"}
    rows = (person(1), person(2, NAMA="MAWAR SEROJA", **below), person(3, NAMA="KENANGA RU'YATI", **below))
    _import(desk, tmp_path, *rows, tree=TREE)
    assert _words(desk) == vocabulary(desk)
    assert {"seroja", "yati", "anggrek", "penelaah"} <= {word for _, word in _words(desk)}
    return desk


def _corrected(session: Session) -> None:
    who = queries.employee_detail(session, 2)
    command = SavePerson(
        name="Mawar Serojawati", kind=EmployeeKind.PNS, nip=who.nip, post_name="Arsiparis", unit_id=None,
        employee_id=who.id, version=who.version,
    )  # fmt: skip
    service.save_person(session, command)


def _added(session: Session) -> None:
    service.save_person(session, SavePerson(name="Dahlia Senja", kind=EmployeeKind.PNS, nip=nip(9)))


def _node(session: Session, siasn_id: str) -> Any:
    return next(node for node in units.unit_tree(session) if node.siasn_id == siasn_id)


def _renamed(session: Session) -> None:
    node = _node(session, "U-1")
    placement.rename_unit(session, RenameUnit(node.id, "Badan Flamboyan", node.version))


def _moved(session: Session) -> None:
    node = _node(session, "U-2")
    placement.move_unit(session, MoveUnit(node.id, None, node.version))


def _merged(session: Session) -> None:
    node, into = _node(session, "U-2"), _node(session, "U-1")
    placement.merge_unit(session, MergeUnit(node.id, into.id, node.version))


@pytest.mark.parametrize("change", [_corrected, _added, _renamed, _moved, _merged])
def test_every_change_by_hand_leaves_exactly_the_words_that_are_used(
    office: Desk, change: Callable[[Session], None]
) -> None:
    before = _words(office)
    office.write(change)
    assert _words(office) == vocabulary(office)
    assert (_words(office) == before) is (change is _moved)


@pytest.mark.parametrize("few", [0, 12])
def test_an_import_adds_and_removes_words_and_its_undoing_takes_both_back(
    office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(search_words, "_FEW_WORDS", few)
    before = registry_tables(office)
    tree = (TREE[0], ("U-1", "Dinas Berganti", "TOP"), ("U-2", "Bidang Kemuning", "TOP"))
    rows = (
        person(2, NAMA="MAWAR MELUR", UNOR_ID="U-2"),
        person(3, JABATAN_NAMA="Pustakawan"),
        person(7, NAMA="TERATAI"),
    )
    run = _import(office, tmp_path, *rows, tree=tree)
    assert _words(office) == vocabulary(office)
    gone = {word for _, word in before["search_words"]} - {word for _, word in _words(office)}
    assert gone == {"seroja", "anggrek", "kenanga", "yati"}
    office.write(lambda session: importing.undo_import(session, run))
    assert registry_tables(office) == before


def test_words_of_later_imports_stay_when_an_earlier_one_is_undone(office: Desk, tmp_path: Path) -> None:
    first = _import(office, tmp_path, person(5, NAMA="TERATAI BIRU", UNOR_ID="U-1"))
    _import(office, tmp_path, person(6, NAMA="TERATAI PUTIH", UNOR_ID="U-1"))
    office.write(lambda session: importing.undo_import(session, first))
    assert _words(office) == vocabulary(office)
    assert office.read(lambda session: similar_words(session, "terati")) == ["teratai"]
    assert office.read(lambda session: similar_words(session, "birru")) == []


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("seroj", ("Seroja",)),  # within a longer word
        ("serojaputih", ("Seroja Putih",)),  # the name in one piece
        ("apoteker", ()),  # a title only
    ],
)
def test_a_word_that_is_only_part_of_what_somebody_has_is_forgotten(
    office: Desk, word: str, others: tuple[str, ...]
) -> None:
    def fill(session: Session) -> None:
        for place, name in enumerate(others, 20):
            service.save_person(session, SavePerson(name=name, kind=EmployeeKind.PNS, nip=nip(place)))
        titled = SavePerson(name="Cempaka", kind=EmployeeKind.PNS, nip=nip(30), title_front="Apoteker")
        service.save_person(session, titled)
        note_words(session, [word])

    office.write(fill)
    office.write(lambda session: forget_words(session, {word, "seroja", "dinas", "tidakada"}))
    assert _words(office) == vocabulary(office)


def test_noting_twice_keeps_one(office: Desk) -> None:
    before = _words(office)
    office.write(lambda session: note_words(session, ["Mawar Seroja"], seen=set()))
    assert _words(office) == before


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [("a melati b", "a melati b", set()), ("dinas melati", "dinas mawar", {"melati"}), ("", "baru", set())],
)
def test_lost_are_the_words_that_the_new_text_lacks(before: str, after: str, lost: set[str]) -> None:
    assert lost_words(before, after) == lost
