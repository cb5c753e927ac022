"""Pick-lists for a circular's text: what the catalogue has for the letter's day, the surest chosen beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from asn_desk.circulars import wordings
from asn_desk.circulars.wordings import SET_TITLES, Wording
from asn_desk.letters.contents.catalogue import ElectionType, ProhibitionSet
from asn_desk.wording import number
from ui.shared.dialogs import BaseDialog
from ui.shared.panels import ScrollBody
from ui.shared.tick_row import TickRow
from ui.shared.widgets import SearchField, SectionTitle, label

_UNSURE = "Periksa dahulu: katalog belum memiliki sumber pasti untuk teks ini."
Groups = Mapping[str, Sequence[Wording]]


@dataclass(frozen=True)
class Pick:
    """One pick-list: the text field it fills, its title, where its texts come from, and which groups are chosen beforehand."""

    key: str
    title: str
    intro: str
    read: Callable[[date, ElectionType | None], Groups]
    usual: tuple[str, ...]


def _bases(day: date, election: ElectionType | None) -> Groups:
    return {"Berlaku pada tanggal surat": wordings.legal_bases(day, election)}


def _prohibitions(day: date, _election: ElectionType | None) -> Groups:
    return {SET_TITLES[chosen]: texts for chosen, texts in wordings.prohibitions(day).items()}


BASES = Pick(
    "edaran.dasar", "Pilih dasar hukum", "Hanya peraturan yang berlaku pada tanggal surat yang ditampilkan.", _bases,
    ("Berlaku pada tanggal surat",),
)  # fmt: skip
PROHIBITIONS = Pick(
    "edaran.larangan", "Pilih larangan", "Larangan menurut katalog pada tanggal surat, per sumber.", _prohibitions,
    (SET_TITLES[ProhibitionSet.PP94_5N],),
)  # fmt: skip


class PickDialog(BaseDialog):
    """A list to tick; what is ticked is handed over in the list's order when the clerk accepts."""

    def __init__(self, parent: QWidget, pick: Pick, groups: Groups, standing: str, done: Callable[[str], None]) -> None:
        super().__init__(pick.title, parent, 760)
        self._done = done
        self._rows: dict[str, TickRow] = {}
        self._build(pick)
        self._fill(groups, pick.usual, {line.strip() for line in standing.splitlines() if line.strip()})
        self.resize(self.width(), round(self.screen().availableGeometry().height() * 0.8))

    def chosen(self) -> list[str]:
        """Return the texts ticked."""
        return [text for text, row in self._rows.items() if row.on]

    def tick(self, text: str, *, on: bool) -> None:
        """Tick a text, or take the tick away."""
        self._rows[text].box.setChecked(on)

    def _build(self, pick: Pick) -> None:
        self.outer.addWidget(label(pick.title, role="name"))
        self.outer.addWidget(label(pick.intro, role="secondary"))
        self.search = SearchField("Cari kata")
        self.search.search_changed.connect(self._narrow)
        self.outer.addWidget(self.search)
        self.area = ScrollBody()
        self.area.layout_of_content.setSpacing(4)
        self.area.setAccessibleName(pick.title)
        self.outer.addWidget(self.area, 1)
        self.count = label("", role="secondary")
        self.outer.addWidget(self.count)
        self.add_button("Batal", on_click=self.reject)
        self.take_button = self.add_button("&Pakai pilihan", "primary", self._take)
        self.take_button.setDefault(True)
        self.finish_layout()

    def _fill(self, groups: Groups, usual: Sequence[str], standing: set[str]) -> None:
        for title, texts in groups.items():
            self.area.layout_of_content.addWidget(SectionTitle(title))
            for one in texts:
                beforehand = one.sure and title in usual
                self._add(one, on=one.text in standing if standing else beforehand)
        self.area.layout_of_content.addStretch(1)
        self._count()

    def _add(self, one: Wording, *, on: bool) -> None:
        below = " · ".join(part for part in (one.source, "" if one.sure else _UNSURE) if part)
        row = TickRow(one.text, below, on=on)
        row.toggled.connect(self._count)
        self._rows.setdefault(one.text, row)
        self.area.layout_of_content.addWidget(row)

    def _narrow(self, text: str) -> None:
        for row in self._rows.values():
            row.setVisible(row.fits(text))

    def _count(self) -> None:
        self.count.setText(f"{number(len(self.chosen()))} butir dipilih. Tanpa pilihan surat memakai teks baku.")

    def _take(self) -> None:
        self._done("\n".join(self.chosen()))
        self.accept()


def open_pick(parent: QWidget, pick: Pick, groups: Groups, standing: str, done: Callable[[str], None]) -> PickDialog:
    """Open a pick-list; `standing` is what the field says now, `done(lines)` hears what is to stand there."""
    dialog = PickDialog(parent, pick, groups, standing, done)
    dialog.open()
    return dialog
