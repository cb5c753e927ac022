"""Pengaturan, Tampilan surat: paper, margins and font of letters, and the mark of the electronic signature."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from asn_desk.errors import DeskError, StaleRecord
from asn_desk.office import look
from asn_desk.office.look import LetterLook, LookRow, SaveLook
from asn_desk.office.terms import FONTS, Paper
from ui.shared.basics import button
from ui.shared.fields import Field
from ui.shared.filters import Choice
from ui.shared.forms import FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import Banner, Panel, ScrollBody

SIDES = {"margin_top": "Atas", "margin_bottom": "Bawah", "margin_left": "Kiri", "margin_right": "Kanan"}
NOTE = (
    "Berlaku untuk surat yang dibuat mulai sekarang, pada berkas Word, PDF, berkas cetak dan pratinjau. Surat yang sudah terbit "
    "tidak berubah. Selama kertas dan batas tepi seperti bawaan, templat kantor yang diatur sendiri di Word tetap seperti aslinya."
)


def look_fields() -> list[Field]:
    """Return the fields of `LetterLook`."""
    papers = [Choice(paper, f"{paper.value} ({paper.size[0]} × {paper.size[1]} mm)") for paper in Paper]
    fonts = [Choice("", "Sesuai templat"), *(Choice(name, name) for name in FONTS)]
    sizes = [Choice(size, f"{size} pt" if size else "Sesuai templat") for size in look.FONT_SIZES]
    return [
        Field("note", "", "note", help=NOTE),
        Field("paper", "Kertas", "choice", required=True, choices=papers),
        *(_margin_field(name, title) for name, title in SIDES.items()),
        Field("font_family", "Huruf", "choice", choices=fonts, width="half"),
        Field("font_size", "Ukuran huruf", "choice", choices=sizes, width="half"),
        Field(
            "signature_tag",
            "Penanda tanda tangan elektronik",
            required=True,
            width="half",
            help="Satu tanda yang dicari aplikasi tanda tangan elektronik pada PDF, biasanya #.",
        ),
    ]


def _margin_field(name: str, title: str) -> Field:
    least, most = look.MARGINS[name]
    return Field(
        name, f"Batas tepi {title.lower()} (mm)", "int", required=True, width="half", minimum=least, maximum=most
    )


class LookSection(Panel):
    """Edits how letters look, in place."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Tampilan surat")
        self.context = context
        self._version = 0
        self._build()

    def _build(self) -> None:
        self.form = FormWidget(look_fields())
        self.banner = Banner("", "late")
        self.banner.hide()
        self.save_button = button("&Simpan tampilan", "primary", "check", self._save)
        area = ScrollBody()
        area.layout_of_content.setContentsMargins(0, 0, 10, 0)
        area.layout_of_content.addWidget(self.form)
        area.layout_of_content.addStretch(1)
        self.body.setSpacing(12)
        self.body.addWidget(self.banner)
        self.body.addWidget(area, 1)
        self.body.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)

    def reload(self) -> None:
        """Fill the form anew, unless the clerk is in the middle of editing."""
        if not self.form.is_dirty():
            self.context.bridge.read(self, look.look_row, self._fill)

    def _fill(self, row: LookRow | None) -> None:
        self.save_button.setEnabled(row is not None)
        if row is not None:
            self._version = row.version
            self.form.set_values({name: getattr(row.look, name) for name in LetterLook.__dataclass_fields__})

    def _save(self) -> None:
        self.banner.hide()
        if problems := self.form.missing():
            self.form.set_errors(problems)
            return
        values: dict[str, Any] = self.form.values()
        chosen = LetterLook(**{name: values[name] for name in LetterLook.__dataclass_fields__})
        command = SaveLook(chosen, self._version)
        self.save_button.setEnabled(False)
        self.context.bridge.write(
            self, lambda session: look.save_look(session, command), lambda _outcome: self._saved(), self._refuse
        )

    def _saved(self) -> None:
        self.form.mark_clean()
        self.context.toast("Tampilan surat tersimpan.", None)
        self.reload()

    def _refuse(self, error: DeskError) -> None:
        self.save_button.setEnabled(True)
        if isinstance(error, StaleRecord):
            self.form.mark_clean()
            self.reload()
        loose = self.form.set_errors(error.fields)
        self.banner.set_text(" ".join(loose) if error.fields else error.sentence)
        self.banner.setVisible(bool(loose) or not error.fields)
