"""After publishing: bring the audience up to date, take single people in or out, hand slips over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.circulars import service
from asn_desk.circulars.queries import CircularRow, RecipientFilter, RecipientRow, UnitProgress
from asn_desk.circulars.service import RefreshPlan
from asn_desk.employees import queries as employees
from asn_desk.errors import DeskError
from asn_desk.wording import grouped_nip, number
from ui.shared.dialogs import BaseDialog, CommandDialog, show_info
from ui.shared.forms import Choice, Field, FormWidget, PersonHit, person_search
from ui.shared.page import PageContext
from ui.shared.tables.columns import NIP_ROOM, Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import Banner, Chip, label

Told = Callable[[str], None]


class PlanRow:
    """One line of the plan as the table shows it."""

    def __init__(self, chip: Chip, name: str, number_: str, where: str) -> None:
        self.chip, self.name, self.number, self.where = chip, name, number_, where


_COLUMNS = [
    Column("what", "Perubahan", chip=lambda row: row.chip, width=120),
    Column(
        "who",
        "Pegawai",
        text=lambda row: row.name,
        secondary=lambda row: grouped_nip(row.number),
        width=230,
        least=NIP_ROOM,
    ),
    Column("where", "Keterangan", text=lambda row: row.where, width=300),
]


def plan_rows(plan: RefreshPlan) -> list[PlanRow]:
    """Return the plan line by line: who joins, who leaves, who moved."""
    return [
        *(PlanRow(Chip("Masuk", "coming"), one.name, one.number, one.opd) for one in plan.joiners),
        *(PlanRow(Chip("Keluar", "neutral"), one.name, one.number, one.reason) for one in plan.leavers),
        *(PlanRow(Chip("Pindah", "near"), one.name, one.number, f"{one.before} → {one.after}") for one in plan.movers),
    ]


class RefreshDialog(BaseDialog):
    """Shows what would change, and does it when the clerk says so."""

    def __init__(self, context: PageContext, parent: QWidget, plan: RefreshPlan, told: Told) -> None:
        super().__init__("Segarkan sasaran", parent, 780)
        self._context, self._plan, self._told = context, plan, told
        self.outer.addWidget(label("Segarkan sasaran", role="name"))
        self.outer.addWidget(label(_plan_words(plan), role="secondary"))
        self.problem = Banner("", "late")
        self.problem.hide()
        self.outer.addWidget(self.problem)
        if plan.to_check:
            note = f"{number(plan.to_check)} penerima berstatus “perlu dicek” di halaman Pegawai; mereka tidak diubah."
            self.outer.addWidget(Banner(note, "near"))
        model = RowsModel(_COLUMNS, plan_rows(plan), parent=self)
        self.table = RecordTable(model, name="refresh_plan", settings_file=context.settings_file)
        self.outer.addWidget(self.table, 1)
        self.add_button("Batal", on_click=self.reject)
        self.apply_button = self.add_button("&Terapkan", "primary", self._apply)
        self.finish_layout()
        self.resize(self.width(), min(560, round(self.screen().availableGeometry().height() * 0.8)))

    def _apply(self) -> None:
        plan = self._plan
        self.apply_button.setEnabled(False)
        self._context.bridge.write(
            self, lambda session: service.refresh_audience(session, plan), lambda _outcome: self._done(), self._refuse
        )

    def _done(self) -> None:
        self.accept()
        self._told("Sasaran sudah sesuai data pegawai hari ini.")

    def _refuse(self, error: DeskError) -> None:
        self.problem.set_text(error.sentence)
        self.problem.show()


def _plan_words(plan: RefreshPlan) -> str:
    counts = f"{number(len(plan.joiners))} masuk, {number(len(plan.leavers))} keluar, {number(len(plan.movers))} pindah"
    return f"Dibandingkan dengan data pegawai hari ini: {counts}. Yang sudah menandatangani tidak diubah."


def open_refresh(context: PageContext, parent: QWidget, circular: CircularRow, told: Told) -> None:
    """Work out the plan and show it; with nothing to do the clerk is told so."""

    def show(plan: RefreshPlan) -> None:
        if plan.nothing_to_do:
            show_info(parent, "Sasaran sudah sesuai", "Tidak ada pegawai yang masuk, keluar, atau pindah sejak terbit.")
        else:
            RefreshDialog(context, parent, plan, told).open()

    context.bridge.read(parent, lambda session: service.plan_refresh(session, circular.id), show)


def find_people(session: Any, text: str) -> Sequence[PersonHit]:
    """Return people for the picker."""
    found = employees.search(session, text)
    return [
        PersonHit(row.id, row.name, " · ".join(part for part in (grouped_nip(row.number), row.post) if part))
        for row in found
    ]


def add_person(context: PageContext, parent: QWidget, circular: CircularRow, told: Told) -> CommandDialog:
    """Take one person in, with a reason."""
    search = person_search(context.bridge, parent, find_people)
    form = FormWidget(
        [
            Field("employee_id", "Pegawai", "person", required=True, search=search),
            Field("reason", "Alasan", required=True, placeholder="mis. pegawai titipan dari provinsi"),
        ]
    )

    def submit(values: dict[str, Any]) -> None:
        dialog.write(
            context.bridge,
            lambda session: service.add_people(session, circular.id, [values["employee_id"]], values["reason"]),
            lambda outcome: told("Penerima ditambahkan." if outcome.value else "Pegawai ini sudah menjadi penerima."),
        )

    dialog = CommandDialog("Tambah penerima", form, submit, parent, intro=circular.subject, confirm="&Tambahkan")
    dialog.open()
    return dialog


def remove_person(context: PageContext, parent: QWidget, person: RecipientRow, told: Told) -> CommandDialog:
    """Put one person out, with a reason; the row stays on record as closed."""
    form = FormWidget([Field("reason", "Alasan", required=True, placeholder="mis. pensiun 1 September 2024")])

    def submit(values: dict[str, Any]) -> None:
        dialog.write(
            context.bridge,
            lambda session: service.remove_person(session, person.id, values["reason"]),
            lambda _outcome: told("Dikeluarkan dari daftar penerima."),
        )

    intro = f"{person.name} · {grouped_nip(person.number)}\nTidak ditagih lagi; catatannya tetap tersimpan."
    dialog = CommandDialog(
        "Keluarkan penerima", form, submit, parent, intro=intro, confirm="&Keluarkan", danger=True
    )  # fmt: skip
    dialog.open()
    return dialog


def hand_over(
    context: PageContext, parent: QWidget, circular: CircularRow, units: Sequence[UnitProgress], told: Told
) -> CommandDialog:
    """Record that the slips of an OPD, or of all, were handed over: how, by whom, when."""
    opds = [Choice(unit.opd_id, unit.name) for unit in sorted(units, key=lambda unit: unit.name) if unit.opd_id]
    form = FormWidget(
        [
            Field("opd_id", "OPD", "choice", choices=[Choice(None, "Semua OPD"), *opds]),
            Field("note", "Cara penyerahan", required=True, placeholder="mis. langsung kepada kepala subbagian umum"),
            Field("party", "Diserahkan oleh", required=True, placeholder="nama dan jabatan"),
            Field("on", "Tanggal", "date", required=True, width="half"),
        ]
    )
    form.set_values({"opd_id": None, "on": context.today()})

    def submit(values: dict[str, Any]) -> None:
        opd_ids = () if values["opd_id"] is None else (values["opd_id"],)
        wanted = RecipientFilter(circular.version_id, opd_ids=opd_ids)
        dialog.write(
            context.bridge,
            lambda session: service.hand_over(session, wanted, values["note"], values["party"], values["on"]),
            lambda outcome: told(f"{number(outcome.value)} lembar dicatat diserahkan."),
        )

    intro = "Dicatat bagi setiap penerima yang belum memberi jawaban."
    dialog = CommandDialog("Catat penyerahan lembar", form, submit, parent, intro=intro, confirm="&Catat")
    dialog.open()
    return dialog
