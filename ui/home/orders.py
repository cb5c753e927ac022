"""What Beranda gives out: the week's list on paper, and the dates for a calendar program; with or without names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.candidacy import ics, press, weekly
from ui.shared.dialogs import CommandDialog
from ui.shared.documents.paper import PaperDialog
from ui.shared.documents.save_bytes import save_bytes
from ui.shared.forms import Field, FormWidget
from ui.shared.page import PageContext

_HELP = "Nama dan jabatan yang dituju diganti nomor berkas."


class OrderDialog(CommandDialog):
    """Asks whether names may stand in what is given out. `make(session, anonymous)` runs on a reading thread."""

    def __init__(
        self,
        context: PageContext,
        parent: QWidget,
        words: tuple[str, str, str],
        make: Callable[[Any, bool], bytes],
        give: Callable[[bytes], None],
    ) -> None:
        title, intro, confirm = words
        self._context, self._owner, self._make, self._give = context, parent, make, give
        form = FormWidget([Field("anonymous", "Tanpa nama", "bool", help=_HELP)])
        super().__init__(title, form, self._order, parent, intro=intro, confirm=confirm)

    def _order(self, values: dict[str, Any]) -> None:
        anonymous = bool(values["anonymous"])
        self._context.bridge.read(self, lambda session: self._make(session, anonymous), self._on_made, self.refuse)

    def _on_made(self, data: bytes) -> None:
        self.succeed()
        self._give(data)


def weekly_dialog(context: PageContext, owner: QWidget) -> OrderDialog:
    """Return the dialog for the week's list on paper."""
    intro = "Kewajiban yang lewat, jatuh hari ini, dan jatuh tempo dalam tujuh hari, siap dicetak."

    def show(pdf: bytes) -> None:
        name = weekly.weekly_name(context.today())
        dialog = PaperDialog(
            weekly.TITLE,
            context.bridge,
            pdf,
            owner,
            save=lambda: save_bytes(context, owner, "Simpan daftar", name, "PDF (*.pdf)", pdf),
        )
        dialog.open()

    words = ("Daftar minggu ini", intro, "Tampilkan")
    return OrderDialog(context, owner, words, lambda session, bare: weekly.weekly_list(session, anonymous=bare), show)


def agenda_dialog(context: PageContext, owner: QWidget) -> OrderDialog:
    """Return the dialog for the open dates as a calendar file."""
    intro = "Semua tenggat yang terbuka sebagai berkas kalender (.ics) untuk Outlook, Google Kalender, atau ponsel."

    def save(data: bytes) -> None:
        save_bytes(context, owner, "Simpan kalender", ics.FILE_NAME, "Kalender (*.ics)", data)

    words = ("Ekspor ke kalender", intro, "Simpan…")
    return OrderDialog(context, owner, words, lambda session, bare: ics.agenda(session, anonymous=bare), save)


def show_press_report(context: PageContext, owner: QWidget) -> None:
    """Show the counts for the press, which name nobody and merge small groups."""

    def show(pdf: bytes) -> None:
        dialog = PaperDialog(
            press.TITLE,
            context.bridge,
            pdf,
            owner,
            note="Hanya jumlah; kelompok kecil digabung agar tidak ada yang dapat dikenali.",
            save=lambda: save_bytes(context, owner, "Simpan ringkasan", press.FILE_NAME, "PDF (*.pdf)", pdf),
        )
        dialog.open()

    context.bridge.read(owner, lambda session: press.press_pdf(press.press_report(session)), show)
