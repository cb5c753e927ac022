"""Kirim nota dinas, or the surat pengantar that goes with the slips: one numbered letter per OPD, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.circulars import service
from asn_desk.circulars.queries import CircularRow, UnitProgress
from asn_desk.circulars.terms import Purpose
from asn_desk.errors import DeskError
from asn_desk.wording import number
from ui.shared.check_list import CheckList, Tick
from ui.shared.dialogs import BaseDialog
from ui.shared.forms import Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.progress_dialog import run_with_progress
from ui.shared.widgets import Banner, label

PURPOSE_WORDS = {Purpose.COVERING: "Surat pengantar", Purpose.REMINDER: "Nota dinas pengingat"}


@dataclass(frozen=True)
class _Way:
    """What is sent, in words."""

    title: str
    intro: str
    button: str


_WAYS = {
    Purpose.REMINDER: _Way(
        "Kirim nota dinas pengingat",
        "Satu nota dinas bernomor untuk setiap kepala OPD, dengan nama pegawai yang belum menandatangani.",
        "&Terbitkan nota dinas",
    ),
    Purpose.COVERING: _Way(
        "Terbitkan surat pengantar",
        "Satu surat pengantar bernomor untuk setiap OPD, dengan banyaknya lembar yang dikirim.",
        "&Terbitkan surat pengantar",
    ),
}


class SendDialog(BaseDialog):
    """Tick the OPDs, choose the day, issue."""

    def __init__(
        self,
        context: PageContext,
        parent: QWidget,
        circular: CircularRow,
        units: Sequence[UnitProgress],
        purpose: Purpose,
    ) -> None:
        super().__init__(_WAYS[purpose].title, parent, 620)
        self._context, self._circular, self._purpose = context, circular, purpose
        self._build([unit for unit in units if unit.tally.missing and unit.opd_id is not None])

    def _build(self, late: Sequence[UnitProgress]) -> None:
        way = _WAYS[self._purpose]
        self.outer.addWidget(label(way.title, role="name"))
        self.outer.addWidget(label(way.intro, role="secondary"))
        self.problem = Banner("", "late")
        self.problem.hide()
        self.outer.addWidget(self.problem)
        self.form = FormWidget([Field("dated", "Tanggal surat", "date", required=True, width="half")])
        self.form.set_values({"dated": self._context.today()})
        self.outer.addWidget(self.form)
        ticks = [
            Tick(unit.opd_id or 0, unit.name, f"{number(unit.tally.missing)} belum menandatangani") for unit in late
        ]
        self.list = CheckList(ticks, "OPD yang dikirimi", "Cari OPD")
        self.list.changed.connect(self._count)
        self.outer.addWidget(self.list, 1)
        self.add_button("Batal", on_click=self.reject)
        self.send_button = self.add_button(way.button, "primary", self._send)
        self.finish_layout()
        self._count()
        self.resize(self.width(), min(560, round(self.screen().availableGeometry().height() * 0.8)))

    def _count(self) -> None:
        chosen = len(self.list.chosen())
        self.send_button.setEnabled(chosen > 0)
        self.send_button.setText(f"{_WAYS[self._purpose].button} ({number(chosen)})")

    def _send(self) -> None:
        problems = self.form.missing()
        if problems:
            self.form.set_errors(problems)
            return
        verb = service.remind if self._purpose is Purpose.REMINDER else service.cover
        version_id, chosen, dated = self._circular.version_id, self.list.chosen(), self.form.values()["dated"]
        self.send_button.setEnabled(False)
        run_with_progress(
            self,
            "Menerbitkan surat",
            lambda report, ending: self._context.bridge.write_task(
                self,
                lambda session, _progress: verb(session, version_id, chosen, dated),
                ending(self._on_sent),
                ending(self._refuse),
                progress=report,
                cancelled=ending(),
            ),
            can_cancel=False,
        )

    def _on_sent(self, outcome: Any) -> None:
        self.accept()
        words = PURPOSE_WORDS[self._purpose].lower()
        people = sum(one.people for one in outcome.value)
        self._context.toast(f"{number(len(outcome.value))} {words} terbit untuk {number(people)} orang.", None)

    def _refuse(self, error: DeskError) -> None:
        self.send_button.setEnabled(True)
        self.problem.set_text(error.sentence)
        self.problem.show()
