"""Pengaturan, Cadangan: make one now, look whether the data are whole, and bring a backup back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from asn_desk import wording
from asn_desk.accounts.terms import Action
from ui.settings.backup_plan import PlanForm, moment_words, place_words
from ui.settings.backup_restore import begin_restore
from ui.shared.basics import button, label
from ui.shared.dialogs import show_info, show_warning
from ui.shared.documents.open_files import open_folder
from ui.shared.page import PageContext
from ui.shared.panels import ScrollPanel
from ui.shared.progress_dialog import run_with_progress
from ui.shared.rights import only_with
from ui.shared.widgets import Banner, KeyValue

_SHOWN = 20
"""As many findings as a window shows; `verify` on the command line lists all."""
_INTRO = (
    "Cadangan memuat basis data dan semua berkas tersimpan, dan diperiksa setelah ditulis. Cadangan otomatis dibuat tiap jam "
    "selama ada perubahan. Simpan salinannya di tempat lain, misalnya diska USB."
)
_HARMED = (
    "{} berkas tersimpan hilang atau rusak di folder data dan tidak ikut dicadangkan. "
    "Tekan Periksa keutuhan data untuk melihat yang mana, lalu pulihkan dari cadangan yang lebih lama."
)


class BackupSection(ScrollPanel):
    """Backup, check and restore of the open data folder."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Cadangan")
        self.context = context
        self._build()

    def _build(self) -> None:
        self.facts = KeyValue()
        self.warning = Banner("", "late")
        self.warning.hide()
        self.body.addWidget(self.warning)
        self.body.addWidget(label(_INTRO, role="secondary"))
        self.body.addWidget(self.facts)
        self.plan = PlanForm(self.context, self.reload)
        row = QHBoxLayout()
        row.addWidget(button("&Buat cadangan sekarang", "primary", "backup", self._back_up))
        row.addWidget(button("Simpan ke &tempat lain…", "", "folder", self._back_up_to))
        self.verify_button = button("&Periksa keutuhan data", "", "shield", self._verify)
        only_with(self.context.may, Action.VERIFY_DATA, self.verify_button)
        row.addWidget(self.verify_button)
        row.addStretch(1)
        self.body.addLayout(row)
        second = QHBoxLayout()
        self.restore_button = button("Pulihkan dari &cadangan…", "danger", "history", self._choose_backup)
        only_with(self.context.may, Action.RESTORE, self.restore_button)
        second.addWidget(self.restore_button)
        second.addWidget(button("Buka &folder cadangan", "", "folder", lambda: open_folder(self._desk().paths.backups)))
        second.addStretch(1)
        self.body.addLayout(second)
        self.body.addWidget(self.plan)

    def reload(self) -> None:
        """Show where the data lie and when the last backup was made."""
        desk = self._desk()
        if desk is None:
            return
        last, warning = desk.last_backup(), desk.backup_light().warning
        places = [(f"Otomatis {place.name}", place_words(place)) for place in desk.backup_places()]
        facts = [("Folder data", str(desk.paths.root)), ("Cadangan terakhir", moment_words(last))]
        self.facts.set([*facts, *(places if not desk.practice else [])])
        self.warning.set_text(warning)
        self.warning.setVisible(bool(warning))
        self.plan.reload()

    def _desk(self) -> Any:
        return self.context.desk_info()

    def _back_up(self) -> None:
        self._start_backup(None)

    def _back_up_to(self) -> None:
        dialog = QFileDialog(self, "Simpan cadangan", str(Path.home() / "cadangan-asn-desk.zip"), "Cadangan (*.zip)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.fileSelected.connect(lambda name: self._start_backup(Path(name)))
        dialog.open()

    def _start_backup(self, target: Path | None) -> None:
        desk = self._desk()
        run_with_progress(
            self,
            "Membuat cadangan",
            lambda report, ending: self.context.bridge.task(
                self, lambda _progress: desk.backup(target), ending(self._backed_up), ending(), progress=report
            ),
            can_cancel=False,
        )

    def _backed_up(self, made: Any) -> None:
        self.reload()
        if made.harmed:
            text = f"Cadangan {made.path.name} dibuat. " + _HARMED.format(wording.number(len(made.harmed)))
            show_warning(self, "Cadangan tidak lengkap", text)
        else:
            self.context.toast(f"Cadangan {made.path.name} dibuat dan diperiksa.", None)

    def _verify(self) -> None:
        desk = self._desk()
        run_with_progress(
            self,
            "Memeriksa data",
            lambda report, ending: self.context.bridge.task(
                self, lambda _progress: desk.verify(), ending(self._verified), ending(), progress=report
            ),
            can_cancel=False,
        )

    def _verified(self, verdict: Any) -> None:
        if verdict.findings:
            told = [finding.sentence for finding in verdict.findings]
            rest = (f"... dan {wording.number(len(told) - _SHOWN)} temuan lagi.",) if len(told) > _SHOWN else ()
            show_warning(self, "Data tidak utuh", "\n".join((*told[:_SHOWN], *rest)))
            return
        entries, files = wording.number(verdict.entries), wording.number(verdict.files)
        looked = f"{entries} jejak perubahan dan {files} berkas tersimpan telah diperiksa."
        show_info(self, "Data utuh", "\n\n".join((looked, *verdict.notes)))

    def _choose_backup(self) -> None:
        begin_restore(self, self.context)
