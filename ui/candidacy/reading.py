"""Pilih bacaan: which of several readings of a due date the office follows, with its document. The strictest still warns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.candidacy.duties import Obligation
from asn_desk.candidacy.rows import DeclarationDetail
from asn_desk.candidacy.service import refresh
from asn_desk.regulations import service
from asn_desk.regulations.service import ChooseReading, Why
from asn_desk.wording import long_date
from ui.candidacy.record import read_evidence
from ui.shared.dialogs import CommandDialog
from ui.shared.forms import Choice, Field, FormWidget
from ui.shared.page import PageContext

_INTRO = "Pengingat tetap memakai bacaan paling ketat; pilihan kantor dicatat di sampingnya."


@dataclass(frozen=True)
class ReadingChoice:
    """A reading as the form offers it."""

    day: date | None
    text: str


def readings_of(duty: Obligation) -> list[Choice]:
    """Return all readings of a duty's date, the one that drives the alarm first."""
    found = [ReadingChoice(duty.due, duty.due_date.how)]
    found += [ReadingChoice(row.due, " — ".join(p for p in (row.text, row.source) if p)) for row in duty.other_readings]
    return [Choice(row, f"{long_date(row.day) if row.day else 'Tanpa tanggal'}: {row.text}") for row in found]


class ReadingDialog(CommandDialog):
    """Records the office's choice for all files of the election."""

    def __init__(
        self,
        context: PageContext,
        parent: QWidget,
        file: DeclarationDetail,
        duty: Obligation,
        done: Callable[[], None],
    ) -> None:
        self._context, self._file, self._duty, self._done = context, file, duty, done
        form = FormWidget(
            [
                Field("reading", "Bacaan yang diikuti kantor", "choice", required=True, choices=readings_of(duty)),
                Field("reason", "Alasan", "multiline", rows=2, required=True),
                Field("document_number", "Nomor dokumen", required=True, width="half"),
                Field("document_date", "Tanggal dokumen", "date", required=True, width="half"),
                Field("scan", "Dokumen (PDF)", "file", file_filter="PDF (*.pdf)"),
            ]
        )
        intro = f"{duty.text} · {file.election_title}. {_INTRO}"
        super().__init__("Pilih bacaan", form, self._choose, parent, intro=intro)

    def _choose(self, values: dict[str, Any]) -> None:
        reading: ReadingChoice = values["reading"]
        path, duty, election = values["scan"], self._duty.id, self._file.election_id

        def write(session: Any) -> None:
            scan = read_evidence(path, "scan") if path is not None else None
            why = Why(values["reason"], values["document_number"], values["document_date"], scan)
            service.choose_reading(session, ChooseReading(duty, election, reading.day, reading.text, why))
            refresh(session)

        self.write(self._context.bridge, write, lambda _outcome: self._done())
