"""The page Pindai: the scanner's field, folders of scanned pages, the tray of pages to finish, and the boxes to look at."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar
from typing_extensions import override

from asn_desk.circulars.scanning import queries as scans
from asn_desk.topics import Topic
from asn_desk.wording import number
from ui.scan import sound
from ui.scan.boxes import BoxView
from ui.scan.folder import FolderView
from ui.scan.scanner import ScannerView
from ui.scan.tray import TrayView
from ui.shared.page import Page, PageContext

SCANNER, FOLDER, TRAY, BOXES = range(4)
_TABS = ("Pemindai", "Folder pindaian", "Nampan", "Kotak ragu")


class ScanPage(Page):
    """Four views of paper that comes back; the first one holds the keyboard for the scanner."""

    title = "Pindai"
    topics = frozenset({Topic.CIRCULARS})

    def __init__(
        self,
        context: PageContext,
        *,
        clock: Callable[[], float] = monotonic,
        play: Callable[[str], None] = sound.play,
        readers: int | None = None,
    ) -> None:
        super().__init__(context)
        self.scanner = ScannerView(context, clock=clock, play=play)
        self.folder = FolderView(context, readers=readers)
        self.tray = TrayView(context)
        self.boxes = BoxView(context)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Cara memasukkan lembar")
        for name in _TABS:
            self.tabs.addTab(name)
        self.stack = QStackedWidget()
        for view in (self.scanner, self.folder, self.tray, self.boxes):
            self.stack.addWidget(view)
        self.body.setSpacing(10)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._on_tab)
        self.folder.tray_asked.connect(lambda: self.tabs.setCurrentIndex(TRAY))
        self.folder.boxes_asked.connect(lambda: self.tabs.setCurrentIndex(BOXES))

    def reload(self) -> None:
        """Read what is shown again; the hidden views wait until they are looked at."""
        self.scanner.reload()
        self.bridge.read(self, _counts, self._show_counts)
        if self.stack.currentIndex() != SCANNER:
            self._current().reload()

    def activated(self) -> None:
        """Give the keyboard to the view shown."""
        self._current().activated()

    def focus_search(self) -> None:
        """Bring the keyboard to the field."""
        self.tabs.setCurrentIndex(SCANNER)
        self.scanner.focus_field()

    def open_target(self, target: object) -> None:
        """Show the circular version that another page asked for, or the view named `nampan`."""
        if isinstance(target, int):
            self.scanner.progress.switch_to(target)
        elif target == "nampan":
            self.tabs.setCurrentIndex(TRAY)

    def may_leave(self) -> bool:
        """Stop what is being recorded; what was recorded stays."""
        self.scanner.feeder.stop()
        self.folder.pause()
        return True

    def _current(self) -> Any:
        return self.stack.currentWidget()

    def _on_tab(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        self.folder.follow(self.scanner.progress.current)
        self._current().reload()
        self._current().activated()

    def _show_counts(self, found: tuple[int, int]) -> None:
        pages, boxes = found
        self.tabs.setTabText(TRAY, f"Nampan ({number(pages)})" if pages else "Nampan")
        self.tabs.setTabText(BOXES, f"Kotak ragu ({number(boxes)})" if boxes else "Kotak ragu")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.stack.currentIndex() != SCANNER or not self.scanner.hand_to_field(event):
            super().keyPressEvent(event)


def _counts(session: Any) -> tuple[int, int]:
    pages = len(scans.tray(session))
    return pages, scans.tray_count(session) - pages
