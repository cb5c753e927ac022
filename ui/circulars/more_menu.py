"""What else can be done with a circular, as the menu behind the three dots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.circulars import service
from asn_desk.circulars.queries import CircularRow, UnitProgress
from asn_desk.circulars.service import Published
from asn_desk.circulars.terms import Purpose
from asn_desk.wording import number
from ui.circulars.audience_changes import add_person, hand_over, open_refresh
from ui.circulars.collective import open_sheets
from ui.circulars.papers import export_returns, import_returns, open_binder
from ui.circulars.revise import open_revise
from ui.circulars.send import SendDialog
from ui.shared.page import PageContext
from ui.shared.theme.icons import icon

Entry = tuple[str, str, Callable[[], object]] | None


class CircularActions:
    """The verbs of one circular; `parent` carries their dialogs."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        self._context, self._parent = context, parent
        self._circular: CircularRow | None = None
        self._units: Sequence[UnitProgress] = ()

    def set_circular(self, circular: CircularRow | None, units: Sequence[UnitProgress]) -> None:
        """Work on this circular from now on."""
        self._circular, self._units = circular, units

    def open_menu(self, anchor: QWidget) -> None:
        """Show the menu below its button."""
        if self._circular is None:
            return
        menu = QMenu(self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for entry in self.entries():
            if entry is None:
                menu.addSeparator()
            else:
                menu.addAction(icon(entry[1]), entry[0], entry[2])
        menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 2)))

    def entries(self) -> list[Entry]:
        """Return the menu's lines: words, icon, verb; None is a separator. Only what this user may do is there."""
        groups = [self._reading()]
        if self._circular is not None and self._circular.closed_on is None:
            groups += [self._changing(), self._papers(), self._returns()]
        if self._may(Action.PUBLISH_CIRCULARS):
            groups.append([self._closing()])
        listed: list[Entry] = []
        for group in filter(None, groups):
            listed += [*([None] if listed else []), *group]
        return listed

    def _may(self, action: Action) -> bool:
        return self._context.may(action)

    def _reading(self) -> list[Entry]:
        binder: list[Entry] = [("Bundel bukti (PDF)…", "pdf", self.binder)] if self._may(Action.EXPORT) else []
        letter: list[Entry] = [("Buka surat edarannya", "document", self.open_letter)]
        return [*(letter if self._may(Action.SEE_LETTERS) else []), *binder]

    def _changing(self) -> list[Entry]:
        if not self._may(Action.PUBLISH_CIRCULARS):
            return []
        return [
            ("Revisi edaran…", "pencil", self.revise),
            ("Segarkan sasaran…", "refresh", self.refresh),
            ("Tambah penerima…", "plus", self.add_person),
        ]

    def _papers(self) -> list[Entry]:
        if not self._may(Action.ACKNOWLEDGE):
            return []
        cover: Entry = ("Surat pengantar per OPD…", "mail", partial(self.send, Purpose.COVERING))
        return [
            ("Daftar kolektif…", "list", self.sheets),
            *([cover] if self._may(Action.PUBLISH_CIRCULARS) else []),
            ("Catat penyerahan lembar…", "arrow-right", self.hand_over),
        ]

    def _returns(self) -> list[Entry]:
        if not self._may(Action.ACKNOWLEDGE):
            return []
        return [
            ("Ekspor berkas balasan…", "upload", self.export_returns),
            ("Impor berkas balasan…", "download", self.import_returns),
        ]

    def _closing(self) -> Entry:
        if self._circular is not None and self._circular.closed_on is not None:
            return ("Buka kembali pengumpulan", "refresh", self.toggle_closed)
        return ("Tutup pengumpulan", "lock", self.toggle_closed)

    def open_letter(self) -> None:
        """Show the surat edaran in Surat."""
        if self._circular is not None:
            self._context.navigate("letters", {"letter_id": self._circular.letter_id})

    def revise(self) -> None:
        """Give the circular a new text."""
        if self._circular is not None:
            open_revise(self._context, self._parent, self._circular, self._on_revised)

    def _on_revised(self, made: Published, material: bool) -> None:
        asked = (
            f"{number(made.recipients)} orang diminta menandatangani lagi."
            if material
            else "Tanda tangan tetap berlaku."
        )
        self._context.toast(f"Revisi terbit. {asked}", None)

    def refresh(self) -> None:
        """Bring the audience up to date."""
        if self._circular is not None:
            open_refresh(self._context, self._parent, self._circular, self._tell)

    def add_person(self) -> None:
        """Take one person in."""
        if self._circular is not None:
            add_person(self._context, self._parent, self._circular, self._tell)

    def hand_over(self) -> None:
        """Record that slips were handed over."""
        if self._circular is not None:
            hand_over(self._context, self._parent, self._circular, self._units, self._tell)

    def sheets(self) -> None:
        """Prepare and print collective lists."""
        if self._circular is not None:
            open_sheets(self._context, self._parent, self._circular, self._units)

    def send(self, purpose: Purpose) -> None:
        """Send reminders or covering letters."""
        if self._circular is not None:
            SendDialog(self._context, self._parent, self._circular, self._units, purpose).open()

    def export_returns(self) -> None:
        """Write a return file for an OPD."""
        if self._circular is not None:
            export_returns(self._context, self._parent, self._circular, self._units)

    def import_returns(self) -> None:
        """Take a filled return file in."""
        if self._circular is not None:
            import_returns(self._context, self._parent, self._circular)

    def binder(self) -> None:
        """Write the evidence binder."""
        if self._circular is not None:
            open_binder(self._context, self._parent, self._circular)

    def toggle_closed(self) -> None:
        """Close the collecting, or open it again."""
        circular = self._circular
        if circular is None:
            return
        verb = service.close if circular.closed_on is None else service.reopen
        told = "Pengumpulan ditutup." if circular.closed_on is None else "Pengumpulan dibuka kembali."
        self._context.bridge.write(
            self._parent,
            lambda session: verb(session, circular.id, circular.version),
            lambda _outcome: self._tell(told),
        )

    def _tell(self, text: str) -> None:
        self._context.toast(text, None)
