"""Pengaturan, Pejabat penanda tangan: who signs which letters, and when."""

from __future__ import annotations

from typing import Any

from asn_desk import wording
from asn_desk.office import queries, service
from asn_desk.office.queries import OfficialRow
from asn_desk.office.terms import Capacity, Letterhead, OfficialRole
from ui.shared.basics import button
from ui.shared.dialogs import CommandDialog, confirm
from ui.shared.fields import Field
from ui.shared.filters import Choice
from ui.shared.forms import FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import Panel
from ui.shared.tables.columns import NIP_ROOM, Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable

ROLES = {
    OfficialRole.KEPALA_DAERAH: "Kepala daerah",
    OfficialRole.WAKIL_KEPALA_DAERAH: "Wakil kepala daerah",
    OfficialRole.SEKDA: "Sekretaris daerah",
    OfficialRole.KEPALA_PERANGKAT_DAERAH: "Kepala perangkat daerah",
    OfficialRole.PEJABAT_LAIN: "Pejabat lain",
}
CAPACITIES = {
    Capacity.DEFINITIF: "Definitif",
    Capacity.PJ: "Penjabat (Pj.)",
    Capacity.PLT: "Pelaksana tugas (Plt.)",
    Capacity.PLH: "Pelaksana harian (Plh.)",
}
LETTERHEADS = {
    Letterhead.KEPALA_DAERAH: "Kop kepala daerah",
    Letterhead.SEKRETARIAT_DAERAH: "Kop sekretariat daerah",
    Letterhead.PERANGKAT_DAERAH: "Kop perangkat daerah",
}


def _period(row: OfficialRow) -> str:
    if row.signs_from is None and row.signs_until is None:
        return "tanpa batas waktu"
    begin = wording.short_date(row.signs_from) if row.signs_from else "…"
    return f"{begin} – {wording.short_date(row.signs_until) if row.signs_until else 'sekarang'}"


COLUMNS = [
    Column(
        "name",
        "Pejabat",
        text=lambda row: row.full_name,
        secondary=lambda row: wording.grouped_nip(row.nip) if row.nip else "",
        width=220,
        least=NIP_ROOM,
    ),
    Column(
        "post",
        "Jabatan",
        text=lambda row: row.post,
        secondary=lambda row: f"{ROLES[row.role]} · {CAPACITIES[row.capacity]}",
        width=240,
    ),
    Column("head", "Kop surat", text=lambda row: LETTERHEADS[row.letterhead], width=170, least=164),
    Column("period", "Berlaku", text=_period, width=150, least=138),
]


def _choices(words: dict[Any, str]) -> list[Choice]:
    return [Choice(value, text) for value, text in words.items()]


def official_fields() -> list[Field]:
    """Return the fields of `SaveOfficial`."""
    return [
        Field("role", "Peran", "choice", required=True, choices=_choices(ROLES), width="half"),
        Field("capacity", "Kedudukan", "choice", required=True, choices=_choices(CAPACITIES), width="half"),
        Field("post", "Jabatan", required=True, help="Seperti pada blok tanda tangan, tanpa Plt. atau a.n."),
        Field("title_front", "Gelar depan", width="half"),
        Field("title_back", "Gelar belakang", width="half"),
        Field("name", "Nama tanpa gelar", required=True),
        Field("nip", "NIP", width="half"),
        Field("rank", "Pangkat/golongan", width="half", placeholder="Pembina Utama Muda (IV/c)"),
        Field("letterhead", "Kop surat", "choice", required=True, choices=_choices(LETTERHEADS)),
        Field("signs_from", "Berlaku mulai", "date", width="half"),
        Field("signs_until", "Berlaku sampai", "date", width="half"),
        Field("note", "Catatan", "multiline", rows=2),
    ]


class OfficialsSection(Panel):
    """The list of officials with add, change and remove."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Pejabat penanda tangan", padding=0)
        self.context = context
        self._build()

    def _build(self) -> None:
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="officials", settings_file=self.context.settings_file)
        self.table.set_empty_state(
            "stamp",
            "Belum ada pejabat",
            "Surat memerlukan nama dan jabatan penanda tangan.",
            "Tambah pejabat",
            self._add,
        )
        self.table.add_action("Ubah", self._edit_current, "pencil")
        self.table.add_action("Hapus", self._remove_current, "trash")
        self.table.row_activated.connect(self._edit)
        self.add_title_widget(button("&Tambah pejabat", "", "plus", self._add))
        self.body.addWidget(self.table, 1)

    def reload(self) -> None:
        """Read the list anew."""
        self.context.bridge.read(self, queries.officials, self.model.set_rows)

    def _add(self) -> None:
        self._open("Tambah pejabat", None)

    def _edit_current(self) -> None:
        if (current := self.table.current_id()) is not None:
            self._edit(current)

    def _edit(self, official_id: object) -> None:
        row = next((row for row in self.model.rows if row.id == official_id), None)
        if row is not None:
            self._open("Ubah pejabat", row)

    def _open(self, title: str, row: OfficialRow | None) -> None:
        form = FormWidget(official_fields())
        names = [field.key for field in official_fields()]
        if row is not None:
            form.set_values({name: getattr(row, name) for name in names})
        key: dict[str, Any] = {"id": row.id, "version": row.version} if row else {}

        def submit(values: dict[str, Any]) -> None:
            command = service.SaveOfficial(**values, **key)
            dialog.write(self.context.bridge, lambda session: service.save_official(session, command), self._saved)

        dialog = CommandDialog(title, form, submit, self)
        dialog.open()

    def _saved(self, _outcome: object) -> None:
        self.context.toast("Data pejabat tersimpan.", None)

    def _remove_current(self) -> None:
        row = next((row for row in self.model.rows if row.id == self.table.current_id()), None)
        if row is not None:
            text = f"{row.full_name} tidak lagi tersedia sebagai penanda tangan. Surat yang sudah terbit tidak berubah."
            confirm(self, "Hapus pejabat?", text, "Hapus", lambda: self._remove(row))

    def _remove(self, row: OfficialRow) -> None:
        self.context.bridge.write(self, lambda session: service.remove_official(session, row.id, row.version))
