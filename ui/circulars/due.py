"""The day by which the slips are due: so many working days after the letter, or a day the clerk chooses."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from ui.circulars.letter_part import CircularLetter
from ui.shared.forms import Field
from ui.shared.page import PageContext

USUAL_DAYS = 10
_MOST_DAYS = 250


def due_fields() -> list[Field]:
    """Return the two fields: the working days, and the day that follows from them."""
    return [
        Field("due_days", "Batas pengembalian, hari kerja", "int", width="half", minimum=1, maximum=_MOST_DAYS),
        Field(
            "due_on", "Lembar kembali paling lambat", "date", width="half",
            help="Dihitung dari hari kerja; tanggal yang Anda tulis sendiri menggantikannya.",
        ),
    ]  # fmt: skip


class DueDay:
    """Keeps the two fields in step: the number of days gives the day, a day of the clerk's own clears the number."""

    def __init__(self, context: PageContext, owner: QWidget, parts: CircularLetter) -> None:
        self._context, self._owner, self._parts = context, owner, parts
        self._filling = False
        self._question = 0
        parts.letter.value_changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Work out the day again."""
        values = self._parts.letter.values()
        days, dated = values["due_days"], values["dated"]
        if days is None or dated is None or not 1 <= days <= _MOST_DAYS:
            return
        self._question += 1
        question, start = self._question, max(dated, self._context.today())
        election_id = values["election_id"] or ""
        self._context.bridge.read(
            self._owner, lambda _session: _due(start, days, election_id), lambda day: self._show(question, day)
        )

    def command(self) -> dict[str, Any]:
        """Return `due_on` and `due_days` as the core takes them."""
        values = self._parts.letter.values()
        by_days = values["due_days"] is not None
        return {"due_days": values["due_days"], "due_on": None if by_days else values["due_on"]}

    def _on_changed(self, key: str) -> None:
        if self._filling:
            return
        if key in ("due_days", "dated", "election_id"):
            self.refresh()
        elif key == "due_on":
            self._question += 1
            self._fill("due_days", None)

    def _show(self, question: int, day: Any) -> None:
        if question == self._question:
            self._fill("due_on", day)

    def _fill(self, key: str, value: object) -> None:
        self._filling = True
        self._parts.put(key, value)
        self._filling = False


def _due(start: Any, days: int, election_id: str) -> Any:
    from asn_desk.circulars.publishing import due_after

    return due_after(start, days, election_id)
