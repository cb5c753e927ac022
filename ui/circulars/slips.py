"""Cetak lembar: whose slips, then the PDF on screen, to the printer, or into a file; what was printed is marked as printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.circulars import queries, service
from asn_desk.circulars.queries import CircularRow, PlaceProgress, RecipientFilter, UnitProgress
from asn_desk.circulars.rules import OPEN
from asn_desk.circulars.terms import Companion
from asn_desk.errors import DeskError
from asn_desk.wording import number
from ui.shared.dialogs import CommandDialog, MessageDialog
from ui.shared.documents.open_files import open_folder
from ui.shared.documents.paper import PaperDialog
from ui.shared.documents.save_files import ask_folder, ask_save, safe_name
from ui.shared.forms import Choice, Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.progress import Progress
from ui.shared.progress_dialog import run_with_progress

_TITLE = "Lembar tanda terima"
_ONE, _MANY = "satu", "per_opd"
_OUTS = (Choice(_ONE, "Satu berkas, tampil dahulu di layar"), Choice(_MANY, "Satu berkas per OPD, di dalam folder"))


class SlipsDialog(CommandDialog):
    """Asks whose slips to print; the slips then open as a PDF."""

    def __init__(
        self, context: PageContext, circular: CircularRow, units: Sequence[UnitProgress], parent: QWidget
    ) -> None:
        self._context = context
        self._circular, self._units = circular, tuple(units)
        form = FormWidget(_fields(circular, units))
        pledge = circular.companion is Companion.PLEDGE
        form.set_values(
            {"statuses": (), "opd_id": None, "unit_id": None, "covers": True, "single": pledge, "out": _ONE}
        )
        form.set_enabled("single", not pledge)
        form.set_visible("unit_id", visible=False)
        intro = "Urut OPD dan unit kerja. Cetak ulang memakai kode yang sama. Yang dicetak dicatat “Dicetak”."
        super().__init__("Cetak lembar tanda terima", form, self._make, parent, intro=intro, confirm="&Siapkan")
        form.value_changed.connect(lambda key: self._read_units() if key == "opd_id" else None)

    def _read_units(self) -> None:
        opd_id = self.form.values()["opd_id"]
        self.form.put("unit_id", None)
        self.form.set_visible("unit_id", opd_id is not None)
        if opd_id is not None:
            version_id = self._circular.version_id
            self._context.bridge.read(
                self, lambda session: queries.progress_by_place(session, version_id, opd_id), self._offer_units
            )

    def _offer_units(self, places: Sequence[PlaceProgress]) -> None:
        units = sorted((place.unit, place.unit_id) for place in places if place.unit_id is not None)
        self.form.set_choices(
            "unit_id", [Choice(None, "Semua unit kerja"), *(Choice(key, name) for name, key in units)]
        )
        self.form.put("unit_id", None)

    def _make(self, values: dict[str, Any]) -> None:
        wanted = RecipientFilter(
            self._circular.version_id,
            opd_ids=_one(values["opd_id"]),
            unit_ids=_one(values["unit_id"]),
            statuses=values["statuses"] or (),
        )
        context, owner = self._context, self.parentWidget()
        assert owner is not None
        order = SlipsOrder(wanted, values["covers"], values["single"])
        self.succeed()
        if values["out"] == _MANY:
            ask_folder(owner, "Folder untuk berkas per OPD", partial(save_per_opd, owner, context, order, self._units))
        else:
            make_slips(owner, context, order)


def _one(key: int | None) -> tuple[int, ...]:
    return () if key is None else (key,)


def _fields(circular: CircularRow, units: Sequence[UnitProgress]) -> list[Field]:
    tally = circular.tally
    whose = [
        Choice((), "Semua penerima", f"{number(tally.total)} lembar"),
        Choice(OPEN, "Yang belum menandatangani", f"{number(tally.missing)} lembar"),
    ]
    opds = [Choice(unit.opd_id, unit.name) for unit in sorted(units, key=lambda unit: unit.name) if unit.opd_id]
    return [
        Field("statuses", "Untuk siapa", "choice", choices=whose),
        Field("opd_id", "OPD", "choice", choices=[Choice(None, "Semua OPD"), *opds]),
        Field("unit_id", "Unit kerja", "choice", choices=[Choice(None, "Semua unit kerja")]),
        Field("out", "Hasil", "choice", choices=_OUTS),
        Field("covers", "Sampul di atas tumpukan setiap unit kerja", "bool"),
        Field("single", "Satu lembar per halaman (biasanya empat lembar per halaman A4)", "bool"),
    ]


@dataclass(frozen=True)
class SlipsOrder:
    """Whose slips, with or without covers on each unit's pile, four to a page or one."""

    wanted: RecipientFilter
    covers: bool = True
    single: bool = False

    def to_bytes(self, session: Any, progress: Progress) -> tuple[bytes, str]:
        """Return the PDF and a sentence about it."""
        stream = BytesIO()
        made = self._write(session, stream, progress)
        return stream.getvalue(), f"{number(made.slips)} lembar pada {number(made.pages)} halaman A4."

    def to_file(self, session: Any, progress: Callable[[int, int], None], target: Path) -> Path:
        """Write the PDF into a file and return it."""
        self._write(session, target, progress)
        return target

    def to_folder(
        self, session: Any, progress: Progress, folder: Path, units: Sequence[UnitProgress]
    ) -> tuple[list[Path], list[str]]:
        """Write a file per OPD that has somebody to print for; return the files, and the OPDs left out."""
        made: list[Path] = []
        left_out: list[str] = []
        chosen = [unit for unit in units if unit.opd_id is not None and self._reaches(unit.opd_id)]
        for done, unit in enumerate(chosen):
            progress(done, len(chosen), unit.name)
            part = replace(self, wanted=replace(self.wanted, opd_ids=_one(unit.opd_id)))
            target = folder / f"{safe_name(f'{_TITLE} {unit.name}')}.pdf"
            try:
                part.to_file(session, lambda _done, _total: progress.check(), target)
            except DeskError as error:
                if error.code != "no_slips":
                    raise
                left_out.append(unit.name)
            else:
                made.append(target)
        return made, left_out

    def _reaches(self, opd_id: int) -> bool:
        return not self.wanted.opd_ids or opd_id in self.wanted.opd_ids

    def _write(self, session: Any, target: Any, progress: Callable[[int, int], None]) -> Any:
        from asn_desk.circulars.papers.slips import slips_pdf

        return slips_pdf(session, self.wanted, target, covers=self.covers, single=self.single, progress=progress)


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


def reprint(owner: QWidget, context: PageContext, version_id: int, recipient_ids: Sequence[int]) -> None:
    """Print the slips of single people again: the same codes."""
    wanted = RecipientFilter(version_id, recipient_ids=tuple(recipient_ids))
    make_slips(owner, context, SlipsOrder(wanted, covers=False))


def _show(owner: QWidget, context: PageContext, order: SlipsOrder, made: tuple[bytes, str]) -> None:
    pdf, note = made
    PaperDialog(
        _TITLE, context.bridge, pdf, owner, note=note, save=partial(_ask_save, owner, context, order),
        printed=partial(note_printed, owner, context, order),
    ).open()  # fmt: skip


def note_printed(owner: QWidget, context: PageContext, order: SlipsOrder) -> None:
    """Record that these slips are on paper."""
    context.bridge.write(
        owner,
        lambda session: service.mark_printed(session, order.wanted),
        lambda outcome: context.toast(f"{number(outcome.value)} lembar dicatat sudah dicetak.", None),
    )


def _ask_save(owner: QWidget, context: PageContext, order: SlipsOrder) -> None:
    name = f"{_TITLE} {context.today().isoformat()}.pdf"
    ask_save(owner, "Simpan lembar tanda terima", name, "PDF (*.pdf)", partial(save_slips, owner, context, order))


def save_slips(owner: QWidget, context: PageContext, order: SlipsOrder, target: Path) -> None:
    """Write the slips into a file with progress; a file made to be printed counts as printed."""

    def saved(path: Path) -> None:
        context.toast(f"Tersimpan: {path.name}", None)
        note_printed(owner, context, order)

    run_with_progress(
        owner,
        "Menyimpan lembar tanda terima",
        lambda report, ending: context.bridge.read_task(
            owner,
            lambda session, progress: order.to_file(session, progress, target),
            ending(saved),
            ending(),
            progress=report,
            cancelled=ending(),
        ),
    )


def save_per_opd(
    owner: QWidget, context: PageContext, order: SlipsOrder, units: Sequence[UnitProgress], folder: Path
) -> None:
    """Write one file per OPD with progress, then offer to open the folder; the slips count as printed."""

    def saved(found: tuple[list[Path], list[str]]) -> None:
        made, left_out = found
        note = f"\nTanpa lembar: {', '.join(left_out)}." if left_out else ""
        dialog = MessageDialog("Lembar tersimpan", f"{number(len(made))} berkas.\n{folder}{note}", owner, kind="done")
        dialog.add_button("Buka &folder", on_click=lambda: open_folder(folder))
        dialog.add_button("&Tutup", "primary", dialog.accept).setDefault(True)
        dialog.finish_layout()
        dialog.fit_to_screen()
        dialog.open()
        note_printed(owner, context, order)

    run_with_progress(
        owner,
        "Menyimpan lembar per OPD",
        lambda report, ending: context.bridge.read_task(
            owner,
            lambda session, progress: order.to_folder(session, progress, folder, units),
            ending(saved),
            ending(),
            progress=report,
            cancelled=ending(),
        ),
    )
