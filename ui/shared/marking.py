"""The two dialogs that Edaran and Pindai share: mark one person by hand, and take a wrong mark back with its reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.circulars import rules, service
from asn_desk.circulars.queries import RecipientRow
from asn_desk.circulars.rules import STATUS_WORDS
from asn_desk.circulars.terms import AckStatus
from asn_desk.wording import grouped_nip, long_date
from ui.shared.bridge import Bridge
from ui.shared.chips import Chip
from ui.shared.dialogs import CommandDialog
from ui.shared.filters import Choice
from ui.shared.forms import Field, FormWidget

_CHIP_KINDS: dict[AckStatus, Any] = {
    AckStatus.WAITING: "neutral",
    AckStatus.SIGNED: "done",
    AckStatus.REFUSED: "late",
    AckStatus.UNREACHABLE: "near",
    AckStatus.PRINTED: "neutral",
    AckStatus.HANDED: "neutral",
    AckStatus.ON_BEHALF: "done",
    AckStatus.POSTPONED: "near",
    AckStatus.LEFT: "neutral",
}
_CHOICE_NOTES = {
    AckStatus.SIGNED: "lembar sudah diterima",
    AckStatus.REFUSED: "tulis alasan dan saksi",
    AckStatus.UNREACHABLE: "tugas luar, sakit, tidak masuk",
    AckStatus.PRINTED: "lembar sudah dicetak",
    AckStatus.HANDED: "tulis cara dan siapa yang menyerahkan",
    AckStatus.ON_BEHALF: "tulis alasan dan siapa yang menandatangani",
    AckStatus.POSTPONED: "cuti; pilih sampai kapan",
    AckStatus.LEFT: "tulis alasan keluar dari daftar",
}


_IN_ORDER = (
    AckStatus.SIGNED, AckStatus.REFUSED, AckStatus.UNREACHABLE, AckStatus.POSTPONED, AckStatus.ON_BEHALF,
    AckStatus.HANDED, AckStatus.LEFT,
)  # fmt: skip


def status_chip(status: AckStatus) -> Chip:
    """Return the chip of a person's status: sign, word and colour."""
    return Chip(STATUS_WORDS[status], _CHIP_KINDS[status])


def mark_dialog(
    parent: QWidget,
    bridge: Bridge,
    person: RecipientRow,
    day: date,
    done: Callable[[dict[str, Any], int], None] | None = None,
) -> CommandDialog:
    """Open "Catat tanda terima" for one person, prefilled with `day`; `done(values, id)` hears what was recorded."""
    form = FormWidget(_mark_fields(person))
    possible = rules.allowed(person.status, closed=person.closed)
    first = next((status for status in _IN_ORDER if status in possible), None)
    form.set_values({"status": first, "on": day})

    def submit(values: dict[str, Any]) -> None:
        command = service.Acknowledge(recipient_id=person.id, version=person.version, **values)
        told = None if done is None else lambda outcome: done(values, outcome.value)
        dialog.write(bridge, lambda session: service.acknowledge(session, command), told)

    intro = f"{person.name} · {grouped_nip(person.number)}\n{person.unit}\n{person.circular}"
    dialog = CommandDialog("Catat tanda terima", form, submit, parent, intro=intro, confirm="&Catat")
    dialog.open()
    return dialog


def _mark_fields(person: RecipientRow) -> list[Field]:
    allowed = rules.allowed(person.status, closed=person.closed)
    choices = [Choice(status, STATUS_WORDS[status], _CHOICE_NOTES[status]) for status in _IN_ORDER if status in allowed]
    return [
        Field("status", "Status", "choice", required=True, choices=choices),
        Field("on", "Tanggal", "date", required=True, help="Tanggal pada lembar, bukan tanggal mencatat."),
        Field("note", "Catatan", "multiline", rows=3, placeholder="mis. alasan penolakan, cara penyerahan"),
        Field(
            "party", "Saksi atau pelaku", help="Saksi penolakan, yang menyerahkan, atau yang menandatangani atas nama."
        ),
        Field("until", "Ditunda sampai", "date"),
    ]


def undo_dialog(
    parent: QWidget,
    bridge: Bridge,
    acknowledgement_id: int,
    person: str,
    done: Callable[[Any], None] | None = None,
    *,
    reason: str = "",
) -> CommandDialog:
    """Open "Batalkan catatan" with a reason, prefilled with `reason`."""
    form = FormWidget([Field("reason", "Alasan", required=True, help="Tercantum dalam jejak perubahan.")])
    form.set_values({"reason": reason})

    def submit(values: dict[str, Any]) -> None:
        dialog.write(bridge, lambda session: service.undo(session, acknowledgement_id, values["reason"]), done)

    intro = f"Catatan untuk {person} dibatalkan. Catatan itu tetap tersimpan bersama alasannya."
    dialog = CommandDialog(
        "Batalkan catatan", form, submit, parent, intro=intro, confirm="&Batalkan catatan", danger=True
    )
    dialog.open()
    return dialog


def standing_words(status: AckStatus, day: date | None) -> str:
    """Return where a person stands in words: `Ditandatangani 3 September 2024`."""
    return f"{STATUS_WORDS[status]} {long_date(day)}" if day is not None else STATUS_WORDS[status]
