"""Pengaturan, Cadangan: choose a backup, see what a restore would change, and do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QSizePolicy

from asn_desk import wording
from asn_desk.errors import DeskError
from ui.settings.backup_plan import moment_words
from ui.shared.basics import button, label
from ui.shared.dialogs import BaseDialog
from ui.shared.fields import Field
from ui.shared.filters import Choice
from ui.shared.forms import FormWidget
from ui.shared.page import PageContext
from ui.shared.widgets import KeyValue

_WIDE = 620
_MOST = 100
_SAVED_FIRST = "Keadaan sekarang disimpan dahulu di folder cadangan, sehingga dapat dikembalikan."
_LOOKING = "Memeriksa cadangan…"
_NONE = "Belum ada cadangan di komputer ini. Pilih berkas cadangan dari diska lain."


class RestoreDialog(BaseDialog):
    """Lists the backups, newest first and chosen; shows what would be newer, older or missing before anything is done."""

    def __init__(self, context: PageContext, restore: Callable[[Path], None], parent: Any) -> None:
        super().__init__("Pulihkan dari cadangan?", parent, _WIDE)
        self.context = context
        self._restore = restore
        self._source: Path | None = None
        self._build()
        self._fill()

    def _build(self) -> None:
        self.form = FormWidget([Field("source", "Cadangan", "choice")])
        self.told = label(_LOOKING, role="secondary", wrap=True)
        self.facts = KeyValue()
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.outer.addWidget(self.form)
        self.outer.addWidget(self.told)
        self.outer.addWidget(self.facts)
        self.outer.addWidget(label(_SAVED_FIRST, role="hint", wrap=True))
        self.buttons.insertWidget(0, button("&Berkas lain…", "", "folder", self._ask_file))
        self.add_button("&Batal", "", self.reject)
        self.go = self.add_button("&Pulihkan", "danger", self._go)
        self.finish_layout()
        self.form.value_changed.connect(self._on_chosen)

    def _fill(self) -> None:
        desk = self._desk()
        found = [(backup.path, _line(backup)) for backup in desk.backups()[:_MOST]]
        self.form.set_choices("source", [Choice(path, text) for path, text in found])
        self._show(found[0][0] if found else None)

    def _desk(self) -> Any:
        return self.context.desk_info()

    def _show(self, source: Path | None) -> None:
        """Choose a backup and look into it; the button waits for the answer."""
        self.form.put("source", source)
        self._look(source)

    def _on_chosen(self, _key: str) -> None:
        self._look(self.form.values()["source"])

    def _look(self, source: Path | None) -> None:
        if source == self._source and source is not None:
            return
        self._source = source
        self.go.setEnabled(False)
        self.facts.set([])
        self.told.setText(_NONE if source is None else _LOOKING)
        if source is not None:
            desk = self._desk()
            self.context.bridge.task(
                self, lambda _progress: desk.preview_restore(source), partial(self._shown, source), self._refused
            )

    def _shown(self, source: Path, found: Any) -> None:
        if source == self._source:
            self.told.setText(_summary(found))
            self.facts.set(_lines(found))
            self.go.setEnabled(True)
            self.fit_to_screen()

    def _refused(self, error: DeskError) -> None:
        self.told.setText(error.sentence)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, "Pilih cadangan", str(self._desk().paths.backups), "Cadangan (*.zip *.asnd)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    def _on_file(self, name: str) -> None:
        path = Path(name)
        known = [Choice(backup.path, _line(backup)) for backup in self._desk().backups()[:_MOST]]
        if all(choice.value != path for choice in known):
            known.insert(0, Choice(path, f"{path.name}, {path.parent}"))
        self.form.set_choices("source", known)
        self._show(path)

    def _go(self) -> None:
        assert self._source is not None
        source = self._source
        self.accept()
        self._restore(source)


def _line(backup: Any) -> str:
    return f"{moment_words(backup.made_at)} · {backup.how}"


def _summary(found: Any) -> str:
    """Return in a sentence what would be lost and won."""
    parts = [f"Cadangan dibuat {_moment(found.made_at)}."]
    if not found.same_trail:
        parts.append("Cadangan ini dan data sekarang berkembang sendiri-sendiri sejak keduanya berpisah.")
    if found.lost:
        parts.append(f"{wording.number(found.lost)} perubahan sesudahnya akan hilang dari data.")
    if found.gained:
        parts.append(f"{wording.number(found.gained)} perubahan yang hanya ada di cadangan akan kembali.")
    if found.harmed:
        parts.append(f"{wording.number(found.harmed)} berkas tersimpan tidak ikut dicadangkan karena rusak.")
    if not (found.lost or found.gained):
        parts.append("Isinya sama dengan data sekarang.")
    return " ".join(parts)


def _lines(found: Any) -> list[tuple[str, str]]:
    days = ("Perubahan terakhir", f"{_day(found.last_there)} di cadangan; {_day(found.last_here)} sekarang")
    counts = [
        (topic.topic, f"{_count(topic.there)} di cadangan; {_count(topic.here)} sekarang") for topic in found.topics
    ]
    return [days, *counts]


def _count(value: int | None) -> str:
    return "belum ada" if value is None else wording.number(value)


def _day(text: str) -> str:
    return wording.long_date(datetime.fromisoformat(text).date()) if text else "tidak ada"


def _moment(text: str) -> str:
    try:
        return moment_words(datetime.fromisoformat(text))
    except ValueError:
        return "pada waktu yang tidak diketahui"
