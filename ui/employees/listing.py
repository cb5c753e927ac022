"""The list of employees: its source, its columns, and its filter in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from asn_desk.employees import queries
from asn_desk.employees.queries import EmployeeFilter, EmployeeRow, Sort
from asn_desk.employees.search_query import spans
from asn_desk.employees.terms import EmployeeKind, EmploymentState
from asn_desk.employees.words import KIND_WORDS, STATE_WORDS
from asn_desk.wording import grouped_nip
from ui.shared.tables.columns import NIP_ROOM, Column
from ui.shared.widgets import Chip


@dataclass(frozen=True)
class EmployeeSource:
    """The people that the filter leaves, in its order."""

    filter: EmployeeFilter

    def ids(self, session: Any) -> Sequence[int]:
        """Return their ids."""
        return queries.employee_ids(session, self.filter)

    def first_ids(self, session: Any) -> Sequence[int]:
        """Return the first of them, quickly: what is painted while somebody types."""
        return queries.first_ids(session, self.filter)

    def rows(self, session: Any, ids: Sequence[int]) -> Sequence[EmployeeRow]:
        """Return their rows, with the words of the search to mark."""
        return queries.employee_rows(session, ids, self.filter.text)


def _marks(row: EmployeeRow, shown: str) -> Sequence[tuple[int, int]]:
    return spans(row.marked, shown) if row.marked else ()


def state_chip(state: EmploymentState) -> Chip:
    """Return a state of employment as a chip; whoever is to be checked stands out."""
    kinds: dict[EmploymentState, Any] = {
        EmploymentState.ACTIVE: "done",
        EmploymentState.CHECK: "near",
        EmploymentState.ENDED: "neutral",
    }
    return Chip(STATE_WORDS[state], kinds[state])


_SHORT = {EmployeeKind.PPPK_PW: "PPPK PW"}

COLUMNS = [
    Column(
        "name", "Pegawai", text=lambda row: row.name, secondary=lambda row: grouped_nip(row.number),
        width=200, least=NIP_ROOM, sort_key=Sort.NAME, copy=lambda row: f"{row.name} ({row.number})", marks=_marks,
    ),
    Column(
        "post", "Jabatan", text=lambda row: row.post, secondary=lambda row: row.unit, width=160, sort_key=Sort.POST, marks=_marks,
    ),
    Column("opd", "OPD", text=lambda row: row.opd, width=110, sort_key=Sort.OPD, marks=_marks),
    Column("kind", "Jenis", text=lambda row: _SHORT.get(row.kind, KIND_WORDS[row.kind]), width=86, least=85, sort_key=Sort.KIND),
    Column("grade", "Gol.", text=lambda row: row.grade, width=60, least=60, sort_key=Sort.GRADE),
    Column("state", "Status", chip=lambda row: state_chip(row.state), width=98, sort_key=Sort.STATE),
]  # fmt: skip
"""The keys are those of `asn_desk.employees.export.PARTS`."""
