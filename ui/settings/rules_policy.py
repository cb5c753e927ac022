"""Kebijakan non-ASN: what the office asks of non-ASN staff who stand for election, with its document and history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.candidacy import policy
from asn_desk.candidacy.policy import PolicyRow, SetNonAsnPolicy
from asn_desk.candidacy.terms import NON_ASN_WORDS
from asn_desk.wording import long_date
from ui.shared.dialogs import CommandDialog
from ui.shared.forms import Choice, Field, FormWidget
from ui.shared.page import PageContext

_SHOWN = 5


def decisions(history: Sequence[PolicyRow]) -> str:
    """Return the office's decisions in words, the one in force first."""
    if not history:
        return f"Berlaku sekarang: {NON_ASN_WORDS[policy.DEFAULT]} (bawaan program)."
    told = [
        f"{row.words}, {long_date(row.recorded_at.astimezone().date())} oleh {row.recorded_by}: {row.reason}"
        for row in history[:_SHOWN]
    ]
    return f"Berlaku sekarang: {told[0]}." + (f" Sebelumnya: {'; '.join(told[1:])}." if told[1:] else "")


class PolicyDialog(CommandDialog):
    """Puts a policy in force; open files of non-ASN staff follow."""

    def __init__(
        self, context: PageContext, parent: QWidget, history: Sequence[PolicyRow], done: Callable[[], None]
    ) -> None:
        self._context, self._done = context, done
        choices = [Choice(code, words[:1].upper() + words[1:]) for code, words in NON_ASN_WORDS.items()]
        form = FormWidget(
            [
                Field("policy", "Kewajiban calon non-ASN", "choice", required=True, choices=choices),
                Field("reason", "Alasan atau dasar", "multiline", rows=2, required=True),
                Field("document_number", "Nomor dokumen", width="half"),
                Field("document_date", "Tanggal dokumen", "date", width="half"),
            ]
        )
        super().__init__("Kebijakan non-ASN", form, self._save, parent, intro=decisions(history))
        form.set_values({"policy": history[0].policy if history else policy.DEFAULT})

    def _save(self, values: dict[str, Any]) -> None:
        command = SetNonAsnPolicy(**values)
        self.write(
            self._context.bridge,
            lambda session: policy.set_non_asn_policy(session, command),
            lambda _outcome: self._done(),
        )
