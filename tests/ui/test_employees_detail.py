"""Pegawai, one person on one page: every part is there, with its source, and nobody sees what their role may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from asn_desk.accounts.terms import RIGHTS, Action, Role
from asn_desk.circulars.queries import RecipientFilter as OfVersion
from asn_desk.circulars.queries import recipient_ids, recipient_rows
from asn_desk.database.work import work_of
from asn_desk.desk import Desk
from asn_desk.employees.model import Posting
from asn_desk.employees.queries import find_by_nip
from asn_desk.employees.service import SavePerson, SetState, save_person, set_state
from asn_desk.employees.terms import EmployeeKind, EmploymentState, PostClass
from asn_desk.letters.contents.kinds import RESIGNATION
from asn_desk.letters.service import IssueLetter, issue
from asn_desk.regulations.packs import shipped_library
from tests.core.candidacy_office import NIP, open_file
from tests.core.circulars_office import published
from tests.factories import add_employee, add_unit
from tests.letters.letter_facts import FIELDS
from tests.letters.letter_office import settle
from tests.ui.conftest import DAY, Recorder, texts_of
from ui.employees.as_of import AsOfDialog
from ui.employees.detail import EmployeeDetailPanel
from ui.employees.facts import PersonFacts, read_facts
from ui.employees.person_body import FIRST_SHOWN, PersonActions, PersonBody
from ui.settings.rules_packs import COLUMNS
from ui.shared.page import PageContext

SECTIONS = {"Pencalonan": Action.SEE_CANDIDACY, "Surat": Action.SEE_LETTERS, "Tanda terima": Action.SEE_CIRCULARS}
UNIT = ("Unit Pelaksana Teknis Daerah Pusat Pelatihan Kesehatan dan Pencegahan Penyakit Menular " * 2)[:120].strip()


def shown(qtbot: QtBot, context: PageContext, one: int) -> EmployeeDetailPanel:
    panel = EmployeeDetailPanel(context)
    panel.resize(352, 700)
    qtbot.addWidget(panel)
    panel.show_person(one)
    return panel


def seen_by(desk: Desk, role: Role, one: int) -> PersonFacts:
    def read(session: Any) -> PersonFacts:
        work_of(session).rights = frozenset(RIGHTS[role])
        return read_facts(session, one, DAY)

    return desk.read(read)


def a_candidate(desk: Desk) -> int:
    """Declare somebody, confidentially, and issue the letter of resignation."""
    desk.write(settle)
    open_file(desk)
    found = desk.read(lambda session: find_by_nip(session, NIP))
    assert found is not None
    command = IssueLetter(RESIGNATION, DAY, found.id, FIELDS[RESIGNATION])
    desk.write(lambda session: issue(session, command))
    return found.id


def test_everything_of_a_person_is_on_one_page(practice_desk: Desk, context: PageContext, qtbot: QtBot) -> None:
    one = a_candidate(practice_desk)
    practice_desk.write(lambda session: set_state(session, SetState(one, EmploymentState.CHECK, 1)))
    said = texts_of(shown(qtbot, context, one))
    titles = {
        "Riwayat jabatan (1)",
        "Jenis dan status (3)",
        "Pensiun",
        "Pencalonan (1)",
        "Surat (1)",
        "Tanda terima edaran",
    }
    assert titles <= set(said)
    assert "Tercatat 9 Sep 2024, sebelumnya Aktif\nSumber: diisi tangan oleh Ratna Wulandari" in said
    assert any(text.endswith("Dinas Perhubungan\nSumber: impor") for text in said)
    assert "Wakil Wali Kota Contoh" in said
    assert any("BUP 60 tahun (UU 20/2023 Pasal 55)" in text for text in said)
    assert any(text.startswith("Bacaan lain: paling sedikit 45") for text in said)
    assert any(text.startswith("Perlu diperiksa: TMT pensiun") for text in said)


@pytest.mark.parametrize("role", [one for one in Role if Action.SEE_EMPLOYEES in RIGHTS[one]])
def test_a_section_is_there_for_those_with_the_right_only(
    practice_desk: Desk, context: PageContext, qtbot: QtBot, role: Role
) -> None:
    facts = seen_by(practice_desk, role, a_candidate(practice_desk))
    assert bool(facts.files) is (Action.SEE_CANDIDACY in RIGHTS[role])
    body = PersonBody(facts, replace(context, may=lambda action: action in RIGHTS[role]), _nothing())
    qtbot.addWidget(body)
    said = " | ".join(texts_of(body))
    assert {name for name in SECTIONS if name in said} == {
        name for name, right in SECTIONS.items() if right in RIGHTS[role]
    }
    offered = {one.text() for one in body.findChildren(QPushButton)}
    assert ("Buat surat" in offered) is (Action.ISSUE_LETTERS in RIGHTS[role])
    assert ("Deklarasi baru" in offered) is (Action.EDIT_CANDIDACY in RIGHTS[role])


def _nothing() -> PersonActions:
    return PersonActions(*[lambda: None] * 4)


def test_a_circular_is_opened_at_this_person(
    practice_desk: Desk, context: PageContext, recorder: Recorder, qtbot: QtBot
) -> None:
    made = published(practice_desk)
    asked = practice_desk.read(
        lambda session: recipient_rows(session, recipient_ids(session, OfVersion(made.version_id)))[0]
    )
    panel = shown(qtbot, context, asked.employee_id)
    (link,) = [one for one in panel.findChildren(QPushButton) if one.accessibleName() == f"Buka: {asked.circular}"]
    link.click()
    assert recorder.navigated == [("circulars", {"version_id": made.version_id, "recipient_id": asked.id})]


def test_whoever_may_only_look_is_offered_no_change(practice_desk: Desk, context: PageContext, qtbot: QtBot) -> None:
    one = practice_desk.write(lambda session: add_employee(session, state=EmploymentState.CHECK).id).value
    looking = replace(context, may=lambda action: action in RIGHTS[Role.PIMPINAN])
    panel = shown(qtbot, looking, one)
    assert [one.isHidden() for one in (panel.edit_button, panel.letter_button, panel.more_button)] == [True] * 3
    assert "Tandai aktif" not in texts_of(panel)


def test_a_long_history_shows_its_newest_part_and_the_rest_when_asked(
    practice_desk: Desk, context: PageContext, qtbot: QtBot
) -> None:
    def enter(session: Any) -> int:
        one = add_employee(session).id
        for year in range(1990, 1990 + FIRST_SHOWN + 2):
            held = {"held_from": date(year, 1, 1), "held_until": date(year + 1, 1, 1), "source": "isian"}
            session.add(Posting(employee_id=one, post_name=f"Jabatan {year}", post_class=PostClass.PELAKSANA, **held))
        return one

    panel = shown(qtbot, context, practice_desk.write(enter).value)
    assert f"Riwayat jabatan ({FIRST_SHOWN + 3})" in texts_of(panel)
    assert "Jabatan 1990" not in texts_of(panel)
    more = next(one for one in panel.findChildren(QPushButton) if one.text() == "Tampilkan 3 lainnya")
    more.click()
    assert {"Jabatan 1990", "Jabatan 1991", "Jabatan 1992"} <= set(texts_of(panel))
    assert more.isHidden()


def test_long_names_wrap_and_nothing_is_cut_off_sideways(
    practice_desk: Desk, context: PageContext, qtbot: QtBot
) -> None:
    def enter(session: Any) -> int:
        unit, name = add_unit(session, UNIT), "Raden Ajeng Siti Nurhaliza Kusumaningtyas Wulandari Puspitasari Maharani"
        return add_employee(session, unit=unit, name=name, title_back="S.Sos., S.H., M.Si., M.H., Ph.D.").id

    panel = shown(qtbot, context, practice_desk.write(enter).value)
    panel.show()
    qtbot.waitExposed(panel)
    assert UNIT in texts_of(panel)
    assert panel.area.horizontalScrollBar().maximum() == 0
    wide = [one.text() for one in panel.findChildren(QLabel) if one.isVisible() and one.width() > panel.width()]
    assert wide == []
    assert panel.name.wordWrap()
    assert panel.name.textFormat() is Qt.TextFormat.PlainText
    panel.hide()


@pytest.mark.parametrize(
    ("day", "post", "state", "doubted"),
    [
        (date(2024, 9, 9), "Kepala Seksi", "Aktif", ""),
        (date(2024, 8, 31), "Analis", "Aktif", "baru tercatat sesudah tanggal ini"),
        (date(2018, 1, 1), "Analis", "Aktif", "Tidak ada jabatan yang dipegang"),
    ],
)
def test_a_person_is_shown_as_of_a_chosen_day(
    practice_desk: Desk, context: PageContext, qtbot: QtBot, day: date, post: str, state: str, doubted: str
) -> None:
    def enter(session: Any) -> int:
        person = SavePerson("Siti", EmployeeKind.PNS, NIP, post_name="Analis", post_from=date(2019, 1, 1))
        one = save_person(session, person).id
        moved = replace(person, post_name="Kepala Seksi", post_from=date(2024, 9, 1), employee_id=one, version=1)
        return save_person(session, moved).id

    panel = shown(qtbot, context, practice_desk.write(enter).value)
    panel.look_back()
    dialog = panel.findChildren(AsOfDialog)[0]
    dialog.form.set_values({"day": day})
    dialog.look()
    said = texts_of(dialog.facts)
    assert {post, state, "PNS"} <= set(said)
    assert doubted in dialog.doubt.text_label.text()
    assert dialog.doubt.isHidden() is (doubted == "")
    dialog.close()


def test_a_day_to_come_is_refused(practice_desk: Desk, context: PageContext, qtbot: QtBot) -> None:
    panel = shown(qtbot, context, practice_desk.write(lambda session: add_employee(session).id).value)
    panel.look_back()
    dialog = panel.findChildren(AsOfDialog)[0]
    dialog.form.set_values({"day": date(2024, 9, 10)})
    dialog.look()
    assert "Pilih tanggal sampai 9 September 2024." in texts_of(dialog)
    dialog.close()


def test_the_list_of_packs_says_how_many_retirement_rules_are_to_be_checked() -> None:
    pack = next(one for one in shipped_library().packs if one.id == "batas-usia-pensiun")
    contents, mark = COLUMNS[1].text, COLUMNS[2].chip
    assert contents is not None
    assert mark is not None
    assert " BUP" in contents(pack)
    chip = mark(pack)
    assert chip is not None
    assert chip.text.endswith("perlu diperiksa")
