"""The two dialogs that Edaran and Pindai share: mark one person by hand, and take a wrong mark back with its reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.circulars import rules, service
from asn_desk.circulars.queries import RecipientRow
from asn_desk.circulars.rules import SIGNATURE_WORDS, STATUS_WORDS
from asn_desk.circulars.terms import AckStatus, Signature
from asn_desk.errors import DeskError
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

_PARTIES = ("witness", "giver", "signer")
_OWN_KEYS = ("signature", *_PARTIES, "until")
_ASKED: dict[AckStatus, frozenset[str]] = {
    AckStatus.SIGNED: frozenset({"signature"}),
    AckStatus.REFUSED: frozenset({"witness"}),
    AckStatus.HANDED: frozenset({"giver"}),
    AckStatus.ON_BEHALF: frozenset({"signer"}),
    AckStatus.POSTPONED: frozenset({"until"}),
}


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
    form.set_values({"status": first, "on": day, "signature": Signature.WET})
    form.value_changed.connect(lambda key: _offer(form) if key == "status" else None)
    _offer(form)

    def submit(values: dict[str, Any]) -> None:
        command = service.Acknowledge(recipient_id=person.id, version=person.version, **_given(values))
        told = None if done is None else lambda outcome: done(values, outcome.value)
        dialog.write(bridge, lambda session: _recorded(session, command, values["status"]), told)

    intro = f"{person.name} · {grouped_nip(person.number)}\n{person.unit}\n{person.circular}"
    dialog = CommandDialog("Catat tanda terima", form, submit, parent, intro=intro, confirm="&Catat")
    dialog.open()
    return dialog


def _recorded(session: Any, command: service.Acknowledge, status: AckStatus) -> int:
    """Record the mark; what is wrong with the person named is told at the field that asked for that person."""
    try:
        return service.acknowledge(session, command)
    except DeskError as error:
        asked = next((key for key in _PARTIES if key in _ASKED.get(status, frozenset())), "party")
        error.fields = {asked if key == "party" else key: text for key, text in error.fields.items()}
        raise


def _offer(form: FormWidget) -> None:
    """Show what the chosen status asks for, in its own words."""
    wanted = _ASKED.get(form.values()["status"], frozenset())
    for key in _OWN_KEYS:
        form.set_visible(key, key in wanted)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """Return the command's values: what the status does not ask for is left out."""
    wanted = _ASKED.get(values["status"], frozenset())
    command = {key: values[key] for key in ("status", "on", "note")}
    if "signature" in wanted:
        command["signature"] = values["signature"]
    party = next((values[key] for key in _PARTIES if key in wanted), "")
    return {**command, "party": party, "until": values["until"] if "until" in wanted else None}


def _mark_fields(person: RecipientRow) -> list[Field]:
    allowed = rules.allowed(person.status, closed=person.closed)
    choices = [Choice(status, STATUS_WORDS[status], _CHOICE_NOTES[status]) for status in _IN_ORDER if status in allowed]
    signatures = [Choice(one, SIGNATURE_WORDS[one].capitalize()) for one in Signature]
    return [
        Field("status", "Status", "choice", required=True, choices=choices),
        Field("on", "Tanggal", "date", required=True, help="Tanggal pada lembar, bukan tanggal mencatat."),
        Field("signature", "Bentuk tanda tangan", "choice", choices=signatures),
        Field("note", "Catatan", "multiline", rows=3, placeholder="mis. alasan, cara penyerahan, keadaan"),
        Field("witness", "Saksi", placeholder="nama dan jabatan saksi"),
        Field("giver", "Diserahkan oleh", placeholder="nama dan jabatan yang menyerahkan"),
        Field("signer", "Ditandatangani oleh", placeholder="nama dan jabatan yang menandatangani"),
        Field("until", "Ditunda sampai", "date", width="half"),
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
