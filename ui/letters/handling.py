"""What happens to a letter's paper: signed, handed over, or its number voided."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.letters import service
from asn_desk.letters.queries import LetterDetail
from ui.shared.dialogs import CommandDialog
from ui.shared.forms import Field, FormWidget
from ui.shared.page import PageContext


def ask_signed(parent: QWidget, context: PageContext, letter: LetterDetail) -> CommandDialog:
    """Ask on which day the paper was signed."""
    form = FormWidget([Field("on", "Ditandatangani tanggal", "date", required=True)])
    form.set_values({"on": max(context.today(), letter.dated)})

    def submit(values: dict[str, Any]) -> None:
        dialog.write(
            context.bridge,
            lambda session: service.mark_signed(session, letter.id, values["on"], letter.version),
            lambda _outcome: context.toast("Surat ditandai sudah ditandatangani.", None),
        )

    dialog = CommandDialog("Tandai ditandatangani", form, submit, parent, intro=_name(letter), confirm="&Tandai")
    dialog.open()
    return dialog


def ask_handed_over(parent: QWidget, context: PageContext, letter: LetterDetail) -> CommandDialog:
    """Ask on which day and to whom the paper was handed over."""
    form = FormWidget(
        [
            Field("on", "Diserahkan tanggal", "date", required=True, width="half"),
            Field("to", "Diterima oleh", placeholder="nama penerima"),
        ]
    )
    form.set_values({"on": max(context.today(), letter.dated), "to": letter.person})

    def submit(values: dict[str, Any]) -> None:
        dialog.write(
            context.bridge,
            lambda session: service.mark_handed_over(session, letter.id, values["on"], values["to"], letter.version),
            lambda _outcome: context.toast("Surat ditandai sudah diserahkan.", None),
        )

    dialog = CommandDialog("Tandai diserahkan", form, submit, parent, intro=_name(letter), confirm="&Tandai")
    dialog.open()
    return dialog


def ask_void(parent: QWidget, context: PageContext, letter: LetterDetail) -> CommandDialog:
    """Ask why a letter and its number are voided."""
    help_text = "Alasan ini tercantum dalam agenda. Nomornya tidak dipakai lagi, berkasnya tetap tersimpan."
    form = FormWidget([Field("reason", "Alasan", "multiline", rows=3, required=True, help=help_text)])

    def submit(values: dict[str, Any]) -> None:
        dialog.write(
            context.bridge,
            lambda session: service.void(session, letter.id, values["reason"], letter.version),
            lambda _outcome: context.toast("Surat dibatalkan; nomornya tetap tercatat dalam agenda.", None),
        )

    what = "Batalkan nomor" if letter.number else "Batalkan surat"
    dialog = CommandDialog(what, form, submit, parent, intro=_name(letter), confirm=f"&{what}", danger=True)
    dialog.open()
    return dialog


def _name(letter: LetterDetail) -> str:
    number = f"Nomor {letter.number}\n" if letter.number else ""
    return f"{letter.kind_title}\n{number}{letter.person or letter.title}"
