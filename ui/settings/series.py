"""Pengaturan, Nomor surat: the series of letter numbers and their patterns."""

from __future__ import annotations

from typing import Any

from asn_desk.letters import queries
from asn_desk.letters.numbers import numbering
from asn_desk.letters.terms import InsertStyle
from ui.shared.basics import button
from ui.shared.dialogs import CommandDialog
from ui.shared.fields import Field
from ui.shared.filters import Choice
from ui.shared.forms import FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import Panel
from ui.shared.tables.columns import Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable

TOKENS = ", ".join(f"{{{token}}}" for token in numbering.TOKENS)
COLUMNS = [
    Column("title", "Seri", text=lambda row: row.title, secondary=lambda row: f"kode seri {row.code}", width=260),
    Column("pattern", "Pola", text=lambda row: row.pattern, width=260),
    Column("next", "Nomor berikutnya", text=lambda row: row.next_number, width=240),
]


def series_fields(*, new: bool) -> list[Field]:
    """Return the fields of `SaveSeries`; the code of a series that exists stays."""
    return [
        Field("code", "Kode seri", required=True, width="half", enabled=new),
        Field("title", "Nama seri", required=True, width="half"),
        Field("pattern", "Pola nomor", required=True, help=f"Isian yang dikenal: {TOKENS}"),
        Field("classification", "Kode klasifikasi", width="half", help="Untuk {kode}; jenis surat dapat menggantinya."),
        Field("unit_code", "Kode unit", width="half", help="Untuk {unit}, misalnya BKPSDM."),
        Field("prefix", "Prefiks", width="half", help="Untuk {prefiks}, misalnya B/."),
        Field(
            "padding",
            "Jumlah angka nomor urut",
            "int",
            required=True,
            width="half",
            minimum=1,
            maximum=numbering.MAX_PADDING,
        ),
        Field(
            "insert_style",
            "Nomor sisipan",
            "choice",
            required=True,
            width="half",
            choices=[Choice(style, f"seperti {style.value}") for style in InsertStyle],
            help="Untuk surat bertanggal mundur, di belakang nomor 12.",
        ),
    ]


class SeriesSection(Panel):
    """The list of series with add and change."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Seri nomor surat", padding=0)
        self.context = context
        self._build()

    def _build(self) -> None:
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="series", settings_file=self.context.settings_file)
        self.table.set_empty_state(
            "list", "Belum ada seri nomor", "Isi identitas kantor dahulu; seri bawaan dibuat otomatis."
        )
        self.table.add_action("Ubah", self._edit, "pencil")
        self.table.row_activated.connect(lambda _series_id: self._edit())
        self.add_title_widget(button("&Tambah seri", "", "plus", lambda: self._open("Tambah seri nomor", None)))
        self.body.addWidget(self.table, 1)

    def reload(self) -> None:
        """Read the list anew; the next number is that of a letter dated today."""
        day = self.context.today()
        self.context.bridge.read(self, lambda session: queries.series_rows(session, day), self.model.set_rows)

    def _edit(self) -> None:
        row = next((row for row in self.model.rows if row.id == self.table.current_id()), None)
        if row is not None:
            self._open("Ubah seri nomor", row)

    def _open(self, title: str, row: Any | None) -> None:
        fields = series_fields(new=row is None)
        form = FormWidget(fields)
        start: dict[str, Any] = {
            "pattern": "{kode}/{urut}/{unit}/{tahun}",
            "padding": 1,
            "insert_style": InsertStyle.LOWER,
        }
        form.set_values(start if row is None else {field.key: getattr(row, field.key) for field in fields})
        version = 0 if row is None else row.version

        def submit(values: dict[str, Any]) -> None:
            command = numbering.SaveSeries(**values, version=version)
            dialog.write(self.context.bridge, lambda session: numbering.save_series(session, command), self._saved)

        dialog = CommandDialog(title, form, submit, self)
        dialog.open()

    def _saved(self, _outcome: object) -> None:
        self.context.toast("Seri nomor tersimpan. Nomor yang sudah terpakai tidak berubah.", None)
