"""One letter: what it is, what can be done with it, and its stored pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QStandardPaths, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.letters import queries
from asn_desk.letters.aftercare import may_edit
from asn_desk.letters.queries import LetterDetail
from asn_desk.letters.rules import allowed, open_title
from asn_desk.letters.terms import LetterStatus
from asn_desk.wording import clock_time, long_date
from ui.letters import aftercare, editing, handling
from ui.letters.wanted import OFFERED
from ui.letters.words import status_chip
from ui.shared.dialogs import show_warning
from ui.shared.documents.open_files import open_folder, open_in_word
from ui.shared.documents.paper import PaperView
from ui.shared.documents.printing import print_pdf
from ui.shared.documents.save_files import ask_folder
from ui.shared.page import PageContext
from ui.shared.rights import only_with
from ui.shared.theme.icons import icon
from ui.shared.widgets import ActionBar, Chip, EmptyState, Panel, StatusChip, button, label

_COPIES, _PLAIN = "Salinan surat ASN Desk", "surat-{id}"
_NO_WORD = "Tidak ada program di komputer ini untuk membuka berkas Word. Salinannya ada di folder {}."


class LetterDetailPanel(Panel):
    """The right side of "Surat terbit". The stored PDF is what is shown and printed; nothing is made anew."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(padding=0)
        self._context = context
        self._letter_id: int | None = None
        self.letter: LetterDetail | None = None
        self._build()
        self._show_content(shown=False)

    def show_letter(self, letter_id: object) -> None:
        """Show another letter, or nothing."""
        self._letter_id = letter_id if isinstance(letter_id, int) else None
        if self._letter_id is None:
            self.letter = None
            self._show_content(shown=False)
            return
        self.reload()

    def reload(self) -> None:
        """Read the letter again; its pages never change and are read once."""
        wanted = self._letter_id
        if wanted is not None:
            self._context.bridge.read(self, lambda session: queries.letter_detail(session, wanted), self._fill)

    def print_letter(self) -> None:
        """Print the stored pages."""
        if self.letter is not None and self.paper.pdf:
            letter = self.letter
            named = open_title(letter.kind_title, letter.number) if letter.confidential else letter.title
            print_pdf(self, self._context.bridge, self.paper.pdf, named)

    def open_word(self) -> None:
        """Write a copy into a folder for such copies and open its Word file; the stored original stays untouched.

        The folder is a temporary one: the copy is named after its id alone.
        """
        self.copy_to(copies_folder(), self._open_copy, _PLAIN)

    def save_copy(self) -> None:
        """Ask for a folder and write both files into it."""
        if self.letter is not None:
            ask_folder(self, "Simpan salinan surat", lambda folder: self.copy_to(folder, self.told_saved))

    def _build(self) -> None:
        self.content = QWidget()
        column = QVBoxLayout(self.content)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(10)
        self.kind = label("", role="name")
        self.chip = StatusChip(Chip(""))
        top.addWidget(self.kind, 1)
        top.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        self.facts = label("", role="secondary", selectable=True)
        column.addWidget(self.facts)
        column.addWidget(self._actions())
        self.paper = PaperView(self._context.bridge, "Halaman surat tampil di sini.")
        column.addWidget(self.paper, 1)
        self.empty = EmptyState("document", "Pilih surat", "Halaman surat yang tersimpan tampil di sini.")
        self.body.addWidget(self.content)
        self.body.addWidget(self.empty)

    def _actions(self) -> QWidget:
        self.print_button = button("&Cetak…", "", "printer", self.print_letter)
        self.word_button = button("Buka di &Word", "", "word", self.open_word)
        self.copy_button = button("&Simpan salinan…", "", "download", self.save_copy)
        self.more_button = button("&Tandai…", "quiet", "stamp", self._open_menu)
        only_with(self._context.may, Action.EXPORT, self.word_button, self.copy_button)
        return ActionBar(self.print_button, self.word_button, self.copy_button, trailing=[self.more_button])

    def _fill(self, letter: LetterDetail) -> None:
        if letter.id != self._letter_id:
            return
        other = self.letter is None or (self.letter.id, self.letter.edited) != (letter.id, letter.edited)
        self.letter = letter
        self._show_content(shown=True)
        self.kind.setText(letter.kind_title)
        self.chip.set_chip(status_chip(letter.status))
        self.facts.setText("\n".join(_facts(letter)))
        for tool in (self.print_button, self.word_button, self.copy_button, self.more_button):
            tool.setEnabled(not letter.hidden)
        if letter.hidden:
            self.paper.say("Isi surat ini hanya untuk verifikator dan administrator.", "Surat rahasia")
        elif other:
            self.paper.say("Menyiapkan halaman…")
            self._context.bridge.read(self, lambda session: queries.stored_pdf(session, letter.id), self._show_pages)

    def _show_pages(self, pdf: bytes) -> None:
        self.paper.show_bytes(pdf)

    def _show_content(self, *, shown: bool) -> None:
        self.content.setVisible(shown)
        self.empty.setVisible(not shown)

    def menu_actions(self, menu: QMenu) -> list[QAction]:
        """Fill the menu with what the letter's state and the user's rights allow."""
        letter, may = self.letter, self._context.may
        assert letter is not None
        issue, void = Action.ISSUE_LETTERS, Action.VOID_LETTERS
        put_away = "Batalkan nomor…" if letter.number else "Batalkan surat…"
        asked = (
            (LetterStatus.SIGNED, issue, "stamp", "Tandai ditandatangani…", handling.ask_signed),
            (LetterStatus.HANDED_OVER, issue, "check", "Tandai diserahkan…", handling.ask_handed_over),
            (LetterStatus.VOID, void, "close", put_away, handling.ask_void),
        )
        made: list[QAction] = []
        for status, needed, icon_name, text, ask in asked:
            if status in allowed(letter.status) and may(needed):
                action = menu.addAction(icon(icon_name), text)
                action.triggered.connect(lambda _checked=False, ask=ask: ask(self, self._context, letter))
                made.append(action)
        return [*made, *self._later_actions(menu, letter)]

    def _later_actions(self, menu: QMenu, letter: LetterDetail) -> list[QAction]:
        """What may follow at any time: the scan of the signed paper, and a corrected letter."""
        context = self._context
        may_issue = context.may(Action.ISSUE_LETTERS)
        ways: list[tuple[str, str, Callable[[], object]]] = []
        if may_issue:
            ways.append(("scan", "Lampirkan pindaian…", lambda: aftercare.ask_scan(self, context, letter)))
        if may_issue and may_edit(letter):
            edited = "Ambil kembali berkas Word yang diubah…"
            ways.append(("word", edited, lambda: editing.ask_edited(self, context, letter)))
        if letter.edited:
            ways.append(("history", "Versi surat…", lambda: editing.VersionsDialog(context, letter, self).open()))
        if letter.scan_sha256 is not None:
            ways.append(("pdf", "Lihat pindaian", lambda: aftercare.show_scan(self, context, letter)))
        if may_issue and letter.replaced_by_id is None and letter.kind in OFFERED:
            ways.append(("pencil", "Buat surat perbaikan…", lambda: aftercare.correct(context, letter)))
        made = [menu.addAction(icon(icon_name), text) for icon_name, text, _act in ways]
        for action, (_icon, _text, act) in zip(made, ways, strict=True):
            action.triggered.connect(lambda _checked=False, act=act: act())
        return made

    def _open_menu(self) -> None:
        if self.letter is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not self.menu_actions(menu):
            menu.addAction("Tidak ada tindakan untuk surat ini").setEnabled(False)
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height() + 2)))

    def copy_to(self, folder: Path, done: Callable[[list[Path]], None], pattern: str = "") -> None:
        """Write both files of the letter into a folder, named by a pattern or as usual."""
        letter = self.letter
        if letter is not None:
            self._context.bridge.read_task(
                self, lambda session, _progress: _copied(session, letter.id, folder, pattern), done
            )

    def _open_copy(self, paths: list[Path]) -> None:
        if not open_in_word(paths[0]):
            show_warning(self, "Belum terbuka", _NO_WORD.format(paths[0].parent))

    def told_saved(self, paths: list[Path]) -> None:
        """Say where the copy is and show its folder."""
        self._context.toast(f"Tersimpan: {paths[0].name} dan PDF-nya.", None)
        open_folder(paths[0])


def copies_folder() -> Path:
    """Return the folder for copies that are only looked at."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.TempLocation)) / _COPIES


def _copied(session: Any, letter_id: int, folder: Path, pattern: str) -> list[Path]:
    from asn_desk.letters.export import DEFAULT_PATTERN, save_copy

    return save_copy(session, letter_id, folder, pattern or DEFAULT_PATTERN)


def _facts(letter: LetterDetail) -> list[str]:
    first = [f"Nomor {letter.number}" if letter.number else "Tanpa nomor agenda", long_date(letter.dated)]
    issued = letter.issued_at.astimezone()
    made = f"Terbit {long_date(issued.date())} pukul {clock_time(issued)} oleh {letter.issued_by}"
    lines = [" · ".join([*first, letter.person or letter.title]), made]
    if letter.signed_on:
        lines.append(f"Ditandatangani {long_date(letter.signed_on)}")
    if letter.handed_over_on:
        to = f" kepada {letter.handed_over_to}" if letter.handed_over_to else ""
        lines.append(f"Diserahkan {long_date(letter.handed_over_on)}{to}")
    if letter.replaces_id is not None:
        lines.append("Memperbaiki surat terdahulu")
    if letter.replaced_by_id is not None:
        lines.append("Sudah diperbaiki dengan surat yang lebih baru")
    if letter.edited:
        lines.append(f"Berkasnya diubah sesudah terbit ({len(letter.edited)} versi); yang dicetak versi terbaru")
    if letter.scan_sha256 is not None:
        lines.append("Pindaian surat bertanda tangan terlampir")
    if letter.void_reason:
        lines.append(f"Dibatalkan: {letter.void_reason}")
    return lines
