"""Pick-lists for a circular's text: what the catalogue has for the letter's day, the surest chosen beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from asn_desk.circulars import wordings
from asn_desk.circulars.wordings import SET_TITLES, Wording
from asn_desk.letters.contents.catalogue import ElectionType, ProhibitionSet
from asn_desk.wording import number
from ui.shared.basics import role_font
from ui.shared.dialogs import BaseDialog
from ui.shared.widgets import SearchField, label

_TEXT = int(Qt.ItemDataRole.UserRole)
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
        super().__init__(pick.title, parent, 720)
        self._done = done
        self._build(pick)
        self._fill(groups, pick.usual, {line.strip() for line in standing.splitlines() if line.strip()})
        self.resize(self.width(), round(self.screen().availableGeometry().height() * 0.8))

    def chosen(self) -> list[str]:
        """Return the texts ticked."""
        items = (self.list.item(place) for place in range(self.list.count()))
        return [item.data(_TEXT) for item in items if item.checkState() is Qt.CheckState.Checked and item.data(_TEXT)]

    def tick(self, text: str, *, on: bool) -> None:
        """Tick a text, or take the tick away."""
        for place in range(self.list.count()):
            if self.list.item(place).data(_TEXT) == text:
                self.list.item(place).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _build(self, pick: Pick) -> None:
        self.outer.addWidget(label(pick.title, role="name"))
        self.outer.addWidget(label(pick.intro, role="secondary"))
        self.search = SearchField("Cari kata")
        self.search.search_changed.connect(self._narrow)
        self.outer.addWidget(self.search)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAlternatingRowColors(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(pick.title)
        self.list.itemChanged.connect(lambda _item: self._count())
        self.outer.addWidget(self.list, 1)
        self.count = label("", role="secondary")
        self.outer.addWidget(self.count)
        self.add_button("Batal", on_click=self.reject)
        self.take_button = self.add_button("&Pakai pilihan", "primary", self._take)
        self.take_button.setDefault(True)
        self.finish_layout()

    def _fill(self, groups: Groups, usual: Sequence[str], standing: set[str]) -> None:
        for title, texts in groups.items():
            self._head(title)
            for one in texts:
                beforehand = one.sure and title in usual
                self._add(one, ticked=one.text in standing if standing else beforehand)
        self._count()

    def _head(self, title: str) -> None:
        item = QListWidgetItem(title)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(role_font("section"))
        self.list.addItem(item)

    def _add(self, one: Wording, *, ticked: bool) -> None:
        below = " · ".join(part for part in (one.source, "" if one.sure else _UNSURE) if part)
        item = QListWidgetItem(f"{one.text}\n{below}" if below else one.text)
        item.setData(_TEXT, one.text)
        item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setToolTip(one.source)
        self.list.addItem(item)

    def _narrow(self, text: str) -> None:
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setHidden(not all(word in item.text().lower() for word in text.lower().split()))

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
