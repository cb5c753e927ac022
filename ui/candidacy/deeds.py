"""What is done to the file shown beyond letters and events: papers, packet, binder, trying out, looking back, readings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from asn_desk.candidacy import binder
from asn_desk.candidacy.checklist import PaperRow
from asn_desk.candidacy.duties import Obligation
from asn_desk.candidacy.packet import PacketIssued
from asn_desk.candidacy.rows import DeclarationDetail
from ui.candidacy.detail import LETTERS, FileDetail
from ui.candidacy.packet import PacketDialog
from ui.candidacy.papers_dialogs import PaperDesk
from ui.candidacy.past import PastDialog
from ui.candidacy.reading import ReadingDialog
from ui.candidacy.trial import TrialDialog
from ui.shared.documents.paper import PaperDialog
from ui.shared.documents.save_bytes import save_bytes
from ui.shared.page import PageContext
from ui.shared.progress_dialog import run_with_progress


class FileDeeds(QObject):
    """Opens the dialogs that the detail asks for, always about the file shown."""

    def __init__(self, context: PageContext, owner: QWidget, detail: FileDetail) -> None:
        super().__init__(owner)
        self._context, self._owner, self._detail = context, owner, detail
        self._papers = PaperDesk(context, owner, self._say)
        detail.paper_deed_wanted.connect(self._paper)
        detail.binder_wanted.connect(self.show_binder)
        detail.past_wanted.connect(self.look_back)
        detail.reading_wanted.connect(self._choose_reading)
        detail.bar.packet_wanted.connect(self.issue_packet)
        detail.bar.trial_wanted.connect(self.try_out)

    def issue_packet(self) -> None:
        """Issue all letters of the file in one go."""
        self._with_file(lambda file: PacketDialog(self._context, self._owner, file, self._on_issued).open())

    def try_out(self) -> None:
        """Try other facts and dates on a scratch copy."""
        self._with_file(lambda file: TrialDialog(self._context, self._owner, file).open())

    def look_back(self) -> None:
        """Show the file as it stood on a past day."""
        self._with_file(lambda file: PastDialog(self._context, self._owner, file).open())

    def show_binder(self) -> None:
        """Bind all papers of the file into one PDF and show it."""
        self._with_file(self._bind)

    def _bind(self, file: DeclarationDetail) -> None:
        run_with_progress(
            self._owner,
            "Menyusun bundel berkas",
            lambda report, ending: self._context.bridge.read_task(
                self._owner,
                lambda session, _progress: binder.binder(session, file.id),
                ending(lambda bound: self._show_bound(file, bound)),
                ending(),
                progress=report,
                cancelled=ending(),
            ),
        )

    def _show_bound(self, file: DeclarationDetail, bound: Any) -> None:
        lost = f" Tidak terbaca: {', '.join(bound.unreadable)}." if bound.unreadable else ""
        name = binder.binder_name(file.id)
        dialog = PaperDialog(
            f"Bundel berkas {file.name}",
            self._context.bridge,
            bound.pdf,
            self._owner,
            note=f"{bound.pages} halaman dengan daftar isi.{lost}",
            save=lambda: save_bytes(self._context, dialog, "Simpan bundel", name, "PDF (*.pdf)", bound.pdf),
        )
        dialog.open()

    def _paper(self, deed: str, paper: PaperRow) -> None:
        self._with_file(lambda file: self._papers.do(file.id, deed, paper))

    def _choose_reading(self, duty: Obligation) -> None:
        self._with_file(
            lambda file: ReadingDialog(
                self._context, self._owner, file, duty, lambda: self._say("Pilihan bacaan dicatat.")
            ).open()
        )

    def _on_issued(self, letters: tuple[PacketIssued, ...]) -> None:
        self._say(f"{len(letters)} surat terbit.")
        self._detail.tabs.setCurrentIndex(LETTERS)
        self.show_binder()

    def _with_file(self, do: Callable[[DeclarationDetail], object]) -> None:
        if self._detail.file is not None:
            do(self._detail.file)

    def _say(self, sentence: str) -> None:
        self._context.toast(sentence, None)
