"""Paket aturan: which packs are in force, with version and fingerprint, and taking in one of the office's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.errors import DeskError
from asn_desk.regulations import packs, service
from asn_desk.regulations.packs import Library
from asn_desk.regulations.schema import LoadedPack
from asn_desk.regulations.service import AddPack
from asn_desk.wording import number
from ui.settings.rules_preview import StoryDialog
from ui.settings.rules_why import INTRO, changing, read_file, why_fields, why_of
from ui.shared.chips import Chip
from ui.shared.dialogs import CommandDialog
from ui.shared.forms import Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import Toolbar
from ui.shared.tables.columns import Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import button, label

_HASH_SHOWN = 12


def _chip(pack: LoadedPack) -> Chip | None:
    content = pack.content
    rows = (*content.rules, *content.retirement_ages, *content.retirement_starts, *content.pensions)
    doubtful = sum(row.doubtful for row in rows)
    if doubtful:
        return Chip(f"{doubtful} perlu diperiksa", "near", "scales")
    return Chip("bersumber", "done") if rows else None


def _contents(pack: LoadedPack) -> str:
    content = pack.content
    counts = (
        (content.rules, "aturan"),
        (content.retirement_ages, "BUP"),
        (content.calendars, "kalender"),
        (content.norms, "norma"),
    )
    return ", ".join(f"{number(len(rows))} {words}" for rows, words in counts if rows) or "sumber dan hari libur"


COLUMNS = [
    Column(
        "title",
        "Paket",
        text=lambda row: row.content.pack.title,
        secondary=lambda row: f"{row.id} · versi {row.content.pack.version} · sidik {row.sha256[:_HASH_SHOWN]}",
        width=320,
    ),
    Column("contents", "Isi", text=_contents, width=230),
    Column("mark", "Tanda", chip=_chip, width=170),
]


class PacksTab(QWidget):
    """The packs as a table."""

    def __init__(self, context: PageContext, changed: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._changed = context, changed
        self.add_button = button("&Tambah paket…", "primary", "plus", self.add)
        self.add_button.setVisible(context.may(Action.CHANGE_RULES))
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="rule_packs", settings_file=context.settings_file)
        self.table.set_empty_state("book", "Belum ada paket", "Paket aturan bawaan tidak terbaca.")
        hint = label("Paket kantor diperiksa sampai ke barisnya sebelum berlaku.", role="secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Toolbar(hint, trailing=[self.add_button]))
        column.addWidget(self.table, 1)

    def show_library(self, library: Library) -> None:
        """Show other packs."""
        self.model.set_rows(library.packs)

    def add(self) -> None:
        """Ask for a pack file."""
        PackDialog(self._context, self, self._changed).open()


class PackDialog(CommandDialog):
    """Takes in a pack file; its faults are listed with their places."""

    def __init__(self, context: PageContext, parent: QWidget, done: Callable[[], None]) -> None:
        self._context, self._done = context, done
        form = FormWidget(
            [
                Field("file", "Berkas paket (TOML)", "file", required=True, file_filter="Paket aturan (*.toml)"),
                *why_fields(),
            ]
        )
        super().__init__("Tambah paket aturan", form, self._save, parent, intro=INTRO)

    def _save(self, values: dict[str, Any]) -> None:
        path = values["file"]
        problems = packs.check_file(path) if path.is_file() else ()
        if problems:
            self.refuse(
                DeskError(
                    "rule_pack_invalid", f"{path.name}: {len(problems)} kesalahan.", fields={"file": str(problems[0])}
                )
            )
            StoryDialog(f"Kesalahan dalam {path.name}", [(row.place, _place(row)) for row in problems], self).open()
            return

        def write(session: Any) -> object:
            return service.add_pack(session, AddPack(read_file(path, "file"), why_of(values)))

        self.write(self._context.bridge, changing(write), lambda _outcome: self._done())


def _place(problem: Any) -> str:
    return f"baris {problem.line}: {problem.sentence}" if problem.line else problem.sentence
