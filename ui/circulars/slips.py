"""Cetak lembar: whose slips, then the PDF on screen, to the printer, or into a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.circulars.queries import CircularRow, RecipientFilter, UnitProgress
from asn_desk.circulars.rules import OPEN
from asn_desk.wording import number
from ui.shared.dialogs import CommandDialog
from ui.shared.forms import Choice, Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.paper import PaperDialog
from ui.shared.progress import Progress
from ui.shared.progress_dialog import run_with_progress
from ui.shared.save_files import ask_save

_WAITING = OPEN
_TITLE = "Lembar tanda terima"


class SlipsDialog(CommandDialog):
    """Asks whose slips to print; the slips then open as a PDF."""

    def __init__(
        self, context: PageContext, circular: CircularRow, units: Sequence[UnitProgress], parent: QWidget
    ) -> None:
        self._context = context
        self._circular = circular
        form = FormWidget(_fields(circular, units))
        form.set_values({"statuses": (), "opd_id": None, "covers": True})
        intro = "Empat lembar per halaman A4, urut OPD dan unit kerja. Cetak ulang memakai kode yang sama."
        super().__init__("Cetak lembar tanda terima", form, self._make, parent, intro=intro, confirm="&Siapkan")

    def _make(self, values: dict[str, Any]) -> None:
        opd_ids = (values["opd_id"],) if values["opd_id"] is not None else ()
        wanted = RecipientFilter(self._circular.version_id, opd_ids=opd_ids, statuses=values["statuses"] or ())
        context, owner = self._context, self.parentWidget()
        assert owner is not None
        self.succeed()
        make_slips(owner, context, SlipsOrder(wanted, values["covers"]))


def _fields(circular: CircularRow, units: Sequence[UnitProgress]) -> list[Field]:
    tally = circular.tally
    whose = [
        Choice((), "Semua penerima", f"{number(tally.total)} lembar"),
        Choice(_WAITING, "Yang belum menandatangani", f"{number(tally.missing)} lembar"),
    ]
    opds = [Choice(unit.opd_id, unit.name) for unit in sorted(units, key=lambda unit: unit.name) if unit.opd_id]
    return [
        Field("statuses", "Untuk siapa", "choice", choices=whose),
        Field("opd_id", "OPD", "choice", choices=[Choice(None, "Semua OPD"), *opds]),
        Field("covers", "Sampul di atas tumpukan setiap unit kerja", "bool"),
    ]


@dataclass(frozen=True)
class SlipsOrder:
    """Whose slips, with or without covers on each unit's pile."""

    wanted: RecipientFilter
    covers: bool = True

    def to_bytes(self, session: Any, progress: Progress) -> tuple[bytes, str]:
        """Return the PDF and a sentence about it."""
        stream = BytesIO()
        made = self._write(session, stream, progress)
        return stream.getvalue(), f"{number(made.slips)} lembar pada {number(made.pages)} halaman A4."

    def to_file(self, session: Any, progress: Progress, target: Path) -> Path:
        """Write the PDF into a file and return it."""
        self._write(session, target, progress)
        return target

    def _write(self, session: Any, target: Any, progress: Progress) -> Any:
        from asn_desk.circulars.slips import slips_pdf

        return slips_pdf(session, self.wanted, target, covers=self.covers, progress=progress)


def make_slips(owner: QWidget, context: PageContext, order: SlipsOrder) -> None:
    """Make the PDF with progress and show it."""
    run_with_progress(
        owner,
        "Menyiapkan lembar tanda terima",
        lambda report, ending: context.bridge.read_task(
            owner,
            order.to_bytes,
            ending(partial(_show, owner, context, order)),
            ending(),
            progress=report,
            cancelled=ending(),
        ),
    )


def _show(owner: QWidget, context: PageContext, order: SlipsOrder, made: tuple[bytes, str]) -> None:
    pdf, note = made
    PaperDialog(_TITLE, context.bridge, pdf, owner, note=note, save=partial(_ask_save, owner, context, order)).open()


def _ask_save(owner: QWidget, context: PageContext, order: SlipsOrder) -> None:
    name = f"{_TITLE} {context.today().isoformat()}.pdf"
    ask_save(owner, "Simpan lembar tanda terima", name, "PDF (*.pdf)", partial(save_slips, owner, context, order))


def save_slips(owner: QWidget, context: PageContext, order: SlipsOrder, target: Path) -> None:
    """Write the slips into a file with progress."""
    run_with_progress(
        owner,
        "Menyimpan lembar tanda terima",
        lambda report, ending: context.bridge.read_task(
            owner,
            lambda session, progress: order.to_file(session, progress, target),
            ending(lambda path: context.toast(f"Tersimpan: {path.name}", None)),
            ending(),
            progress=report,
            cancelled=ending(),
        ),
    )
