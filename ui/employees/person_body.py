"""What the detail panel shows below the head: identity, posts over time, kind and status, retirement, candidacy, papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.candidacy.rows import DeclarationRow
from asn_desk.circulars.recipients import RecipientRow
from asn_desk.employees.history import HistoryRow
from asn_desk.employees.queries import PostingRow
from asn_desk.employees.terms import EmploymentState
from asn_desk.letters.queries import LetterRow
from asn_desk.letters.terms import LetterStatus
from asn_desk.wording import long_date, number, short_date
from ui.employees.fact_row import FactRow
from ui.employees.facts import PersonFacts, change_text, change_title, doubt_lines, held, identity, retirement_lines
from ui.shared.marking import status_chip
from ui.shared.page import PageContext
from ui.shared.widgets import ActionBar, Banner, Chip, KeyValue, button, icon_label, label

T = TypeVar("T")
FIRST_SHOWN = 20
_LETTER_CHIPS = {
    LetterStatus.ISSUED: Chip("Terbit", "coming"),
    LetterStatus.SIGNED: Chip("Ditandatangani", "done"),
    LetterStatus.HANDED_OVER: Chip("Diserahkan", "done"),
    LetterStatus.VOID: Chip("Batal", "neutral"),
}
_CHECK = "Tidak ada lagi dalam impor lengkap terakhir. Periksa apakah masih bertugas."


@dataclass(frozen=True)
class PersonActions:
    """What can be done from within the panel."""

    mark_active: Callable[[], None]
    declare: Callable[[], object]
    write_letter: Callable[[], object]
    look_back: Callable[[], object]


class PersonBody(QWidget):
    """The sections of one person, made once; another person gets another body."""

    def __init__(self, facts: PersonFacts, context: PageContext, actions: PersonActions) -> None:
        super().__init__()
        self._facts, self._context, self._actions = facts, context, actions
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._build()

    def _build(self) -> None:
        if self._facts.person.state is EmploymentState.CHECK:
            may = self._context.may(Action.EDIT_EMPLOYEES)
            self._column.addWidget(
                Banner(_CHECK, "near", "Tandai aktif", self._actions.mark_active) if may else Banner(_CHECK, "near")
            )
        self._column.addWidget(KeyValue(identity(self._facts.person), label_width=116))
        self._section(
            "Riwayat jabatan", self._facts.person.postings, _posting_row, "Belum ada riwayat jabatan.",
            ("Keadaan per tanggal…", self._actions.look_back),
        )  # fmt: skip
        self._section("Jenis dan status", self._facts.changes, _change_row, "Belum ada riwayat jenis dan status.")
        self._retirement()
        if self._context.may(Action.SEE_CANDIDACY):
            self._candidacy()
        if self._context.may(Action.SEE_LETTERS):
            self._letters()
        if self._context.may(Action.SEE_CIRCULARS):
            self._section(
                "Tanda terima edaran", self._facts.circulars, self._circular_row, "Belum menjadi penerima edaran."
            )

    def _retirement(self) -> None:
        self._title("Pensiun")
        for line in retirement_lines(self._facts.retirement):
            self._column.addWidget(label(line, role="secondary"))
        for line in doubt_lines(self._facts.retirement):
            self._column.addWidget(_doubt(line))

    def _candidacy(self) -> None:
        action = ("Deklarasi baru", self._actions.declare) if self._context.may(Action.EDIT_CANDIDACY) else None
        self._section("Pencalonan", self._facts.files, self._file_row, "Tidak ada deklarasi pencalonan.", action)

    def _letters(self) -> None:
        action = ("Buat surat", self._actions.write_letter) if self._context.may(Action.ISSUE_LETTERS) else None
        self._section("Surat", self._facts.letters, self._letter_row, "Belum ada surat.", action)

    def _section(
        self,
        title: str,
        rows: Sequence[T],
        make: Callable[[T], FactRow],
        nothing: str,
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show the first rows, newest first; the rest is made when it is asked for."""
        self._title(f"{title} ({number(len(rows))})" if rows else title, action)
        if not rows:
            self._column.addWidget(label(nothing, role="secondary"))
        holder = QVBoxLayout()
        holder.setSpacing(0)
        for row in rows[:FIRST_SHOWN]:
            holder.addWidget(make(row))
        self._column.addLayout(holder)
        if len(rows) > FIRST_SHOWN:
            self._rest(holder, [partial(make, row) for row in rows[FIRST_SHOWN:]])

    def _rest(self, holder: QVBoxLayout, rest: Sequence[Callable[[], FactRow]]) -> None:
        def show() -> None:
            more.hide()
            for make in rest:
                holder.addWidget(make())

        more = button(f"Tampilkan {number(len(rest))} lainnya", "link", on_click=show)
        self._column.addWidget(more)

    def _title(self, title: str, action: tuple[str, Callable[[], object]] | None = None) -> None:
        links = [] if action is None else [button(action[0], "link", on_click=action[1])]
        self._column.addSpacing(12)
        self._column.addWidget(ActionBar(label(title, role="section"), trailing=links))

    def _letter_row(self, letter: LetterRow) -> FactRow:
        when = " · ".join(part for part in (letter.number, long_date(letter.dated)) if part)
        return FactRow(
            letter.kind_title, when, _LETTER_CHIPS[letter.status],
            partial(self._context.navigate, "letters", {"letter_id": letter.id}),
        )  # fmt: skip

    def _file_row(self, file: DeclarationRow) -> FactRow:
        chip = Chip("Ditutup", "neutral", "lock") if file.closed_on else Chip(file.staff_words, "coming")
        about = f"{file.election_title} · dicatat {short_date(file.declared_on)}"
        return FactRow(file.office_name, about, chip, partial(self._context.navigate, "candidacy", file.id))

    def _circular_row(self, recipient: RecipientRow) -> FactRow:
        signed = long_date(recipient.acknowledged_on) if recipient.acknowledged_on else ""
        target = {"version_id": recipient.version_id, "recipient_id": recipient.id}
        opened = partial(self._context.navigate, "circulars", target)
        return FactRow(recipient.circular, signed, status_chip(recipient.status), opened)


def _doubt(line: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(icon_label("scales", 16, "near"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(line, role="secondary"), 1)
    return holder


def _posting_row(posting: PostingRow) -> FactRow:
    place = posting.unit if posting.opd in ("", posting.unit) else f"{posting.unit}, {posting.opd}"
    parts = [held(posting), f"golongan {posting.grade}" if posting.grade else "", place]
    about = " · ".join(part for part in parts if part)
    return FactRow(posting.post or "Tanpa nama jabatan", f"{about}\nSumber: {posting.origin}")


def _change_row(change: HistoryRow) -> FactRow:
    return FactRow(change_title(change), change_text(change))
