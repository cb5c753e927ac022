"""Pengaturan, Templat surat: edit in Word, take back, see what is wrong, restore, copy fields, look at the pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from asn_desk.desk import Desk
from asn_desk.errors import DeskError
from asn_desk.letters.contents.kinds import KINDS, RESIGNATION
from asn_desk.letters.templates import template_store
from asn_desk.paths import template_file
from tests.letters.letter_office import settle
from tests.letters.word_files import word_file
from tests.ui.conftest import Recorder, make_context, texts_of
from ui.settings import templates
from ui.settings.template_dialogs import ChangesDialog, FindingsDialog, StoreDialog
from ui.settings.templates import TemplatesSection
from ui.shared.bridge import Bridge
from ui.shared.dialogs import CommandDialog
from ui.shared.theme.theme import Theme

_FIELDS, _PREVIEW, _HISTORY = range(3)


@pytest.fixture
def section(
    desk: Desk, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TemplatesSection]:
    desk.write(settle)
    bridge = Bridge(desk, inline=True)
    monkeypatch.setattr(templates, "documents", lambda: tmp_path / "Dokumen")
    shown = TemplatesSection(make_context(bridge, theme, recorder, tmp_path))
    qtbot.addWidget(shown)
    shown.resize(880, 640)
    shown.show()
    bridge.changed.connect(lambda _topics: shown.reload())
    shown.reload()
    choose(shown, RESIGNATION)
    yield shown
    shown.hide()
    bridge.close()


def choose(section: TemplatesSection, kind: str) -> None:
    section.table.select_id(next(row.id for row in section.model.rows if row.kind == kind))


def dialog_of(section: TemplatesSection) -> QDialog:
    return next(dialog for dialog in section.findChildren(QDialog) if dialog.isVisible())


def edited(tmp_path: Path) -> Path:
    document = docx.Document(io.BytesIO(template_file(KINDS[RESIGNATION].template).read_bytes()))
    document.add_paragraph("Tambahan dari kantor.")
    document.save(str(tmp_path / "suntingan.docx"))
    return tmp_path / "suntingan.docx"


def take_back(section: TemplatesSection, path: Path, reason: str = "Sesuai arahan") -> None:
    section.take_back(path)
    dialog = dialog_of(section)
    assert isinstance(dialog, StoreDialog)
    dialog.form.set_values({"note": reason})
    dialog.confirm_button.click()


def test_every_kind_is_listed_with_where_its_template_comes_from(section: TemplatesSection) -> None:
    assert {row.kind for row in section.model.rows} == set(KINDS)
    assert not section.restore_button.isEnabled()
    assert section.detail.title_label.text() == KINDS[RESIGNATION].title


def test_open_in_word_makes_a_working_copy(
    section: TemplatesSection, recorder: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def open_it(path: Path) -> bool:
        opened.append(path)
        return True

    monkeypatch.setattr(templates, "open_in_word", open_it)
    section.open_button.click()
    [path] = opened
    assert path.parent == tmp_path / "Dokumen" / templates.WORK_FOLDER
    assert path.read_bytes() == template_file(KINDS[RESIGNATION].template).read_bytes()
    assert recorder.toasts == [f"Salinan kerja: {path.parent.name}, {path.name}."]


def test_a_sound_edit_is_put_in_force_with_its_reason(section: TemplatesSection, desk: Desk, tmp_path: Path) -> None:
    section.take_back(edited(tmp_path))
    assert "1 alinea ditambah, 0 alinea dihapus." in texts_of(dialog_of(section))
    dialog_of(section).reject()
    take_back(section, edited(tmp_path))
    [version] = desk.read(lambda session: template_store.versions(session, RESIGNATION))
    assert (version.note, version.active) == ("Sesuai arahan", True)
    assert section.restore_button.isEnabled()


def test_an_edit_with_errors_shows_them_and_changes_nothing(
    section: TemplatesSection, desk: Desk, recorder: Recorder, tmp_path: Path
) -> None:
    path = tmp_path / "rusak.docx"
    path.write_bytes(word_file("Nama: {{ pegawai.nmaa }}", "{%p for x in dasar %}"))
    section.take_back(path)
    dialog = dialog_of(section)
    assert isinstance(dialog, FindingsDialog)
    shown = " ".join(texts_of(dialog))
    assert "Mungkin maksudnya pegawai.nama." in shown
    assert "tidak ditutup dengan endfor" in shown
    assert "halaman 1, alinea ke-1" in shown
    dialog.save_marked(tmp_path / "tanda.docx")
    assert (tmp_path / "tanda.docx").exists()
    assert recorder.toasts == ["Salinan bertanda disimpan: tanda.docx"]
    dialog.accept()
    assert desk.read(lambda session: template_store.versions(session, RESIGNATION)) == []


def test_the_shipped_template_comes_back(section: TemplatesSection, desk: Desk, tmp_path: Path) -> None:
    take_back(section, edited(tmp_path))
    section.restore_button.click()
    dialog = dialog_of(section)
    assert isinstance(dialog, CommandDialog)
    dialog.form.set_values({"note": "Belum perlu"})
    dialog.confirm_button.click()
    assert not section.restore_button.isEnabled()
    section.tabs.setCurrentIndex(_HISTORY)
    shown = " ".join(texts_of(section.history))
    assert "Templat bawaan dipulihkan" in shown
    assert "Sesuai arahan" in shown


def test_the_history_shows_what_a_version_changed(section: TemplatesSection, desk: Desk, tmp_path: Path) -> None:
    take_back(section, edited(tmp_path))
    [version] = desk.read(lambda session: template_store.versions(session, RESIGNATION))
    section.history.asked.emit(version.id)
    dialog = dialog_of(section)
    assert isinstance(dialog, ChangesDialog)
    assert "Tambahan dari kantor." in texts_of(dialog)
    dialog.accept()


def test_a_field_is_copied_as_its_tag(section: TemplatesSection, recorder: Recorder) -> None:
    section.fields.search.setText("pegawai.nama")
    section.fields._apply()
    section.fields.copy_button.click()
    assert QGuiApplication.clipboard().text() == "{{ pegawai.nama }}"
    assert recorder.toasts == ["Tersalin: {{ pegawai.nama }}. Tempel di Word pada tempatnya."]


def test_a_field_of_lines_is_copied_as_a_loop(section: TemplatesSection) -> None:
    row = next(row for row in section.fields.model.rows if row.key == "dasar")
    section.fields.table.select_id(row.id)
    section.fields.copy_tag()
    assert QGuiApplication.clipboard().text() == "{%p for baris in dasar %}\n{{ baris }}\n{%p endfor %}"


def test_the_preview_shows_the_pages_with_example_values(section: TemplatesSection, qtbot: QtBot) -> None:
    section.tabs.setCurrentIndex(_PREVIEW)
    assert section.paper.view.page_count >= 1
    assert section.paper.pdf.startswith(b"%PDF")


def test_a_file_that_word_keeps_locked_is_told(section: TemplatesSection, tmp_path: Path) -> None:
    refused: list[DeskError] = []
    section.context.bridge.refused.connect(refused.append)
    section.take_back(tmp_path / "tiada.docx")
    assert "Simpan dan tutup berkas itu di Word" in refused[0].sentence
