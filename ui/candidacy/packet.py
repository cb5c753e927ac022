"""Buat semua surat: what the packet holds, what each letter still lacks, issuing it in one go, and the bound file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from asn_desk.candidacy import packet
from asn_desk.candidacy.packet import IssuePacket, PacketIssued, PacketLetter, PacketPlan
from asn_desk.candidacy.rows import DeclarationDetail
from asn_desk.errors import DeskError
from asn_desk.letters.contents.kinds import kind_of
from ui.candidacy.rows import ListRow
from ui.shared.dialogs import BaseDialog
from ui.shared.documents.letter_form import kind_data, kind_fields, read_words
from ui.shared.forms import Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import Banner, ScrollBody
from ui.shared.progress_dialog import run_with_progress
from ui.shared.widgets import Chip, StatusChip, clear_layout, label

_WIDTH = 760


def read_plan(session: Any, declaration_id: int, command: IssuePacket) -> tuple[PacketPlan, dict[str, str]]:
    """Return the packet as it could be issued now, and the words for coded choices."""
    plan = packet.packet_plan(session, declaration_id, dated=command.dated, extra=command.extra)
    return plan, read_words(session)


class PacketDialog(BaseDialog):
    """Shows the plan with a field for everything that is missing; `issued(letters)` hears of the letters."""

    def __init__(
        self,
        context: PageContext,
        parent: QWidget,
        file: DeclarationDetail,
        issued: Callable[[tuple[PacketIssued, ...]], None],
    ) -> None:
        super().__init__("Buat semua surat", parent, _WIDTH)
        self._context, self._file, self._issued = context, file, issued
        self.plan: PacketPlan | None = None
        self.forms: dict[str, FormWidget] = {}
        self._busy = False
        self._build()
        self.read()

    def read(self) -> None:
        """Read the plan for the date entered."""
        if not self.head.missing():
            command, wanted = self.command(), self._file.id
            self._context.bridge.read(self, lambda session: read_plan(session, wanted, command), self._show)

    def command(self) -> IssuePacket:
        """Return the packet as entered."""
        extra: dict[str, Mapping[str, Any]] = {}
        for code, form in self.forms.items():
            kind = kind_of(self._letter(code).kind)
            extra[code] = kind_data(kind, form.values())
        return IssuePacket(self._file.id, self.head.values()["dated"], extra=extra)

    def _letter(self, code: str) -> PacketLetter:
        assert self.plan is not None
        return next(row for row in self.plan.letters if row.code == code)

    def _build(self) -> None:
        self.outer.addWidget(label(f"Semua surat untuk {self._file.name}", role="name"))
        self.outer.addWidget(
            label("Terbit sekaligus dengan nomor dari agenda: semuanya, atau tidak satu pun.", role="secondary")
        )
        self._banner = Banner("", "late")
        self._banner.hide()
        self.outer.addWidget(self._banner)
        self.head = FormWidget([Field("dated", "Tanggal surat", "date", required=True, width="half")])
        self.head.set_values({"dated": self._context.today()})
        self.head.value_changed.connect(lambda _key: self.read())
        self.outer.addWidget(self.head)
        area = ScrollBody()
        self._list = area.layout_of_content
        self._list.setContentsMargins(0, 0, 6, 0)
        self._list.setSpacing(0)
        self.outer.addWidget(area, 1)
        self.add_button("Batal", on_click=self.reject)
        self.issue_button = self.add_button("&Terbitkan semua", "primary", self._issue)
        self.finish_layout()
        self.resize(self.width(), round(self.screen().availableGeometry().height() * 0.82))

    def _show(self, found: tuple[PacketPlan, dict[str, str]]) -> None:
        plan, words = found
        typed = {code: form.values() for code, form in self.forms.items()}
        self.plan, self.forms = plan, {}
        clear_layout(self._list)
        for letter in plan.letters:
            self._list.addWidget(self._row(letter, words, typed.get(letter.code, {})))
        count = len(plan.open)
        self.issue_button.setText(f"&Terbitkan {count} surat" if count else "Semua sudah terbit")
        self.issue_button.setEnabled(bool(count))

    def _row(self, letter: PacketLetter, words: dict[str, str], typed: Mapping[str, Any]) -> QWidget:
        row = ListRow(side_width=150)
        row.add_words(letter.title, "strong")
        row.add_words(_numbering(letter), "secondary")
        row.add_side(StatusChip(_chip(letter)))
        kind = kind_of(letter.kind)
        keys = [item.key for item in kind.inputs if item.key in typed or any(m.key == item.key for m in letter.missing)]
        if letter.issued_id is None and keys:
            form = FormWidget(kind_fields(kind, words, keys))
            for key, value in typed.items():
                form.put(key, value)
            self.forms[letter.code] = form
            row.words.addWidget(_set_in(form))
        loose = [item.sentence for item in letter.missing if item.key not in {one.key for one in kind.inputs}]
        for sentence in loose if letter.issued_id is None else ():
            row.words.addWidget(label(sentence, role="error"))
        return row.end()

    def _issue(self) -> None:
        problems = [code for code, form in self.forms.items() if form.set_errors(form.missing()) or form.missing()]
        if problems or self._busy:
            return
        command = self.command()
        self._hold(busy=True)
        run_with_progress(
            self,
            "Menerbitkan semua surat",
            lambda report, ending: self._context.bridge.write_task(
                self,
                lambda session, _progress: packet.issue_packet(session, command),
                ending(self._on_issued),
                ending(self._refuse),
                progress=report,
                cancelled=ending(),
            ),
            can_cancel=False,
        )

    def _hold(self, *, busy: bool) -> None:
        self._busy = busy
        self.issue_button.setEnabled(not busy)

    def _on_issued(self, outcome: Any) -> None:
        QDialog.accept(self)
        self._issued(outcome.value)

    def _refuse(self, error: DeskError) -> None:
        self._hold(busy=False)
        for code, form in self.forms.items():
            form.set_errors({key.removeprefix(f"{code}."): words for key, words in error.fields.items()})
        self._banner.set_text(error.sentence)
        self._banner.show()


def _set_in(form: FormWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 6, 0, 6)
    column.addWidget(form)
    return holder


def _numbering(letter: PacketLetter) -> str:
    copies = f"{letter.copies} rangkap asli · " if letter.copies > 1 else ""
    if letter.issued_id is not None:
        return copies + (f"Nomor {letter.issued_number}" if letter.issued_number else "tanpa nomor agenda")
    if letter.draft:
        return f"{copies}rancangan; bernomor saat ditandatangani"
    return copies + ("nomor dari agenda" if letter.numbered else "surat pribadi, tanpa nomor agenda")


def _chip(letter: PacketLetter) -> Chip:
    if letter.issued_id is not None:
        return Chip("sudah terbit", "done")
    if letter.missing:
        return Chip(f"kurang {len(letter.missing)} isian", "near")
    return Chip("siap", "coming", "check")
