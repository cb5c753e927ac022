"""The dialogs: one for commands with a form, plain messages, and a question only where something would be lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from asn_desk.errors import DeskError
from ui.shared.basics import button, icon_label, label
from ui.shared.bridge import Bridge
from ui.shared.forms import FormWidget
from ui.shared.panels import Banner, ScrollBody
from ui.shared.theme.tokens import GRID

_WIDTH = 560
_MESSAGE_WIDTH = 460
_DETAILED_WIDTH = 580
_MOST_OF_SCREEN = 0.86


class BaseDialog(QDialog):
    """Title, content, and a row of buttons; deletes itself when closed; opened with open(), never exec()."""

    def __init__(self, title: str, parent: QWidget | None, width: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setMinimumWidth(min(width, 420))
        self.resize(width, 10)
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(24, 20, 24, 18)
        self.outer.setSpacing(14)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(GRID)
        self.buttons.addStretch(1)

    def finish_layout(self) -> None:
        """Put the buttons at the end; called once the content stands."""
        self.outer.addSpacing(4)
        self.outer.addLayout(self.buttons)

    def add_button(self, text: str, kind: str = "", on_click: Callable[[], object] | None = None) -> QPushButton:
        """Add a button at the right."""
        made = button(text, kind, on_click=on_click)
        self.buttons.addWidget(made)
        return made

    def fit_to_screen(self) -> None:
        """Take the height the content wants, but never more than most of the screen."""
        room = round(self.screen().availableGeometry().height() * _MOST_OF_SCREEN)
        wanted = (
            self.outer.totalHeightForWidth(self.width()) if self.outer.hasHeightForWidth() else self.sizeHint().height()
        )
        self.resize(self.width(), min(max(wanted, self.sizeHint().height()), room))


class CommandDialog(BaseDialog):
    """Asks for a command's values. It stays open with everything typed until the core has accepted them."""

    def __init__(
        self,
        title: str,
        form: FormWidget,
        submit: Callable[[dict[str, Any]], None],
        parent: QWidget | None = None,
        *,
        intro: str = "",
        confirm: str = "Simpan",
        danger: bool = False,
    ) -> None:
        super().__init__(title, parent, _WIDTH)
        self.form = form
        self._submit = submit
        self._busy = False
        self._build(title, intro, confirm, danger=danger)
        self.form.focus_first()
        self.fit_to_screen()

    def write(self, bridge: Bridge, fn: Callable[[Any], object], done: Callable[[Any], None] | None = None) -> None:
        """Run the write; close and call `done(outcome)` on success, else show what the core refused."""
        self.set_busy(True)
        bridge.crashed.connect(self._on_crash)
        bridge.write(self, fn, lambda outcome: self._on_written(outcome, done), self.refuse)

    def refuse(self, error: DeskError) -> None:
        """Stay open, mark the fields, and say the rest above the form."""
        self.set_busy(False)
        loose = self.form.set_errors(error.fields)
        sentences = loose if error.fields else [error.sentence]
        self._banner.set_text(" ".join(sentences))
        self._banner.setVisible(bool(sentences))
        self.fit_to_screen()

    def succeed(self) -> None:
        """Close; what was asked has been done."""
        self.set_busy(False)
        self.form.mark_clean()
        self.accept()

    def set_busy(self, busy: bool) -> None:
        """Keep the buttons from being pressed twice while the core works."""
        self._busy = busy
        self.confirm_button.setEnabled(not busy)
        self.confirm_button.setText("Menyimpan…" if busy else self._confirm_text)

    def _build(self, title: str, intro: str, confirm: str, *, danger: bool) -> None:
        self._confirm_text = confirm
        self.outer.addWidget(label(title, role="name"))
        if intro:
            self.outer.addWidget(label(intro, role="secondary"))
        self._banner = Banner("", "late")
        self._banner.hide()
        self.outer.addWidget(self._banner)
        area = ScrollBody()
        area.layout_of_content.setContentsMargins(0, 0, 6, 0)
        area.layout_of_content.addWidget(self.form)
        self.outer.addWidget(area, 1)
        self.add_button("Batal", on_click=self.reject)
        self.confirm_button = self.add_button(confirm, "danger" if danger else "primary", self._on_confirm)
        self.confirm_button.setDefault(True)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_confirm)
        self.finish_layout()

    def _on_confirm(self) -> None:
        if self._busy:
            return
        self._banner.hide()
        problems = self.form.missing()
        if problems:
            self.form.set_errors(problems)
            return
        self.form.clear_errors()
        try:
            self._submit(self.form.values())
        except DeskError as error:
            self.refuse(error)

    def _on_written(self, outcome: Any, done: Callable[[Any], None] | None) -> None:
        self.succeed()
        if done is not None:
            done(outcome)

    def _on_crash(self, _error: object) -> None:
        self.set_busy(False)

    @override
    def reject(self) -> None:
        """Close; asks first when something typed would be lost."""
        if self._busy:
            return
        if not self.form.is_dirty():
            super().reject()
            return
        text = "Isian yang sudah Anda ketik akan hilang."
        confirm(self, "Tutup tanpa menyimpan?", text, "Tutup tanpa menyimpan", lambda: QDialog.reject(self))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_confirm()
        else:
            super().keyPressEvent(event)


class MessageDialog(BaseDialog):
    """A sentence or two with an icon; technical details fold out and can be copied."""

    def __init__(
        self, title: str, text: str, parent: QWidget | None = None, *, kind: str = "coming", details: str = ""
    ) -> None:
        super().__init__(title, parent, _DETAILED_WIDTH if details else _MESSAGE_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(14)
        sign = {"coming": "info", "near": "alert", "late": "alert", "done": "check-circle"}[kind]
        row.addWidget(icon_label(sign, 24, kind), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(label(title, role="name"))
        self.text_label = label(text, selectable=True)
        words.addWidget(self.text_label)
        row.addLayout(words, 1)
        self.outer.addLayout(row)
        self._details: QPlainTextEdit | None = None
        if details:
            self._add_details(details)

    def _add_details(self, details: str) -> None:
        self._details = QPlainTextEdit(details)
        self._details.setReadOnly(True)
        self._details.setMinimumHeight(160)
        self._details.setAccessibleName("Rincian teknis")
        self._details.hide()
        self.outer.addWidget(self._details, 1)
        self._fold = button("Rincian teknis", "quiet", "chevron-right", self._toggle_details)
        self._copy = button("Salin rincian", "quiet", "copy", lambda: QGuiApplication.clipboard().setText(details))
        self.buttons.insertWidget(0, self._fold)
        self.buttons.insertWidget(1, self._copy)

    def _toggle_details(self) -> None:
        assert self._details is not None
        self._details.setVisible(not self._details.isVisible())
        self.fit_to_screen()


def show_info(parent: QWidget | None, title: str, text: str) -> MessageDialog:
    """Tell something that needs no decision."""
    return _show(MessageDialog(title, text, parent, kind="coming"))


def show_warning(parent: QWidget | None, title: str, text: str) -> MessageDialog:
    """Tell something the clerk should look at."""
    return _show(MessageDialog(title, text, parent, kind="near"))


def show_refusal(parent: QWidget | None, error: DeskError) -> MessageDialog:
    """Tell what the core refused and why; the code and cause are in the details."""
    lines = [error.sentence, *(f"• {sentence}" for sentence in error.fields.values() if sentence not in error.sentence)]
    cause = f"\n{type(error.__cause__).__name__}: {error.__cause__}" if error.__cause__ is not None else ""
    details = f"{type(error).__name__}: {error.code}{cause}"
    return _show(MessageDialog("Belum dapat dilakukan", "\n".join(lines), parent, kind="late", details=details))


def confirm(
    parent: QWidget | None, title: str, text: str, action_label: str, on_yes: Callable[[], object], danger: bool = True
) -> MessageDialog:
    """Ask before something is lost. Nothing happens until the clerk answers; Esc and Batal mean no."""
    dialog = MessageDialog(title, text, parent, kind="near")
    dialog.add_button("Batal", on_click=dialog.reject)
    dialog.add_button(action_label, "danger" if danger else "primary", dialog.accept)
    dialog.accepted.connect(on_yes)
    dialog.finish_layout()
    dialog.fit_to_screen()
    dialog.open()
    return dialog


def _show(dialog: MessageDialog) -> MessageDialog:
    dialog.add_button("Mengerti", "primary", dialog.accept).setDefault(True)
    dialog.finish_layout()
    dialog.fit_to_screen()
    dialog.open()
    return dialog
