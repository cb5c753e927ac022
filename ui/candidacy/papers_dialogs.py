"""Receiving a paper into a file, and doing without one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.candidacy import checklist
from asn_desk.candidacy.checklist import AttachPaper, PaperRow, VerifyPaper, WaivePaper
from ui.candidacy.record import read_evidence
from ui.shared.dialogs import CommandDialog
from ui.shared.documents.paper import PaperDialog
from ui.shared.forms import Field, FormWidget
from ui.shared.page import PageContext

Done = Callable[[str], None]


class PaperDesk:
    """Does to the papers of a file what the clerk asks for; `done(sentence)` hears of it."""

    def __init__(self, context: PageContext, owner: QWidget, done: Done) -> None:
        self._context, self._owner, self._done = context, owner, done

    def do(self, declaration_id: int, deed: str, paper: PaperRow) -> None:
        """Do one of the deeds of PapersSection."""
        if deed == "attach":
            AttachDialog(self._context, self._owner, declaration_id, paper, self._done).open()
        elif deed == "waive":
            WaiveDialog(self._context, self._owner, declaration_id, paper, self._done).open()
        elif deed == "scan":
            self._show_scan(paper)
        elif deed == "ask_again":
            again = WaivePaper(declaration_id, paper.version, paper.code, "")
            self._write(lambda session: checklist.waive_paper(session, again), f"{paper.title} diminta lagi.")
        else:
            looked = VerifyPaper(declaration_id, paper.version, paper.code, undo=deed == "unverify")
            words = "belum diperiksa" if looked.undo else "sudah diperiksa"
            self._write(lambda session: checklist.verify_paper(session, looked), f"{paper.title}: {words}.")

    def _write(self, fn: Callable[[Any], object], sentence: str) -> None:
        self._context.bridge.write(self._owner, fn, lambda _outcome: self._done(sentence))

    def _show_scan(self, paper: PaperRow) -> None:
        bridge = self._context.bridge
        bridge.read(
            self._owner,
            lambda session: checklist.paper_scan(session, paper.id),
            lambda pdf: PaperDialog(paper.title, bridge, pdf, self._owner).open(),
        )


class AttachDialog(CommandDialog):
    """Takes a paper in: its scan, or just that it is there."""

    def __init__(self, context: PageContext, parent: QWidget, declaration_id: int, paper: PaperRow, done: Done) -> None:
        self._context, self._id, self._paper, self._done = context, declaration_id, paper, done
        form = FormWidget(
            [
                Field("scan", "Pindaian (PDF)", "file", file_filter="PDF (*.pdf)", help="Boleh menyusul."),
                Field("document_number", "Nomor surat", width="half"),
                Field("document_date", "Tanggal surat", "date", width="half"),
                Field("received_on", "Diterima tanggal", "date", required=True, width="half"),
                Field("received_by", "Diterima oleh", width="half", placeholder="mis. Loket BKPSDM"),
            ]
        )
        super().__init__("Terima berkas", form, self._attach, parent, intro=paper.title)
        form.set_values(
            {
                "document_number": paper.document_number,
                "document_date": paper.document_date,
                "received_on": paper.received_on or context.today(),
                "received_by": paper.received_by,
            }
        )

    def _attach(self, values: dict[str, Any]) -> None:
        path = values.pop("scan")

        def write(session: Any) -> object:
            scan = read_evidence(path, "scan") if path is not None else None
            command = AttachPaper(self._id, self._paper.version, self._paper.code, scan, **values)
            return checklist.attach_paper(session, command)

        self.write(self._context.bridge, write, lambda _outcome: self._done(f"{self._paper.title} diterima."))


class WaiveDialog(CommandDialog):
    """Notes why the office does without a paper."""

    def __init__(self, context: PageContext, parent: QWidget, declaration_id: int, paper: PaperRow, done: Done) -> None:
        self._context, self._id, self._paper, self._done = context, declaration_id, paper, done
        form = FormWidget([Field("reason", "Alasan", "multiline", rows=3, required=True)])
        super().__init__("Berkas tidak diperlukan", form, self._waive, parent, intro=paper.title)

    def _waive(self, values: dict[str, Any]) -> None:
        command = WaivePaper(self._id, self._paper.version, self._paper.code, values["reason"])
        self.write(
            self._context.bridge,
            lambda session: checklist.waive_paper(session, command),
            lambda _outcome: self._done(f"{self._paper.title} dicatat tidak diperlukan."),
        )
