"""What a return file would record, before anything is recorded: new marks, those known, conflicts and altered cells by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.circulars.queries import CircularRow
from asn_desk.errors import DeskError
from asn_desk.wording import grouped_nip, number
from ui.shared.dialogs import BaseDialog
from ui.shared.page import PageContext
from ui.shared.tables.columns import NIP_ROOM, Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import Banner, Chip, label


class PlanLine:
    """One row of the file with what becomes of it."""

    def __init__(self, row: Any, chip: Chip) -> None:
        self.row, self.chip = row, chip


_COLUMNS = [
    Column("what", "Hasil", chip=lambda line: line.chip, width=130),
    Column(
        "who", "Pegawai", text=lambda line: line.row.person or f"Sel {line.row.cell}",
        secondary=lambda line: grouped_nip(line.row.number), width=230, least=NIP_ROOM,
    ),
    Column("why", "Keterangan", text=lambda line: line.row.sentence, width=330),
]  # fmt: skip


def plan_lines(plan: Any) -> list[PlanLine]:
    """Return the file's rows, what needs the clerk first."""
    groups = (
        (plan.problems, Chip("Ditolak", "late")),
        (plan.conflicts, Chip("Bertentangan", "near")),
        (plan.new, Chip("Baru", "done")),
        (plan.same, Chip("Sudah dicatat", "neutral")),
    )
    return [PlanLine(row, chip) for rows, chip in groups for row in rows]


class ReturnDialog(BaseDialog):
    """Shows the plan; `Catat` records the new marks only."""

    def __init__(self, context: PageContext, parent: QWidget, circular: CircularRow, path: Path, plan: Any) -> None:
        super().__init__("Berkas balasan", parent, 860)
        self._context, self._circular, self._path, self._plan = context, circular, path, plan
        self.outer.addWidget(label(f"Berkas balasan: {plan.opd}", role="name"))
        self.outer.addWidget(label(f"{path.name} · {_words(plan)}", role="secondary"))
        self.problem = Banner("", "late")
        self.problem.hide()
        self.outer.addWidget(self.problem)
        if plan.conflicts or plan.problems:
            note = "Yang bertentangan atau ditolak tidak mengubah apa pun. Periksa satu per satu dengan OPD-nya."
            self.outer.addWidget(Banner(note, "near"))
        model = RowsModel(_COLUMNS, plan_lines(plan), parent=self)
        self.table = RecordTable(model, name="return_file", settings_file=context.settings_file)
        self.table.set_empty_state("check", "Tidak ada isian", "OPD ini belum mengisi satu tanda terima pun.")
        self.outer.addWidget(self.table, 1)
        self.add_button("&Tutup", on_click=self.reject)
        self.take_button = self.add_button(f"&Catat {number(len(plan.new))} tanda terima", "primary", self._take)
        self.take_button.setEnabled(bool(plan.new))
        self.finish_layout()
        self.resize(self.width(), min(620, round(self.screen().availableGeometry().height() * 0.84)))

    def _take(self) -> None:
        path, circular_id = self._path, self._circular.id

        def work(session: Any) -> Any:
            from asn_desk.circulars.return_files.returns import Expected, take_return

            return take_return(session, path, Expected(circular_id=circular_id))

        self.take_button.setEnabled(False)
        self._context.bridge.write(self, work, self._done, self._refuse)

    def _done(self, outcome: Any) -> None:
        self.accept()
        self._context.toast(f"{number(len(outcome.value.new))} tanda terima dicatat dari berkas balasan.", None)

    def _refuse(self, error: DeskError) -> None:
        self.problem.set_text(error.sentence)
        self.problem.show()


def _words(plan: Any) -> str:
    counts = (
        (len(plan.new), "baru"), (len(plan.same), "sudah dicatat"), (len(plan.conflicts), "bertentangan"),
        (len(plan.problems), "ditolak"), (_count(plan.blank), "belum diisi"),
    )  # fmt: skip
    return ", ".join(f"{number(count)} {word}" for count, word in counts if count) or "tanpa isian"


def _count(blank: Any) -> int:
    return blank if isinstance(blank, int) else len(blank)
