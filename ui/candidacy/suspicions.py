"""Dugaan: unproven reports, apart from every file, until a named approver links one to a file or puts it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.candidacy import queries, suspicion
from asn_desk.candidacy.suspicion import CODES, DismissSuspicion, LinkSuspicion, RecordSuspicion, SuspicionRow
from asn_desk.candidacy.terms import SuspicionState
from asn_desk.regulations.queries import packs_of
from asn_desk.wording import long_date, short_date
from ui.candidacy.choices import find_people
from ui.candidacy.record import read_evidence
from ui.shared.chips import Chip, Kind
from ui.shared.dialogs import BaseDialog, CommandDialog
from ui.shared.documents.paper import PaperDialog
from ui.shared.forms import Choice, Field, FormWidget, person_search
from ui.shared.page import PageContext
from ui.shared.panels import ActionBar
from ui.shared.tables.columns import NIP_ROOM, Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import Banner, button, label

_WIDTH = 900
_KINDS: dict[SuspicionState, Kind] = {SuspicionState.OPEN: "near", SuspicionState.LINKED: "late"}
_INTRO = (
    "Dilaporkan belum berarti terbukti: dugaan tidak tampil di kartu siapa pun dan tidak menimbulkan kewajiban "
    "sebelum pejabat yang berwenang mengaitkannya dengan alasan."
)


def _decision(row: SuspicionRow) -> str:
    if row.decided_at is None:
        return f"dicatat {row.recorded_by}"
    return f"{row.decided_by}, {long_date(row.decided_at.astimezone().date())}: {row.reason}"


COLUMNS = [
    Column("name", "Pegawai", text=lambda row: row.name, secondary=lambda row: row.nip, width=220, least=NIP_ROOM),
    Column("what", "Dugaan", text=lambda row: row.title, secondary=lambda row: row.account, width=260),
    Column(
        "from", "Diketahui", text=lambda row: short_date(row.noticed_on), secondary=lambda row: row.source, width=170
    ),
    Column(
        "state",
        "Keputusan",
        chip=lambda row: Chip(row.state_words, _KINDS.get(row.state, "neutral")),
        secondary=_decision,
        width=200,
    ),
]


class SuspicionsDialog(BaseDialog):
    """Lists the reports, with what may be done to the chosen one."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__("Dugaan", parent, _WIDTH)
        self._context = context
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="suspicions", settings_file=context.settings_file)
        self.table.set_empty_state("shield", "Tidak ada dugaan", "Laporan yang belum diputuskan tampil di sini.")
        self.decided = QCheckBox("Tampilkan juga yang sudah diputuskan")
        self._build()
        self.decided.toggled.connect(lambda _on: self.reload())
        self.table.current_changed.connect(lambda _id: self._offer())
        self.model.loaded.connect(lambda _count: self._offer())
        self.reload()

    def reload(self) -> None:
        """Read the reports."""
        everything = self.decided.isChecked()
        self._context.bridge.read(
            self, lambda session: suspicion.suspicions(session, with_decided=everything), self._show
        )

    @property
    def current(self) -> SuspicionRow | None:
        """Return the chosen report."""
        return next((row for row in self.model.rows if row.id == self.table.current_id()), None)

    def _build(self) -> None:
        self.outer.addWidget(label("Dugaan yang belum diputuskan", role="name"))
        self.outer.addWidget(Banner(_INTRO, "coming"))
        may_link = self._context.may(Action.LINK_SUSPICION)
        self.new_button = button("&Catat dugaan…", "", "plus", self._record)
        self.link_button = button("&Kaitkan dengan berkas…", "", "flag", self._link)
        self.dismiss_button = button("&Tidak terbukti…", "", "close", self._dismiss)
        self.scan_button = button("&Lihat bukti", "", "pdf", self._show_scan)
        for one in (self.link_button, self.dismiss_button):
            one.setVisible(may_link)
        self.outer.addWidget(
            ActionBar(self.new_button, self.link_button, self.dismiss_button, self.scan_button, trailing=[self.decided])
        )
        self.outer.addWidget(self.table, 1)
        self.add_button("T&utup", "primary", self.accept)
        self.finish_layout()
        room = self.screen().availableGeometry()
        self.resize(min(_WIDTH, room.width() - 40), round(room.height() * 0.8))

    def _show(self, rows: tuple[SuspicionRow, ...]) -> None:
        self.model.set_rows(rows)
        self.table.select_first()
        self._offer()

    def _offer(self) -> None:
        row = self.current
        is_open = row is not None and row.state is SuspicionState.OPEN
        self.link_button.setEnabled(is_open)
        self.dismiss_button.setEnabled(is_open)
        self.scan_button.setEnabled(row is not None and row.has_scan)

    def _record(self) -> None:
        RecordSuspicionDialog(self._context, self, self.reload).open()

    def _link(self) -> None:
        if self.current is not None:
            LinkDialog(self._context, self, self.current, self.reload).open()

    def _dismiss(self) -> None:
        if self.current is not None:
            DismissDialog(self._context, self, self.current, self.reload).open()

    def _show_scan(self) -> None:
        row, bridge = self.current, self._context.bridge
        if row is not None:
            bridge.read(
                self,
                lambda session: suspicion.suspicion_scan(session, row.id),
                lambda pdf: PaperDialog(row.title, bridge, pdf, self).open(),
            )


class RecordSuspicionDialog(CommandDialog):
    """Keeps a report."""

    def __init__(self, context: PageContext, parent: QWidget, done: Callable[[], None]) -> None:
        self._context, self._done = context, done
        form = FormWidget(
            [
                Field(
                    "employee_id",
                    "Pegawai yang dilaporkan",
                    "person",
                    required=True,
                    search=person_search(context.bridge, parent, find_people),
                ),
                Field("code", "Jenis dugaan", "choice", required=True),
                Field("noticed_on", "Diketahui tanggal", "date", required=True, width="half"),
                Field("source", "Dilaporkan oleh", required=True, width="half", placeholder="mis. Bawaslu Kota Contoh"),
                Field("account", "Apa yang dilaporkan", "multiline", rows=3, required=True),
                Field("evidence", "Bukti (PDF)", "file", file_filter="PDF (*.pdf)"),
            ]
        )
        super().__init__("Catat dugaan", form, self._keep, parent)
        form.set_values({"noticed_on": context.today()})
        context.bridge.read(self, read_codes, lambda choices: form.set_choices("code", choices))

    def _keep(self, values: dict[str, Any]) -> None:
        path = values.pop("evidence")

        def write(session: Any) -> object:
            evidence = read_evidence(path) if path is not None else None
            return suspicion.record_suspicion(session, RecordSuspicion(**values, evidence=evidence))

        self.write(self._context.bridge, write, lambda _outcome: self._done())


def read_codes(session: Any) -> list[Choice]:
    """Return what a report may be about."""
    events = packs_of(session).events
    return [Choice(code, events[code].title) for code in CODES if code in events]


def read_files(session: Any, employee_id: int) -> list[Choice]:
    """Return the open files of a person, with the version that goes back into the command."""
    ids = queries.files_of_employee(session, employee_id)
    found = [queries.declaration_detail(session, key) for key in ids]
    return [
        Choice((row.id, row.version), f"{row.office_name}, {row.election_title}")
        for row in found
        if row.closed_on is None
    ]


class LinkDialog(CommandDialog):
    """Answers for a report: it becomes an event of the person's file."""

    def __init__(self, context: PageContext, parent: QWidget, row: SuspicionRow, done: Callable[[], None]) -> None:
        self._context, self._row, self._done = context, row, done
        form = FormWidget(
            [
                Field(
                    "file", "Berkas pegawai itu", "choice", required=True, placeholder="Pegawai ini belum punya berkas"
                ),
                Field("reason", "Alasan", "multiline", rows=3, required=True, help="Tercatat dengan nama Anda."),
            ]
        )
        intro = f"{row.name}: {row.title}. Sesudah ini dugaan tampil di berkasnya."
        super().__init__("Kaitkan dugaan", form, self._link, parent, intro=intro, confirm="Kaitkan")
        context.bridge.read(
            self, lambda session: read_files(session, row.employee_id), lambda found: form.set_choices("file", found)
        )

    def _link(self, values: dict[str, Any]) -> None:
        file_id, version = values["file"]
        command = LinkSuspicion(self._row.id, self._row.version, file_id, version, values["reason"])
        self.write(
            self._context.bridge,
            lambda session: suspicion.link_suspicion(session, command),
            lambda _outcome: self._done(),
        )


class DismissDialog(CommandDialog):
    """Puts a report away as unfounded."""

    def __init__(self, context: PageContext, parent: QWidget, row: SuspicionRow, done: Callable[[], None]) -> None:
        self._context, self._row, self._done = context, row, done
        form = FormWidget([Field("reason", "Alasan", "multiline", rows=3, required=True)])
        intro = f"{row.name}: {row.title}. Dugaan ini tidak akan tampil di kartu siapa pun."
        super().__init__("Tidak terbukti", form, self._dismiss, parent, intro=intro, confirm="Simpan keputusan")

    def _dismiss(self, values: dict[str, Any]) -> None:
        command = DismissSuspicion(self._row.id, self._row.version, values["reason"])
        self.write(
            self._context.bridge,
            lambda session: suspicion.dismiss_suspicion(session, command),
            lambda _outcome: self._done(),
        )
