"""The head of a file: the person, the candidacy, whether it is confidential, and the two swim lanes."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from asn_desk.candidacy.rows import DeclarationDetail
from asn_desk.candidacy.states import STATUS_WORDS, DisciplineStatus
from asn_desk.regulations.terms import Lane
from asn_desk.wording import long_date
from ui.candidacy.lane_view import LaneView
from ui.candidacy.words import aim_words, path_words
from ui.shared.chips import Kind
from ui.shared.panels import ActionBar
from ui.shared.widgets import Chip, Panel, StatusChip, button, label

_DISCIPLINE_KINDS: dict[str, Kind] = {DisciplineStatus.WRONGLY_LISTED: "done", DisciplineStatus.ETHICS: "near"}


class HeadCard(Panel):
    """Who runs for what, and how far it is."""

    person_wanted = Signal()
    close_wanted = Signal()
    past_wanted = Signal()
    amend_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = label("", role="name", selectable=True)
        self.badge = StatusChip(Chip("Rahasia sampai ditetapkan", "near", "lock"))
        self.state = StatusChip(Chip(""))
        self.person = label("", role="secondary", selectable=True)
        self.aim = label("", role="secondary", selectable=True)
        self.note = label("", role="secondary", selectable=True)
        self.open_person = button("Buka pegawai", "link", on_click=self.person_wanted.emit)
        self.past_button = button("Keadaan per tanggal…", "link", on_click=self.past_wanted.emit)
        self.amend_button = button("&Ubah", "link", on_click=self.amend_wanted.emit)
        self.close_button = button("&Tutup berkas", "link", on_click=self.close_wanted.emit)
        self.lanes = LaneView()
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.name, 1)
        top.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(top)
        self.body.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.person, self.aim, self.note):
            self.body.addWidget(part)
        self.body.addWidget(ActionBar(self.open_person, self.past_button, self.amend_button, self.close_button))
        self.body.setSpacing(4)
        self.body.addSpacing(4)
        self.body.addWidget(self.lanes)

    def show_file(self, file: DeclarationDetail, kind_words: str, today: date) -> None:
        """Show another file."""
        self.name.setText(file.name)
        self.badge.setVisible(file.confidential and file.closed_on is None)
        self._show_state(file)
        rank = ", ".join(part for part in (kind_words, file.grade if file.grade != "-" else "") if part)
        unit = "" if file.unit_name in file.post_name else file.unit_name
        self.person.setText(" · ".join(part for part in (file.nip, file.post_name, unit, rank) if part))
        self.aim.setText(" · ".join(part for part in (aim_words(file), file.election_title, *path_words(file)) if part))
        self.note.setText(file.note)
        self.note.setVisible(bool(file.note))
        closed = "Berkas ini sudah ditutup." if file.closed_on is not None else ""
        for one, refusal in ((self.close_button, closed or file.closing_refusal), (self.amend_button, closed)):
            one.setEnabled(not refusal)
            one.setToolTip(refusal)
            one.setAccessibleDescription(refusal)
        states = {Lane.KPU: STATUS_WORDS[file.kpu_status], Lane.STAFF: STATUS_WORDS[file.staff_status]}
        self.lanes.show_lanes(file.lanes, states, today)

    def _show_state(self, file: DeclarationDetail) -> None:
        """Show that the file is closed, or a matter of discipline."""
        if file.closed_on is not None:
            self.state.set_chip(Chip(f"Ditutup {long_date(file.closed_on)}", "neutral", "lock"))
        elif file.discipline_status != DisciplineStatus.NONE:
            kind = _DISCIPLINE_KINDS.get(file.discipline_status, "late")
            self.state.set_chip(Chip(STATUS_WORDS[file.discipline_status], kind))
        self.state.setVisible(file.closed_on is not None or file.discipline_status != DisciplineStatus.NONE)
