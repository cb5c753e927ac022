"""Pengaturan, Cadangan, and the first start: choose a backup, see what a restore would change, and do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFileDialog, QSizePolicy, QWidget

from asn_desk import wording
from asn_desk.errors import DeskError
from asn_desk.topics import Topic
from ui.settings.backup_key import BackupKeyForm
from ui.settings.backup_plan import moment_words
from ui.shared.basics import button, label
from ui.shared.dialogs import BaseDialog, show_info
from ui.shared.fields import Field
from ui.shared.filters import Choice
from ui.shared.forms import FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import Banner, ScrollBody
from ui.shared.progress_dialog import run_with_progress
from ui.shared.widgets import KeyValue

_WIDE = 620
_MOST = 100
_MOST_READ = 0.6  # of the screen's height; buttons and frame take the rest
_SAVED_FIRST = "Keadaan sekarang disimpan dahulu di folder cadangan, sehingga dapat dikembalikan."
_LOOKING = "Memeriksa cadangan…"
_NONE = "Belum ada cadangan di komputer ini. Pilih berkas cadangan dari diska lain."
_OPEN_FIRST = "Isi cadangan ditampilkan sesudah dibuka."
TURNS_PLAIN = (
    "Data kantor sekarang terenkripsi, cadangan ini tidak. Sesudah dipulihkan, siapa pun yang memegang komputer atau diskanya "
    "dapat membaca semua data, sampai enkripsi dinyalakan lagi di Pengaturan, Keamanan."
)
AGREE = "Saya setuju data kantor menjadi tidak terenkripsi."
TURNS_ENCRYPTED = (
    "Cadangan ini terenkripsi: sesudah dipulihkan, data dibuka dengan kata sandi pengguna atau lembar pemulihannya."
)


def begin_restore(owner: QWidget, context: PageContext) -> RestoreDialog:
    """Open the dialog in which a backup is chosen and looked into; it is restored when that is wanted."""
    dialog = RestoreDialog(context, partial(_restore, owner, context), owner)
    dialog.open()
    return dialog


def _restore(owner: QWidget, context: PageContext, source: Path, plain: bool) -> None:
    desk = context.desk_info()
    run_with_progress(
        owner,
        "Memulihkan data",
        lambda report, ending: context.bridge.task(
            owner, lambda _progress: desk.restore(source, plain=plain), ending(partial(_restored, owner, context)),
            ending(), progress=report,
        ),
        can_cancel=False,
    )  # fmt: skip


def _restored(owner: QWidget, context: PageContext, saved: Path | None) -> None:
    """Say that it is done; then the window turns to the restored data, which may ask who is there."""
    kept = f" Keadaan sebelumnya disimpan di {saved.name}." if saved else ""
    told = show_info(owner, "Data telah dipulihkan", f"Semua halaman menampilkan data dari cadangan.{kept}")
    told.finished.connect(lambda _code: context.bridge.changed.emit(frozenset(Topic)))


class RestoreDialog(BaseDialog):
    """Lists the backups, newest first and chosen; shows what would be newer, older or missing before anything is done.

    `restore` is called with the backup and whether it was agreed that encrypted data become readable for everybody.
    """

    def __init__(self, context: PageContext, restore: Callable[[Path, bool], None], parent: Any) -> None:
        super().__init__("Pulihkan dari cadangan?", parent, _WIDE)
        self.context = context
        self._restore = restore
        self._source: Path | None = None
        self._build()
        self._fill()

    def _build(self) -> None:
        self.form = FormWidget([Field("source", "Cadangan", "choice")])
        self.told = label(_LOOKING, role="secondary", wrap=True)
        self.key = BackupKeyForm(self.context.bridge)
        self.plain = Banner(TURNS_PLAIN, "late")
        self.agree = QCheckBox(AGREE)
        self.facts = KeyValue()
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for part in (self.key, self.plain, self.agree):
            part.hide()
        self._place()
        self.buttons.insertWidget(0, button("&Berkas lain…", "", "folder", self.ask_file))
        self.add_button("&Batal", "", self.reject)
        self.go = self.add_button("&Pulihkan", "danger", self._go)
        self.finish_layout()
        self.form.value_changed.connect(self._on_chosen)
        self.key.opened.connect(lambda: self._read(self._source))
        self.agree.toggled.connect(self.go.setEnabled)

    def _place(self) -> None:
        """Put what is read into a part that scrolls, so that the buttons stay in sight on a small screen."""
        self.area = ScrollBody()
        column = self.area.layout_of_content
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(14)
        hint = label(_SAVED_FIRST, role="hint", wrap=True)
        for part in (self.form, self.told, self.key, self.plain, self.agree, self.facts, hint):
            column.addWidget(part)
        self.outer.addWidget(self.area, 1)

    def _fit(self) -> None:
        """Give what is read all the height it wants, as far as the screen has it."""
        layout = self.area.content.layout()
        assert layout is not None
        layout.activate()
        wanted = layout.totalHeightForWidth(self.area.viewport().width())
        self.area.setMinimumHeight(min(wanted, round(self.screen().availableGeometry().height() * _MOST_READ)))
        self.fit_to_screen()

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
        self.agree.setChecked(False)
        self._read(source)

    def _read(self, source: Path | None) -> None:
        self.go.setEnabled(False)
        self.facts.set([])
        for part in (self.key, self.plain, self.agree):
            part.hide()
        self.told.setText(_NONE if source is None else _LOOKING)
        if source is not None:
            desk = self._desk()
            self.context.bridge.task(
                self,
                lambda _progress: desk.preview_restore(source),
                partial(self._shown, source),
                partial(self._refused, source),
            )

    def _shown(self, source: Path, found: Any) -> None:
        if source == self._source:
            self.told.setText(_summary(found))
            self.facts.set(_lines(found))
            for part in (self.plain, self.agree):
                part.setVisible(found.turns_plain)
            self.go.setEnabled(not found.turns_plain)
            self._fit()

    def _refused(self, source: Path, error: DeskError) -> None:
        if source != self._source:
            return
        locked = error.code == "backup_locked"
        self.told.setText(_OPEN_FIRST if locked else error.sentence)
        if locked:
            self.key.ask(source)
        self._fit()

    def ask_file(self) -> None:
        """Ask for a backup on another disk."""
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
        source, plain = self._source, self.agree.isChecked()
        self.accept()
        self._restore(source, plain)


def _line(backup: Any) -> str:
    return f"{moment_words(backup.made_at)} · {backup.how}"


def _summary(found: Any) -> str:
    """Return in a sentence what would be lost and won."""
    parts = [f"Cadangan dibuat {_moment(found.made_at)}."]
    if found.encrypted and not found.encrypted_here:
        parts.append(TURNS_ENCRYPTED)
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
