"""The page Pencalonan: the candidacy files at the left, the chosen one with lanes, duties and history at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton

from asn_desk.accounts.terms import Action
from asn_desk.candidacy import queries
from asn_desk.candidacy.papers import LetterOffer
from asn_desk.candidacy.rows import DeclarationDetail, DeclarationFilter, EventRow
from asn_desk.candidacy.states import STATUS_WORDS, KpuStatus, StaffStatus
from asn_desk.candidacy.terms import DeclarationOrder, DueWithin
from asn_desk.employees import queries as employees
from asn_desk.letters.service import IssuedLetter
from asn_desk.regulations.terms import OWES_WORDS
from asn_desk.topics import Topic
from asn_desk.wording import number
from ui.candidacy.choices import election_choices
from ui.candidacy.declare import AmendDialog, DeclareDialog
from ui.candidacy.deeds import FileDeeds
from ui.candidacy.detail import FileDetail
from ui.candidacy.letter import LetterDialog, show_issued
from ui.candidacy.listing import FileSource, columns
from ui.candidacy.past_office import OfficePastDialog
from ui.candidacy.record import RecordDialog, VoidDialog, close_file
from ui.candidacy.suspicions import SuspicionsDialog
from ui.shared.dialogs import confirm
from ui.shared.page import Page, PageContext
from ui.shared.rights import only_with
from ui.shared.tables.paged_model import PagedTableModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import Choice, FilterChip, Panel, SearchField, Toolbar, label, split

_SEARCH_WIDTH = 138


def _status_choices(codes: Sequence[str]) -> list[Choice]:
    return [Choice("", "semua"), *(Choice(code, STATUS_WORDS[code]) for code in codes)]


_Filters = tuple[list[Choice], list[Choice], int]
_DUE_CHOICES = [
    Choice((DueWithin.ANY, None), "semua"),
    Choice((DueWithin.LATE, None), "lewat"),
    Choice((DueWithin.TODAY, None), "hari ini"),
    Choice((DueWithin.WEEK, None), "minggu ini"),
    Choice((DueWithin.ANY, 30), "≤ 30 hari"),
    Choice((DueWithin.NONE, None), "tanpa tenggat"),
]


class CandidacyPage(Page):
    """Lists the candidacy files and shows one of them beside the list."""

    title = "Pencalonan"
    topics = frozenset({Topic.CANDIDACY, Topic.LETTERS, Topic.EMPLOYEES})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._wanted: int | None = None
        self._shown, self._hidden = 0, 0
        self._next: Callable[[], None] | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        if self.context.may(Action.SEE_CANDIDACY):
            self.header.add_action("&Dua tanggal…", "history", lambda: OfficePastDialog(self.context, self).open())
        if self.context.may(Action.SEE_SUSPICION):
            self.header.add_action("Du&gaan…", "shield", self.show_suspicions)
        self._build_filters()
        self.model = PagedTableModel(
            self.bridge, FileSource(DeclarationFilter()), columns(self.context.today), parent=self
        )
        self.table = RecordTable(self.model, name="candidacy", settings_file=self.context.settings_file)
        self._offer_deeds(may_edit=self.context.may(Action.EDIT_CANDIDACY))
        person = self.table.add_action("Buka pegawai", self._open_person, "person")
        only_with(self.context.may, Action.SEE_EMPLOYEES, person)
        panel = Panel(padding=0)
        panel.body.setSpacing(0)
        panel.body.addWidget(Toolbar(self.search, *self.filters, trailing=[self.count]))
        panel.body.addWidget(self.table)
        self.detail = FileDetail(self.context)
        self.deeds = FileDeeds(self.context, self, self.detail)
        self.body.addWidget(
            split(panel, self.detail, sizes=(543, 547), name="candidacy", settings_file=self.context.settings_file)
        )

    def _offer_deeds(self, *, may_edit: bool) -> None:
        """Offer what changes a file, to those with the right only."""
        if not may_edit:
            self.table.set_empty_state("flag", "Belum ada berkas", "Longgarkan saringan di atas.")
            return
        hint = "Catat deklarasi pegawai yang hendak mencalonkan diri, atau longgarkan saringan di atas."
        self.header.set_primary("&Deklarasi baru", "plus", self.declare)
        self.table.set_empty_state("flag", "Belum ada berkas", hint, "Deklarasi baru", self.declare)
        self.table.add_action("Catat kejadian…", self.record, "calendar")
        self.table.add_action("Buat surat…", self.make_letter, "document")

    def _build_filters(self) -> None:
        self.search = SearchField("Nama/NIP")
        self.search.setAccessibleName("Cari nama atau NIP")
        self.search.setMaximumWidth(_SEARCH_WIDTH)
        self.count = label("", role="secondary", wrap=False)
        self.election = FilterChip("Pemilihan", [Choice("", "semua")])
        self.kpu = FilterChip("KPU", _status_choices(list(KpuStatus)))
        self.staff = FilterChip("Kepegawaian", _status_choices(list(StaffStatus)))
        self.opd = FilterChip("OPD", [Choice(None, "semua")])
        self.due = FilterChip("Tenggat", _DUE_CHOICES)
        self.owed_by = FilterChip("Pihak", [Choice("", "semua"), *(Choice(one, one) for one in OWES_WORDS.values())])
        self.shown = FilterChip("Berkas", [Choice("", "terbuka"), Choice("all", "juga yang ditutup")])
        self.filters = (self.due, self.election, self.kpu, self.staff, self.opd, self.owed_by, self.shown)

    def _connect(self) -> None:
        self.search.search_changed.connect(lambda _text: self._apply_filter())
        for chip in self.filters:
            chip.chosen.connect(lambda _value: self._apply_filter())
        self.table.sort_requested.connect(lambda _key, _ascending: self._apply_filter())
        self.table.current_changed.connect(self.detail.show_file)
        self.table.row_activated.connect(lambda _id: self.detail.focus_lanes())
        self.model.loaded.connect(self._on_loaded)
        self.detail.letter_wanted.connect(self.make_letter)
        self.detail.shown.connect(self._go_on)
        self.detail.void_wanted.connect(self._void)
        self.detail.close_wanted.connect(self._close)
        self.detail.bar.letter_wanted.connect(self.make_letter)
        self.detail.bar.event_wanted.connect(self.record)
        self.detail.head.amend_wanted.connect(self._amend)

    def reload(self) -> None:
        """Read list, filters and detail again; the chosen file stays chosen."""
        self.model.refresh()
        self.detail.reload()
        self.bridge.read(self, _read_filters, self._offer)

    def open_target(self, target: object) -> None:
        """Show a file (an id or {"declaration_id": id}), begin one ({"new": True}), or filter ({"due": ..., "owed_by": ...}).

        With "letter" (a kind) or "event" (a code) the file's letter or event is begun at once; a new file may name its
        "employee_id".
        """
        wanted: dict[str, Any] = target if isinstance(target, dict) else {"declaration_id": target}
        if wanted.get("new"):
            self.declare(wanted.get("employee_id"))
        elif isinstance(wanted.get("declaration_id"), int):
            self._next = self._deed_of(wanted)
            self._go_to(wanted["declaration_id"])
        elif "due" in wanted or "owed_by" in wanted:
            self._filter_by(wanted)

    def declare(self, employee_id: int | None = None) -> None:
        """Ask for a new declaration."""
        DeclareDialog(self.context, self, self._on_declared, employee_id).open()

    def record(self, preset: Mapping[str, Any] | None = None) -> None:
        """Ask for an event of the file shown, perhaps with some fields filled."""
        file = self.detail.file
        if file is not None and self._allowed(self.detail.bar.event_button):
            RecordDialog(self.context, self, file, self._on_recorded, preset).open()

    def make_letter(self, kind: str = "") -> None:
        """Make a letter about the file shown."""
        view = self.detail.view
        if view is not None and self._allowed(self.detail.bar.letter_button):
            LetterDialog(self.context, self, view.file, view.offers, self._on_issued).begin(kind)

    def show_suspicions(self) -> None:
        """Show the reports that nobody answered for yet."""
        SuspicionsDialog(self.context, self).open()

    def _allowed(self, one: QPushButton) -> bool:
        return one.isEnabled() and not one.isHidden()

    def _deed_of(self, wanted: Mapping[str, Any]) -> Callable[[], None] | None:
        """Return what is to be done once the file is shown."""
        if wanted.get("letter"):
            return partial(self.make_letter, wanted["letter"])
        if wanted.get("event"):
            return partial(self.record, {"code": wanted["event"]})
        return None

    def _go_on(self) -> None:
        """Do what was asked for, once the wanted file is shown."""
        deed, self._next = self._next, None
        if deed is not None:
            deed()

    def _filter_by(self, wanted: Mapping[str, Any]) -> None:
        self._clear_filters()
        self.due.set_value((wanted.get("due", DueWithin.ANY), None))
        self.owed_by.set_value(wanted.get("owed_by", ""))
        self._apply_filter()

    def _clear_filters(self, *, with_closed: bool = False) -> None:
        for chip, value in zip(
            self.filters, ((DueWithin.ANY, None), "", "", "", None, "", "all" if with_closed else ""), strict=True
        ):
            chip.set_value(value)
        self.search.clear()

    def _open_person(self) -> None:
        if self.detail.file is not None:
            self.context.navigate("employees", self.detail.file.employee_id)

    def _go_to(self, declaration_id: int) -> None:
        shown = self.table.current_id() == declaration_id
        if self.table.select_id(declaration_id):
            if shown:
                self._go_on()
            return
        self._wanted = declaration_id
        self._clear_filters(with_closed=True)
        self._apply_filter()

    def _apply_filter(self) -> None:
        due, within = self.due.value()
        key, ascending = self.table.sort or (DeclarationOrder.DUE, True)
        wanted = DeclarationFilter(
            text=self.search.text().strip(),
            election_id=self.election.value(),
            kpu_status=self.kpu.value(),
            staff_status=self.staff.value(),
            opd_id=self.opd.value(),
            due=due,
            due_within_days=within,
            owed_by=self.owed_by.value(),
            with_closed=bool(self.shown.value()),
            order=DeclarationOrder(key),
            descending=not ascending,
        )
        self.model.set_source(FileSource(wanted))

    def _offer(self, found: _Filters) -> None:
        elections, opds, self._hidden = found
        self._tell_count()
        self.election.set_choices([Choice("", "semua"), *elections])
        self.opd.set_choices([Choice(None, "semua"), *opds])

    def _on_loaded(self, count: int) -> None:
        self._shown = count
        self._tell_count()
        if self._wanted is not None and self.table.select_id(self._wanted):
            self._wanted = None
        self.table.select_first()

    def _tell_count(self) -> None:
        hidden = f", {number(self._hidden)} dirahasiakan" if self._hidden else ""
        self.count.setText(f"{number(self._shown)} berkas{hidden}")

    def _on_declared(self, declaration_id: int) -> None:
        self.context.toast("Deklarasi dicatat.", None)
        self._go_to(declaration_id)

    def _on_recorded(self, title: str) -> None:
        self.context.toast(f"Dicatat: {title}.", None)

    def _on_issued(self, issued: IssuedLetter, offer: LetterOffer, dated: date) -> None:
        file = self.detail.file
        possible = file is not None and any(row.allowed and row.code == offer.event for row in file.actions)
        preset = {"code": offer.event, "happened_on": dated, "document_number": issued.number, "document_date": dated}
        record = partial(self.record, preset) if possible else None
        show_issued(self.context, self, issued, offer.title, record)

    def _void(self, event: EventRow) -> None:
        file = self.detail.file
        if file is not None:
            VoidDialog(self.context, self, file, event, lambda: self.context.toast("Kejadian dibatalkan.", None)).open()

    def _amend(self) -> None:
        file = self.detail.file
        if file is not None:
            AmendDialog(self.context, self, file, lambda: self.context.toast("Berkas diubah.", None)).open()

    def _close(self) -> None:
        file = self.detail.file
        if file is not None:
            text = f"Berkas {file.name} disimpan sebagai arsip dan sesudah itu tidak dapat diubah lagi."
            confirm(self, "Tutup berkas?", text, "Tutup berkas", partial(self._put_away, file), danger=False)

    def _put_away(self, file: DeclarationDetail) -> None:
        close_file(self.context, self, file, lambda: self.context.toast("Berkas ditutup.", None))


def _read_filters(session: Any) -> _Filters:
    opds = [Choice(opd_id, name) for opd_id, name in employees.opd_choices(session)]
    return election_choices(session), opds, queries.hidden_count(session)
