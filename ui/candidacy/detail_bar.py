"""The actions of a file, below it: only what the user may do, and what is off says why."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.candidacy.file_view import FileView
from ui.shared.panels import ActionBar, Panel
from ui.shared.widgets import button


class DetailBar(Panel):
    """Buttons for letters, events and trying out."""

    letter_wanted = Signal()
    packet_wanted = Signal()
    event_wanted = Signal()
    trial_wanted = Signal()

    def __init__(self, *, may_edit: bool, may_issue: bool) -> None:
        super().__init__(padding=10)
        self.letter_button = button("&Buat surat", "primary", on_click=self.letter_wanted.emit)
        self.packet_button = button("Buat &semua surat", on_click=self.packet_wanted.emit)
        self.event_button = button("&Catat kejadian", on_click=self.event_wanted.emit)
        self.trial_button = button("Bagaimana &jika…", on_click=self.trial_wanted.emit)
        self.body.addWidget(ActionBar(self.letter_button, self.packet_button, self.event_button, self.trial_button))
        self.event_button.setVisible(may_edit)
        for one in (self.letter_button, self.packet_button):
            one.setVisible(may_edit and may_issue)

    def allow(self, view: FileView) -> None:
        """Enable what the core allows for this file."""
        closed = "" if view.is_open else "Berkas ini sudah ditutup."
        possible = any(action.allowed for action in view.file.actions)
        none_allowed = "" if possible else "Tidak ada kejadian yang dapat dicatat."
        no_letters = "" if view.offers else "Tidak ada surat untuk jabatan yang dituju."
        for one, refusal in (
            (self.letter_button, closed or no_letters),
            (self.packet_button, closed or no_letters),
            (self.event_button, closed or none_allowed),
        ):
            one.setEnabled(not refusal)
            one.setToolTip(refusal)
            one.setAccessibleDescription(refusal)
