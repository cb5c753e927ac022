"""No English is left in what Qt itself shows."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import (
    QCalendarWidget,
    QDialogButtonBox,
    QErrorMessage,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QSpinBox,
    QWidget,
)

from asn_desk.paths import resource
from tests.ui.conftest import texts_of

ENGLISH = re.compile(
    r"\b(cancel|save|open|close|yes|no|apply|reset|help|discard|retry|ignore|abort|restore|defaults|undo|redo|cut|copy|paste|delete|"
    r"select|all|file|files|name|type|look|directory|folder in|new|parent|back|forward|view|print|pages?|copies|range|from|to|"
    r"options|properties|location|color|grayscale|duplex|side|landscape|portrait|margins|width|height|paper|size|zoom|next|"
    r"previous|first|last|show|hide|details|message|again|step|up|down|scroll|error|warning|sun|mon|january|may|august|october)\b",
    re.IGNORECASE,
)
NAMES = {"OK", "Folder", "PDF", "A4", "Desktop"}


def english_in(texts: list[str]) -> list[str]:
    plain = (text.replace("&", "").strip() for text in texts)
    return [text for text in plain if text not in NAMES and "/" not in text and ENGLISH.search(text)]


def all_texts(widget: QWidget) -> list[str]:
    actions = [action.text() for child in [widget, *widget.findChildren(QWidget)] for action in child.actions()]
    hints = [child.toolTip() for child in widget.findChildren(QWidget)]
    return [*texts_of(widget), *actions, *hints, *(action.text() for action in widget.findChildren(QAction))]


def _all_buttons() -> QDialogButtonBox:
    box = QDialogButtonBox()
    for button in QDialogButtonBox.StandardButton:
        if button.value and button.value.bit_count() == 1:
            box.addButton(button)
    return box


def _message_box() -> QMessageBox:
    box = QMessageBox(QMessageBox.Icon.Question, "", "")
    box.setStandardButtons(
        QMessageBox.StandardButton.YesToAll | QMessageBox.StandardButton.No | QMessageBox.StandardButton.Cancel
    )
    box.setDetailedText("x")
    return box


def _file_dialog(mode: QFileDialog.AcceptMode) -> QFileDialog:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(mode)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    return dialog


def _printer() -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    return printer


DIALOGS = {
    "buttons": _all_buttons,
    "message": _message_box,
    "open": lambda: _file_dialog(QFileDialog.AcceptMode.AcceptOpen),
    "save": lambda: _file_dialog(QFileDialog.AcceptMode.AcceptSave),
    "input": QInputDialog,
    "progress": lambda: QProgressDialog("", None, 0, 10),
    "error": QErrorMessage,
}
PRINTING = {"print": QPrintDialog, "preview": QPrintPreviewDialog}


@pytest.mark.parametrize("name", DIALOGS)
def test_standard_dialogs_speak_indonesian(name, qtbot):
    dialog = DIALOGS[name]()
    qtbot.addWidget(dialog)
    assert english_in(all_texts(dialog)) == []


@pytest.mark.parametrize("name", PRINTING)
def test_print_dialogs_speak_indonesian(name, qtbot):
    printer = _printer()
    dialog = PRINTING[name](printer)
    qtbot.addWidget(dialog)
    assert english_in(all_texts(dialog)) == []
    dialog.deleteLater()


def test_all_standard_buttons_are_walked(qtbot):
    box = _all_buttons()
    qtbot.addWidget(box)
    assert {"Batal", "Simpan", "&Ya", "&Tidak", "Tutup", "Coba lagi"} <= {button.text() for button in box.buttons()}


@pytest.mark.parametrize("make", [QLineEdit, QPlainTextEdit])
def test_context_menus_speak_indonesian(make, qtbot):
    field = make()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert english_in(words) == []
    assert any("Salin" in word for word in words)
    menu.deleteLater()


def test_number_fields_speak_indonesian(qtbot):
    assert english_in(_translated("QAbstractSpinBox", ["&Step up", "Step &down", "&Select All"])) == []


def test_scroll_bars_speak_indonesian(qtbot):
    words = [
        "Scroll here",
        "Top",
        "Bottom",
        "Page up",
        "Page down",
        "Scroll up",
        "Scroll down",
        "Left edge",
        "Right edge",
    ]
    assert english_in(_translated("QScrollBar", words)) == []


def test_days_and_months_come_in_indonesian(qtbot):
    calendar = QCalendarWidget()
    qtbot.addWidget(calendar)
    assert QLocale().toString(date(2024, 8, 17), "dddd, d MMMM yyyy") == "Sabtu, 17 Agustus 2024"
    assert calendar.locale().monthName(10) == "Oktober"
    assert english_in(texts_of(calendar)) == []


def test_numbers_use_points_for_thousands(qtbot):
    assert QLocale().toString(6500) == "6.500"
    spin = QSpinBox()
    qtbot.addWidget(spin)
    assert spin.locale().language() == QLocale.Language.Indonesian


def test_the_compiled_translation_is_that_of_the_source(tmp_path):
    tool = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip("pyside6-lrelease is not beside this Python")
    made = tmp_path / "made.qm"
    subprocess.run([tool, str(resource("qtbase_id.ts")), "-qm", str(made)], check=True, capture_output=True)
    assert made.read_bytes() == resource("qtbase_id.qm").read_bytes()


def _translated(context: str, words: list[str]) -> list[str]:
    from PySide6.QtCore import QCoreApplication

    translated = [QCoreApplication.translate(context, word) for word in words]
    assert translated != words
    return translated


def test_reading_direction_is_left_to_right(qapp):
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight
