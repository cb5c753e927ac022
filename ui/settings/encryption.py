"""Pengaturan, Keamanan: whether the office's data are encrypted, switching that on and off, and the recovery sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from asn_desk.errors import DeskError
from asn_desk.topics import Topic
from ui.settings.encryption_dialogs import PlainDialog, SheetDialog
from ui.shared.basics import button, label
from ui.shared.dialogs import show_info, show_refusal
from ui.shared.page import PageContext
from ui.shared.panels import ScrollPanel
from ui.shared.widgets import KeyValue

_INTRO = (
    "Dengan enkripsi, basis data, berkas tersimpan, dan cadangan tidak dapat dibaca oleh siapa pun yang mengambil komputer, "
    "diska, atau cadangannya. Data terbuka dengan kata sandi pengguna atau dengan lembar pemulihan. Surat yang dicetak atau "
    "disimpan ke folder lain tidak ikut terenkripsi."
)
_UNABLE = "Buatkan kata sandi sementara di bagian Pengguna, atau minta masuk satu kali selagi program terbuka."
_NEEDS = "Nyalakan akun dahulu pada bagian Pengguna: enkripsi dibuka dengan kata sandi pengguna."
_SERVER = "Data ini berada di server PostgreSQL; enkripsi diatur oleh pengelola server itu."
_DONE = (
    "Data kantor sekarang terenkripsi. Simpan lembar pemulihan di brankas dan hapus berkas PDF-nya. Pengguna lain perlu masuk "
    "satu kali selagi program terbuka, atau mendapat kata sandi sementara, agar dapat membuka data sendiri. Cadangan lama di "
    "diska lepas atau folder jaringan belum terenkripsi."
)


class EncryptionSection(ScrollPanel):
    """The state of the encryption, and what an administrator can do about it."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Keamanan")
        self.context = context
        self.facts = KeyValue()
        self.hint = label("", role="secondary")
        self.body.addWidget(label(_INTRO, role="secondary"))
        self.body.addWidget(self.facts)
        self.body.addWidget(self.hint)
        self._add_buttons()

    def _add_buttons(self) -> None:
        self.on_button = button("&Nyalakan enkripsi…", "primary", "lock", self._with_sheet)
        self.renew_button = button("&Ganti lembar pemulihan…", "", "lock", self._with_sheet)
        self.off_button = button("&Matikan enkripsi…", "danger", "lock", self._switch_off)
        row = QHBoxLayout()
        for entry in (self.on_button, self.renew_button, self.off_button):
            row.addWidget(entry)
        row.addStretch(1)
        self.body.addLayout(row)

    def reload(self) -> None:
        """Show whether the data are encrypted and what can be done."""
        desk = self.context.desk_info()
        if desk is None:
            return
        server = desk.settings.database_url is not None
        possible = desk.viewer is not None and not server
        self._show_facts([])
        if desk.encrypted:
            self.context.bridge.read(self, desk.keys.unable, self._show_facts)
        self.hint.setText(_SERVER if server else _NEEDS)
        self.hint.setVisible(not possible)
        self.on_button.setVisible(not desk.encrypted)
        self.on_button.setEnabled(possible)
        self.renew_button.setVisible(desk.encrypted)
        self.off_button.setVisible(desk.encrypted)

    def _show_facts(self, unable: list[str]) -> None:
        facts = [("Enkripsi", "Menyala" if self.context.desk_info().encrypted else "Mati")]
        if unable:
            facts.append(("Belum dapat membuka data sendiri", f"{', '.join(unable)}. {_UNABLE}"))
        self.facts.set(facts)

    def _with_sheet(self) -> None:
        """Ask first where the sheet is to be written: it is printed from there and typed back."""
        picker = QFileDialog(self, "Simpan lembar pemulihan", str(Path.home() / "lembar-pemulihan.pdf"), "PDF (*.pdf)")
        picker.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        picker.setDefaultSuffix("pdf")
        picker.fileSelected.connect(lambda name: self.offer(Path(name)))
        picker.open()

    def offer(self, target: Path) -> None:
        """Write a new sheet and open the dialog in which parts of it are typed back."""
        desk, bridge = self.context.desk_info(), self.context.bridge
        told = "" if desk.encrypted else _DONE

        def made(code: str) -> None:
            opened = SheetDialog(bridge, desk, code, target, self)
            opened.accepted.connect(lambda: self._changed(told))
            opened.open()

        bridge.task(self, lambda _progress: new_sheet(desk, target), made, self._refused)

    def _refused(self, error: DeskError) -> None:
        show_refusal(self, error)

    def _switch_off(self) -> None:
        opened = PlainDialog(self.context.bridge, self.context.desk_info(), self)
        opened.accepted.connect(lambda: self._changed(""))
        opened.open()

    def _changed(self, told: str) -> None:
        self.reload()
        self.context.bridge.changed.emit(frozenset(Topic))
        if told:
            show_info(self, "Enkripsi menyala", told)
        else:
            self.context.toast("Perubahan berlaku.", None)


def new_sheet(desk: Any, target: Path) -> str:
    """Draw a new code, write its sheet to a PDF file and return the code; runs on a worker thread."""
    from asn_desk.accounts import recovery
    from asn_desk.accounts.recovery_sheet import save_sheet

    code = recovery.new_code()
    save_sheet(target, code, desk.clock.today())
    return code
