"""Bukti: minutes, photographs and other files kept with a circular; a wrong one is withdrawn with its reason, never erased."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.circulars import chasing, service
from asn_desk.circulars.chasing import AttachEvidence, EvidenceRow
from asn_desk.circulars.queries import CircularRow, UnitProgress
from asn_desk.circulars.terms import EvidenceKind
from asn_desk.errors import EnvironmentProblem
from asn_desk.wording import short_date
from ui.shared.dialogs import CommandDialog
from ui.shared.documents.picture import PictureDialog
from ui.shared.forms import Choice, Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.rights import only_with
from ui.shared.tables.columns import Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import ActionBar, Chip, button

KIND_WORDS = {
    EvidenceKind.MINUTES: "Berita acara", EvidenceKind.PHOTO: "Foto", EvidenceKind.OTHER: "Berkas lain",
}  # fmt: skip
_FILES = "Berita acara atau foto (*.pdf *.png *.jpg *.jpeg)"


def _state(row: EvidenceRow) -> Chip:
    return Chip("Ditarik", "neutral", "undo") if row.withdrawn_reason else Chip("Tersimpan", "done")


def _note(row: EvidenceRow) -> str:
    return f"Ditarik: {row.withdrawn_reason}" if row.withdrawn_reason else row.note or f"oleh {row.recorded_by}"


COLUMNS = [
    Column(
        "kind", "Berkas", text=lambda row: f"{KIND_WORDS[row.kind]}, {short_date(row.held_on)}",
        secondary=lambda row: row.file_name, width=240,
    ),
    Column("opd", "OPD", text=lambda row: row.opd or "Seluruh kantor", secondary=_note, width=230),
    Column("state", "Status", chip=_state, width=130),
]  # fmt: skip


class EvidenceView(QWidget):
    """The files of a version, with adding, looking at and withdrawing them."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._circular: CircularRow | None = None
        self._units: Sequence[UnitProgress] = ()
        self._build()

    def show_version(self, circular: CircularRow, units: Sequence[UnitProgress]) -> None:
        """Read the files of this version."""
        self._circular, self._units = circular, units
        self._context.bridge.read(
            self, lambda session: chasing.evidence_of(session, circular.version_id), self.model.set_rows
        )

    def _build(self) -> None:
        self.add_button = button("Tambah &berkas…", "", "plus", self._attach)
        self.model = RowsModel(COLUMNS, parent=self)
        self.table = RecordTable(self.model, name="circular_evidence", settings_file=self._context.settings_file)
        self.table.set_empty_state(
            "document", "Belum ada berkas bukti", "Simpan berita acara ikrar, foto penandatanganan, atau berkas lain."
        )
        self.table.add_action("Lihat", self._look, "search")
        withdraw = self.table.add_action("Tarik berkas…", self._withdraw, "undo")
        only_with(self._context.may, Action.ACKNOWLEDGE, self.add_button, withdraw)
        self.table.row_activated.connect(lambda _id: self._look())
        bar = QVBoxLayout()
        bar.setContentsMargins(16, 10, 16, 8)
        bar.addWidget(ActionBar(self.add_button))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.table, 1)

    def _current(self) -> EvidenceRow | None:
        row = self.model.row_at(self.table.currentIndex()) if self.table.currentIndex().isValid() else None
        return row if isinstance(row, EvidenceRow) else None

    def _attach(self) -> None:
        circular = self._circular
        if circular is None:
            return
        form = FormWidget(_fields(self._units))
        form.set_values({"kind": EvidenceKind.MINUTES, "held_on": self._context.today(), "opd_id": None})

        def submit(values: dict[str, Any]) -> None:
            path: Path = values.pop("file")
            version_id = circular.version_id
            dialog.write(
                self._context.bridge,
                lambda session: service.attach_evidence(
                    session, AttachEvidence(version_id, file_name=path.name, content=_content(path), **values)
                ),
                lambda _outcome: self._context.toast("Berkas bukti tersimpan.", None),
            )

        dialog = CommandDialog("Tambah berkas bukti", form, submit, self, intro=circular.subject, confirm="&Simpan")
        dialog.open()

    def _look(self) -> None:
        row = self._current()
        if row is not None:
            sha256 = row.file_sha256
            title = f"{KIND_WORDS[row.kind]}: {row.file_name}"
            self._context.bridge.read(self, partial(_picture, sha256), partial(self._show_picture, title))

    def _show_picture(self, title: str, picture: bytes) -> None:
        PictureDialog(title, picture, self).open()

    def _withdraw(self) -> None:
        row = self._current()
        if row is None or row.withdrawn_reason:
            return
        form = FormWidget([Field("reason", "Alasan", required=True, placeholder="mis. berkas kegiatan lain")])

        def submit(values: dict[str, Any]) -> None:
            dialog.write(
                self._context.bridge,
                lambda session: service.withdraw_evidence(session, row.id, values["reason"]),
                lambda _outcome: self._context.toast("Berkas ditarik.", None),
            )

        intro = f"{row.file_name} tetap tersimpan bersama alasannya, tetapi tidak lagi dihitung sebagai bukti."
        dialog = CommandDialog("Tarik berkas", form, submit, self, intro=intro, confirm="&Tarik", danger=True)
        dialog.open()


def _picture(sha256: str, session: Any) -> bytes:
    from asn_desk.circulars.scanning.queries import evidence_picture

    return evidence_picture(session, sha256, 1, 110)


def _content(path: Path) -> bytes:
    """Read the chosen file; on the writing thread, so that a slow stick does not hold the window."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(
            "file_unreadable", f"Berkas {path.name} tidak dapat dibaca. Periksa berkas atau cakramnya, lalu ulangi.",
            fields={"file": "Berkas ini tidak dapat dibaca."},
        ) from error  # fmt: skip


def _fields(units: Sequence[UnitProgress]) -> list[Field]:
    opds = [Choice(unit.opd_id, unit.name) for unit in sorted(units, key=lambda unit: unit.name) if unit.opd_id]
    return [
        Field("kind", "Jenis", "choice", choices=[Choice(one, KIND_WORDS[one]) for one in EvidenceKind], required=True),
        Field("file", "Berkas", "file", required=True, file_filter=_FILES),
        Field("opd_id", "OPD", "choice", choices=[Choice(None, "Seluruh kantor"), *opds]),
        Field("held_on", "Tanggal kegiatan", "date", required=True, width="half"),
        Field("note", "Keterangan"),
    ]
