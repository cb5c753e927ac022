"""The first start of an empty office: who we are, who works here, and three ways to go on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from asn_desk.errors import DeskError
from asn_desk.letters.numbers import numbering
from asn_desk.office import queries, service
from asn_desk.office.queries import OfficeIdentity
from asn_desk.topics import Topic
from ui.settings.backup_restore import begin_restore
from ui.settings.identity_form import identity_fields, identity_from, picture
from ui.shared.basics import button, label
from ui.shared.chips import Chip, StatusChip
from ui.shared.fields import Field
from ui.shared.forms import FormWidget
from ui.shared.page import Page, PageContext
from ui.shared.panels import Banner, Panel, ScrollBody

STEPS = (
    (
        "1  Isi identitas kantor",
        "Nama pemerintah daerah, perangkat daerah, alamat, dan nama Anda. Dipakai di kop surat.",
    ),
    ("2  Impor pegawai", "Berkas ekspor SIASN (xlsx, xls, csv). Sebelum disimpan, rencananya ditampilkan dahulu."),
    ("3  Tambah pejabat penanda tangan", "Di Pengaturan: wali kota, sekretaris daerah, kepala BKPSDM."),
)
PRACTICE = (
    "Belum ingin mulai? Kantor contoh berisi 1.100 pegawai rekaan pada tanggal simulasi 9 September 2024. "
    "Datanya terpisah dan suratnya bertanda CONTOH."
)
MOVED = (
    "Kantor ini sudah memakai ASN Desk di komputer lain? Pilih berkas cadangannya, misalnya di diska USB. Isian di sebelah "
    "tidak perlu diisi."
)
WELCOME = "Selamat datang di ASN Desk"


def set_up(session: Any, command: service.SetUpOffice) -> str:
    """Enter the office, its first operator and the default number series; return the operator's name."""
    service.set_up_office(session, command)
    numbering.ensure_default_series(session, command.identity.agency_short)
    return command.operator


class FirstStartPage(Page):
    """Asks for the office's identity and the first operator; shown until they are given."""

    title = "Memulai"
    topics = frozenset({Topic.OFFICE})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._build()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._form_panel(), 3)
        row.addWidget(self._steps_panel(), 2)
        self.body.addLayout(row)

    def _form_panel(self) -> Panel:
        panel = Panel(WELCOME)
        panel.body.setSpacing(12)
        operator = Field(
            "operator",
            "Nama Anda",
            required=True,
            help="Dicatat pada setiap perubahan. Pengguna lain dapat ditambah nanti.",
        )
        self.form = FormWidget([operator, *identity_fields()])
        self.banner = Banner("", "late")
        self.banner.hide()
        self.save_button = button("&Simpan dan mulai", "primary", "check", self._save)
        area = ScrollBody()
        area.layout_of_content.setContentsMargins(0, 0, 10, 0)
        area.layout_of_content.addWidget(self.form)
        panel.body.addWidget(self.banner)
        panel.body.addWidget(area, 1)
        panel.body.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        return panel

    def _steps_panel(self) -> ScrollBody:
        area = ScrollBody()
        column = area.layout_of_content
        column.setSpacing(16)
        steps = Panel("Tiga langkah awal")
        for title, text in STEPS:
            steps.body.addWidget(label(title, role="strong"))
            steps.body.addWidget(label(text, role="secondary"))
            steps.body.addSpacing(6)
        column.addWidget(steps)
        column.addWidget(self._moved_panel())
        column.addWidget(self._practice_panel())
        return area

    def _moved_panel(self) -> Panel:
        moved = Panel("Pindah dari komputer lain")
        moved.body.addWidget(label(MOVED, role="secondary"))
        bringing = button("Pulihkan dari &cadangan…", "", "history", self._bring_back)
        moved.body.addWidget(bringing, 0, Qt.AlignmentFlag.AlignLeft)
        return moved

    def _bring_back(self) -> None:
        """Ask for the backup at once: on a new computer none is known yet."""
        begin_restore(self, self.context).ask_file()

    def _practice_panel(self) -> Panel:
        practice = Panel("Coba dahulu dengan data contoh")
        practice.body.addWidget(StatusChip(Chip("mode latihan", "coming")), 0, Qt.AlignmentFlag.AlignLeft)
        practice.body.addWidget(label(PRACTICE, role="secondary"))
        opening = button("&Buka kantor contoh", "", "graduation", self.context.enter_practice)
        practice.body.addWidget(opening, 0, Qt.AlignmentFlag.AlignLeft)
        return practice

    def reload(self) -> None:
        """Leave for Beranda once the office is known."""
        self.bridge.read(self, queries.office, self._leave_when_known)

    def _leave_when_known(self, office: OfficeIdentity | None) -> None:
        if office is not None:
            self.context.navigate("home", None)

    def _save(self) -> None:
        self.banner.hide()
        values = self.form.values()
        if problems := self.form.missing():
            self.form.set_errors(problems)
            return
        try:
            command = service.SetUpOffice(
                identity_from(values),
                values["operator"],
                logo=picture(values, "logo"),
                emblem=picture(values, "emblem"),
            )
        except DeskError as error:
            self._refuse(error)
            return
        self.save_button.setEnabled(False)
        self.bridge.write(self, lambda session: set_up(session, command), self._saved, self._refuse)

    def _saved(self, outcome: Any) -> None:
        self.form.mark_clean()
        self.context.work_as(outcome.value)

    def _refuse(self, error: DeskError) -> None:
        self.save_button.setEnabled(True)
        loose = self.form.set_errors(error.fields)
        self.banner.set_text(" ".join(loose) if error.fields else error.sentence)
        self.banner.setVisible(bool(loose) or not error.fields)
