"""The head of a circular: what it is, where it stands, which version is shown, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.circulars.queries import CircularRow
from asn_desk.circulars.rules import COMPANION_WORDS, Tally
from asn_desk.circulars.terms import Companion
from asn_desk.wording import long_date, number
from ui.shared.rights import only_with
from ui.shared.unit_progress import tally_kind
from ui.shared.widgets import ActionBar, Chip, Choice, FilterChip, ProgressRow, StatusChip, button, label

_SECOND_STAGE = 2


class DetailHead(QWidget):
    """Title, facts, the bar over everybody, and the buttons that the user may use."""

    version_chosen = Signal(object)
    slips_asked = Signal()
    missing_asked = Signal()
    remind_asked = Signal()
    scan_asked = Signal()
    more_asked = Signal()

    def __init__(self, may: Callable[[str], bool] = lambda _action: True) -> None:
        super().__init__()
        self._may = may
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 10)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(10)
        self.subject = label("", role="name")
        self.chip = StatusChip(Chip(""))
        top.addWidget(self.subject, 1)
        top.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        facts = QHBoxLayout()
        facts.setSpacing(8)
        self.facts = label("", role="secondary")
        self.versions = FilterChip("Versi", [Choice(None, "1")])
        self.versions.chosen.connect(self.version_chosen)
        facts.addWidget(self.facts, 1)
        facts.addWidget(self.versions, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(facts)
        self.total = ProgressRow()
        self.stages = label("", role="secondary")
        column.addWidget(self.total)
        column.addWidget(self.stages)
        column.addWidget(self._actions())

    def fill(self, circular: CircularRow, versions: Sequence[CircularRow], stages: Mapping[int, Tally]) -> None:
        """Show a circular as of one of its texts."""
        tally = circular.tally
        self.subject.setText(circular.subject)
        self.chip.set_chip(circular_chip(circular))
        self.facts.setText(" · ".join(_facts(circular)))
        self.total.set(
            f"{tally.percent} % sudah menandatangani",
            tally.done,
            tally.total - tally.left,
            tally_kind(tally, overdue=circular.overdue),
        )
        self.stages.setText(_stage_words(stages))
        self.stages.setVisible(len(stages) >= _SECOND_STAGE)
        self.versions.set_choices([Choice(row.text_id, str(row.ordinal)) for row in versions])
        self.versions.set_value(circular.text_id)
        self.versions.setVisible(len(versions) > 1)
        self.missing_button.setEnabled(tally.missing > 0)
        running = circular.closed_on is None
        self.scan_button.setEnabled(running)
        self.remind_button.setEnabled(running and tally.missing > 0 and circular.due_on is not None)

    def _actions(self) -> QWidget:
        self.slips_button = button("&Cetak lembar…", "", "printer", self.slips_asked.emit)
        self.missing_button = button("Daftar &belum…", "", "excel", self.missing_asked.emit)
        self.remind_button = button("&Nota dinas…", "", "mail", self.remind_asked.emit)
        self.scan_button = button("&Pindai", "", "scan", self.scan_asked.emit)
        only_with(self._may, (Action.PUBLISH_CIRCULARS, Action.ACKNOWLEDGE), self.slips_button)
        only_with(self._may, Action.EXPORT, self.missing_button)
        only_with(self._may, Action.PUBLISH_CIRCULARS, self.remind_button)
        only_with(self._may, Action.ACKNOWLEDGE, self.scan_button)
        self.more_button = button("", "quiet", "more", self.more_asked.emit)
        self.more_button.setToolTip("Lainnya: revisi, sasaran, daftar kolektif, berkas balasan, bundel bukti")
        self.more_button.setAccessibleName("Lainnya")
        anything = (Action.SEE_LETTERS, Action.EXPORT, Action.PUBLISH_CIRCULARS, Action.ACKNOWLEDGE)
        only_with(self._may, anything, self.more_button)
        return ActionBar(
            self.slips_button, self.missing_button, self.remind_button, self.scan_button, trailing=[self.more_button]
        )


def circular_chip(circular: CircularRow) -> Chip:
    """Return where a circular stands."""
    if circular.closed_on is not None:
        return Chip(f"Ditutup {long_date(circular.closed_on)}", "neutral", "lock")
    if circular.overdue:
        return Chip("Lewat batas", "late")
    return Chip("Lengkap", "done") if circular.tally.missing == 0 else Chip("Berjalan", "coming")


def _facts(circular: CircularRow) -> list[str]:
    due = [f"kembali paling lambat {long_date(circular.due_on)}"] if circular.due_on else []
    tally = circular.tally
    counts = (
        (tally.on_behalf, "atas nama"), (tally.refused, "menolak"), (tally.unreachable, "tidak ditemui"),
        (tally.postponed, "ditunda"), (tally.left, "keluar"),
    )  # fmt: skip
    others = [f"{number(count)} {word}" for count, word in counts if count]
    companion = [] if circular.companion is Companion.PLAIN else [COMPANION_WORDS[circular.companion].lower()]
    published = f"terbit {long_date(circular.published_on)} oleh {circular.published_by}"
    return [f"Nomor {circular.number}", published, *companion, *due, *others]


def _stage_words(stages: Mapping[int, Tally]) -> str:
    parts = [
        f"tahap {stage}: {number(tally.done)} dari {number(tally.total - tally.left)}"
        for stage, tally in sorted(stages.items())
    ]
    return f"Dua tahap, kepala OPD dahulu. {' · '.join(parts).capitalize()}."
