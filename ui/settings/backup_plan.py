"""Pengaturan, Cadangan: the automatic backups' second place and when to warn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from asn_desk import wording
from asn_desk.errors import DeskError
from ui.shared.basics import button
from ui.shared.dialogs import show_refusal
from ui.shared.documents.save_files import ask_folder
from ui.shared.fields import Field
from ui.shared.forms import FormWidget
from ui.shared.page import PageContext

_FIELDS = (
    Field("enabled", "Buat cadangan otomatis tiap jam selama ada perubahan", "bool"),
    Field(
        "second", "Tempat kedua", placeholder="Belum dipilih",
        help="Folder di diska USB atau di jaringan. Bila tidak terjangkau, cadangannya menyusul sendiri.",
    ),
    Field("warn_days", "Ingatkan bila cadangan lebih lama dari (hari)", "int", minimum=1, maximum=60, width="half"),
)  # fmt: skip


class PlanForm(QWidget):
    """Shows the plan and saves it."""

    def __init__(self, context: PageContext, saved: Callable[[], None]) -> None:
        super().__init__()
        self.context = context
        self._saved = saved
        self.form = FormWidget(_FIELDS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.form)
        row = QHBoxLayout()
        row.addWidget(button("Pilih folder tempat &kedua…", "", "folder", self._choose))
        row.addWidget(button("&Simpan pengaturan cadangan", "", on_click=self._save))
        row.addStretch(1)
        column.addLayout(row)

    def reload(self) -> None:
        """Show what is in force, unless somebody is just changing it."""
        if not self.form.is_dirty():
            self.form.set_values(self._desk().backup_plan().model_dump())
            self.form.mark_clean()

    def _desk(self) -> Any:
        return self.context.desk_info()

    def _choose(self) -> None:
        ask_folder(self, "Pilih tempat kedua", self._put)

    def _put(self, folder: Path) -> None:
        self.form.put("second", str(folder))

    def _save(self) -> None:
        desk, values = self._desk(), self.form.values()
        days = values["warn_days"] or desk.backup_plan().warn_days
        plan = desk.backup_plan().model_copy(update={**values, "warn_days": days})
        self.context.bridge.task(self, lambda _progress: _kept(desk, plan), self._told, self._refused)

    def _told(self, problem: str) -> None:
        self.form.clear_errors()
        self.form.mark_clean()
        self.context.toast(problem or "Pengaturan cadangan disimpan.", None)
        self._saved()

    def _refused(self, error: DeskError) -> None:
        if error.fields:
            self.form.set_errors(error.fields)
        else:
            show_refusal(self, error)


def _kept(desk: Any, plan: Any) -> str:
    """Save the plan, make what is due at once, and return the first place's trouble; runs on a worker thread."""
    desk.set_backup_plan(plan)
    return next((place.problem for place in desk.keep_backups() if place.problem), "")


def moment_words(moment: datetime | None) -> str:
    """Return day and time, or that there is none."""
    if moment is None:
        return "belum pernah"
    here = moment.astimezone()
    return f"{wording.long_date(here.date())} pukul {wording.clock_time(here)}"


def place_words(place: Any) -> str:
    """Return where a place is and when it last held everything."""
    return f"{moment_words(place.good_at)} · {place.folder}"
